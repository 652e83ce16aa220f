#include "harness/bench/bench_session.hpp"

#include <algorithm>
#include <iterator>

#include "harness/bench/bench_records.hpp"
#include "harness/core/error.hpp"
#include "harness/core/median.hpp"
#include "harness/measure/noise.hpp"

namespace rnnbench {
namespace {

/// Each round's median of a phase; the problem of its samples where there is one.
std::vector<double> medians_of(const std::vector<BenchRound>& rounds, std::size_t side, const char* phase,
                               std::string& problem) {
  std::vector<double> medians;
  for (const BenchRound& round : rounds) {
    const auto& samples = round.sides[side].samples_ns.at(phase);
    if (problem.empty()) problem = clock_problem(samples);
    medians.push_back(median_of(samples));
  }
  return medians;
}

std::optional<TimingRatio> ratio_of(const std::vector<BenchRound>& rounds, std::size_t side,
                                    const char* phase, std::string& why_not) {
  std::string problem;
  const std::vector<double> reference = medians_of(rounds, 0, phase, problem);
  const std::vector<double> times = medians_of(rounds, side, phase, problem);
  if (problem.empty()) {
    const Finding<TimingRatio> ratio = mean_ratio(reference, times);
    if (ratio) return *ratio;
    problem = ratio.why_not();
  }
  if (why_not.empty()) why_not = problem;
  return std::nullopt;
}

bool is_precise(const std::vector<SideRatios>& ratios, double precision) {
  return std::ranges::all_of(ratios, [&](const SideRatios& ratio) {
    return ratio.step && ratio.predict && half_width(*ratio.step) <= precision &&
           half_width(*ratio.predict) <= precision;
  });
}

double seconds_between(std::int64_t begin, std::int64_t end) {
  return static_cast<double>(end - begin) * 1e-9;
}

/// What a step needs, as far as the side's engine says so.
std::vector<MetricRecord> needed_by(const SideReady& ready) {
  std::vector<MetricRecord> needed;
  if (ready.needed_operations > 0)
    needed.push_back({"needed_operations", "", 0, ready.needed_operations, "operations"});
  if (ready.needed_bytes > 0) needed.push_back({"needed_bytes", "", 0, ready.needed_bytes, "bytes"});
  return needed;
}

/// The runs of a comparison, as they are recorded.
class Recorder {
 public:
  Recorder(const std::vector<BenchSide>& sides, const BenchRecord& record, const BenchOptions& options,
           RunSink& sink)
      : sides_(sides), record_(record), options_(options), sink_(sink), train_seconds_(sides.size()) {}

  void add(const BenchRound& round, double seconds) {
    sink_.together([&] {
      if (runs.empty()) begin(round);
      for (std::size_t side = 0; side < sides_.size(); ++side) {
        train_seconds_[side] += train_seconds(round.sides[side]);
        sink_.epoch_finished(runs[side], epoch_record(round, side, train_seconds_[side], seconds));
      }
    });
    rounds_ = round.number;
    seconds_ = seconds;
  }

  void end(RunStatus status, const std::string& reason) {
    RunEnd end;
    end.status = status;
    end.reason = reason;
    end.seconds = seconds_;
    sink_.together([&] {
      for (std::size_t side = 0; side < runs.size(); ++side) {
        end.metrics = sides_[side].facts;
        std::ranges::copy(needed_[side], std::back_inserter(end.metrics));
        for (MetricRecord& fact : end.metrics) fact.epoch = rounds_;
        end.train_seconds = train_seconds_[side];
        sink_.end_run(runs[side], end);
      }
    });
  }

  std::vector<RunId> runs;

 private:
  void begin(const BenchRound& first) {
    std::vector<TrialRecord> trials;
    for (const BenchSide& side : sides_) trials.push_back(side.trial);
    sink_.add_trials(record_.experiment, trials);
    for (std::size_t side = 0; side < sides_.size(); ++side) {
      needed_.push_back(needed_by(first.sides[side].ready));
      runs.push_back(sink_.begin_run({.experiment = record_.experiment,
                                      .trial = sides_[side].trial,
                                      .seed = sides_[side].setup.seed,
                                      .environment = first.sides[side].ready.environment,
                                      .engine = first.sides[side].ready.engine,
                                      .particulars = bench_particulars(record_, options_, sides_, side,
                                                                       first.sides[side].ready.tokens)}));
    }
  }

  const std::vector<BenchSide>& sides_;
  const BenchRecord& record_;
  const BenchOptions& options_;
  RunSink& sink_;
  int rounds_ = 0;
  std::vector<double> train_seconds_;              // by side
  std::vector<std::vector<MetricRecord>> needed_;  // by side
  double seconds_ = 0;
};

}  // namespace

std::vector<SideRatios> ratios_of(const std::vector<BenchRound>& rounds) {
  std::vector<SideRatios> ratios;
  if (rounds.empty()) return ratios;
  for (std::size_t side = 1; side < rounds.front().sides.size(); ++side) {
    SideRatios& ratio = ratios.emplace_back();
    ratio.step = ratio_of(rounds, side, "step", ratio.why_not);
    ratio.predict = ratio_of(rounds, side, "predict", ratio.why_not);
  }
  return ratios;
}

double least_seconds(const BenchOutcome& so_far, const BenchOptions& options) {
  const auto rounds = static_cast<double>(so_far.rounds.size());
  return so_far.seconds / rounds * std::max(rounds, static_cast<double>(options.least_rounds));
}

BenchOutcome run_bench(const std::vector<BenchSide>& sides, const MakeSide& make_side,
                       const BenchOptions& options, const BenchRecord& record, RunSink& sink,
                       const std::stop_token& stop,
                       const std::function<void(const BenchOutcome& so_far)>& on_round,
                       const TickClock& clock) {
  std::vector<SideSetup> setups;
  for (const BenchSide& side : sides) setups.push_back(side.setup);
  RoundTaker taker(std::move(setups), make_side, options.seconds / options.rounds, clock);
  Recorder recorder(sides, record, options, sink);
  BenchOutcome outcome;
  const std::int64_t begin = clock.now();
  try {
    for (int number = 1;; ++number) {
      if (stop.stop_requested()) throw Interrupted();
      outcome.rounds.push_back(taker.take(number));
      const double taken = outcome.seconds = seconds_between(begin, clock.now());
      recorder.add(outcome.rounds.back(), taken);
      outcome.runs = recorder.runs;
      outcome.ratios = ratios_of(outcome.rounds);
      on_round(outcome);
      if (number < options.least_rounds) continue;
      // The second only where the clock stands still.
      const bool is_last = taken + taken / number > options.seconds || number >= 2 * options.rounds;
      if (!is_precise(outcome.ratios, options.precision) && !is_last) continue;
      outcome.stop =
          is_precise(outcome.ratios, options.precision) ? BenchStop::kPrecise : BenchStop::kOutOfTime;
      recorder.end(RunStatus::kFinished, "");
      return outcome;
    }
  } catch (const Interrupted&) {
    recorder.end(RunStatus::kInterrupted, "stopped by the user");
    throw;
  } catch (const StoreError&) {
    throw;  // nothing more can be recorded
  } catch (const Error& error) {
    recorder.end(RunStatus::kFailed, error.what());
    throw;
  }
}

}  // namespace rnnbench
