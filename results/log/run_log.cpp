#include "results/log/run_log.hpp"

#include <fmt/format.h>

#include <exception>

#include "harness/core/logged_run.hpp"
#include "harness/measure/environment.hpp"
#include "results/log/logged_trial.hpp"

namespace rnnbench {
namespace {

/// Of all that is logged under one name, so that it is one experiment.
constexpr const char* kConfig = "# logged by programs, see docs/library.md\n";

ExperimentRecord experiment_named(const std::string& name, const std::string& question) {
  if (name.empty() || name == kBenchExperiment || name == kImportExperiment) {
    throw ConfigError(fmt::format("experiment: '{}' can't be logged to; give it a name of your own", name));
  }
  return {name, question, kConfig};
}

std::string this_program() {
  std::error_code unknown;
  const std::string program = std::filesystem::read_symlink("/proc/self/exe", unknown).string();
  return unknown ? "a program" : program;
}

}  // namespace

RunLog::RunLog(const std::filesystem::path& database, const std::string& experiment, const Json& settings,
               std::uint64_t seed, const std::string& question)
    : exceptions_(std::uncaught_exceptions()), store_(database) {
  RunStart start{experiment_named(experiment, question), logged_trial(settings), seed,
                 capture_environment().dump()};
  start.engine = Json{{"engine", start.trial.engine}, {kLoggedBy, this_program()}}.dump(
      -1, ' ', false, Json::error_handler_t::replace);
  store_.recover_stale_runs();
  store_.together([&] {
    store_.add_trial(start.experiment, start.trial);
    run_ = store_.begin_run(start);
  });
}

RunLog::~RunLog() {
  if (is_over_) return;
  const bool threw = std::uncaught_exceptions() > exceptions_;
  try {
    end(threw ? RunStatus::kFailed : RunStatus::kInterrupted,
        threw ? "an exception ended it" : "its program ended it without saying how", {});
  } catch (...) {  // it stays `running`, and is found to be stale
  }
}

void RunLog::metric(const std::string& name, const std::string& split, int epoch, double value,
                    const std::string& unit) {
  require_open(epoch);
  epochs_.add(MetricRecord{name, split, epoch, value, unit});
  for (const EpochRecord& each : epochs_.completed()) record(each);
}

void RunLog::timing(const TimingRecord& timing) {
  require_open(timing.epoch);
  if (timing.clock != "host" && timing.clock != "device") {
    throw EngineError(fmt::format("the clock of a timing is '{}'; it is host or device", timing.clock));
  }
  epochs_.add(timing);
  for (const EpochRecord& each : epochs_.completed()) record(each);
}

void RunLog::timings(const std::vector<TimingRecord>& timings) {
  for (const TimingRecord& each : timings) timing(each);
}

void RunLog::flush() {
  if (const auto last = epochs_.last()) record(*last);
}

void RunLog::finish(std::optional<double> train_seconds) { end(RunStatus::kFinished, "", train_seconds); }

void RunLog::fail(const std::string& reason) { end(RunStatus::kFailed, reason, {}); }

void RunLog::require_open(int epoch) const {
  if (is_over_) throw EngineError(fmt::format("run {} is over; no more can be logged to it", run_));
  if (epoch < 1) throw EngineError(fmt::format("epoch {}: they count from 1", epoch));
  if (epoch <= flushed_) throw EngineError(fmt::format("epoch {} is recorded already", epoch));
}

double RunLog::seconds() const {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
}

void RunLog::record(const EpochRecord& epoch) {
  EpochRecord timed = epoch;
  timed.train_seconds = timed.seconds = seconds();
  store_.epoch_finished(run_, timed);
  flushed_ = epoch.epoch;
}

void RunLog::end(RunStatus status, const std::string& reason, std::optional<double> train_seconds) {
  if (is_over_) throw EngineError(fmt::format("run {} is over already", run_));
  flush();
  RunEnd end;
  end.status = status;
  end.reason = reason;
  end.seconds = seconds();
  end.train_seconds = train_seconds.value_or(end.seconds);
  store_.end_run(run_, end);
  is_over_ = true;
}

}  // namespace rnnbench
