#include "results/log/run_log.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <exception>

#include "harness/core/logged_run.hpp"
#include "harness/core/utf8.hpp"
#include "harness/measure/environment.hpp"
#include "results/log/logged_trial.hpp"

namespace rnnbench {
namespace {

/// Of all that is logged under one name, so that it is one experiment.
constexpr const char* kConfig = "# logged by programs, see docs/library.md\n";

/// `what` names it in the message.
void require_utf8(const char* what, const std::string& text) {
  if (!is_utf8(text))
    throw ConfigError(fmt::format("the {} of a logged run is no UTF-8; give it as such", what));
}

ExperimentRecord experiment_named(const std::string& name, const std::string& question) {
  if (name.empty() || name == kBenchExperiment || name == kImportExperiment) {
    throw ConfigError(fmt::format("experiment: '{}' can't be logged to; give it a name of your own", name));
  }
  require_utf8("experiment", name);
  require_utf8("question", question);
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
    : exceptions_(std::uncaught_exceptions()), process_(::getpid()) {
  RunStart start{experiment_named(experiment, question), logged_trial(settings), seed,
                 capture_environment().dump()};
  start.engine = Json{{"engine", start.trial.engine}, {kLoggedBy, this_program()}}.dump(
      -1, ' ', false, Json::error_handler_t::replace);
  store_ = std::make_unique<Store>(database);
  store_->recover_stale_runs();
  store_->together([&] {
    store_->add_trial(start.experiment, start.trial);
    run_ = store_->begin_run(start);
  });
}

RunLog::~RunLog() {
  if (::getpid() != process_) {
    // The run is the parent's. SQLite forbids to close a connection in a child that its parent opened.
    static_cast<void>(store_.release());
    return;
  }
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
  require_utf8("name of a metric", name);
  require_utf8("split of a metric", split);
  require_utf8("unit of a metric", unit);
  epochs_.add(MetricRecord{name, split, epoch, value, unit});
  for (const EpochRecord& each : epochs_.completed()) record(each);
}

void RunLog::timing(const TimingRecord& timing) {
  require_open(timing.epoch);
  require_utf8("phase of a timing", timing.phase);
  if (timing.clock != "host" && timing.clock != "device") {
    throw EngineError(fmt::format("the clock of a timing is '{}'; it is host or device", timing.clock));
  }
  const auto is_absurd = [](std::int64_t sample) { return sample < 0 || sample > kLongestSampleNs; };
  const auto absurd = std::ranges::find_if(timing.samples_ns, is_absurd);
  if (absurd != timing.samples_ns.end()) {
    throw ConfigError(fmt::format("a timing of the phase '{}' took {} ns; give durations from 0 to 10 years",
                                  timing.phase, *absurd));
  }
  epochs_.add(timing);
  for (const EpochRecord& each : epochs_.completed()) record(each);
}

void RunLog::timings(const std::vector<TimingRecord>& timings) {
  for (const TimingRecord& each : timings) timing(each);
}

void RunLog::flush() {
  require_own_process();
  if (const auto last = epochs_.last()) record(*last);
}

void RunLog::finish(std::optional<double> train_seconds) { end(RunStatus::kFinished, "", train_seconds); }

void RunLog::fail(const std::string& reason) { end(RunStatus::kFailed, reason, {}); }

void RunLog::require_own_process() const {
  if (::getpid() == process_) return;
  throw EngineError(fmt::format(
      "run {} is logged by process {}; give its figures to that one, or begin a run here", run_, process_));
}

void RunLog::require_open(int epoch) const {
  require_own_process();
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
  store_->epoch_finished(run_, timed);
  flushed_ = epoch.epoch;
}

void RunLog::end(RunStatus status, const std::string& reason, std::optional<double> train_seconds) {
  require_own_process();
  if (is_over_) throw EngineError(fmt::format("run {} is over already", run_));
  flush();
  RunEnd end;
  end.status = status;
  end.reason = reason;
  end.seconds = seconds();
  end.train_seconds = train_seconds.value_or(end.seconds);
  store_->end_run(run_, end);
  is_over_ = true;
}

}  // namespace rnnbench
