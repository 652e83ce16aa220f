#pragma once

#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "harness/bench/bench_round.hpp"
#include "harness/core/run_sink.hpp"
#include "harness/statistics/timing_ratio.hpp"

namespace rnnbench {

/// One of the things compared: an engine of a build.
struct BenchSide {
  std::string label;  ///< "eigen", "libtorch:cuda", "eigen@1a2b3c4"
  SideSetup setup;
  TrialRecord trial;
  std::vector<MetricRecord> facts = {};  ///< of the machine and of the model; recorded at the end of its run
};

struct BenchOptions {
  double seconds = 40;      ///< that a comparison may take; slow models need more, see least_seconds()
  double precision = 0.02;  ///< it ends once every ratio's interval is within so much of the ratio
  int least_rounds = 6;     ///< a t interval of fewer is wide
  int rounds = 20;          ///< that its time is divided into
};

/// Why a comparison ended: never because of what it showed.
enum class BenchStop { kPrecise, kOutOfTime };

/// Of each side but the first, the reference, how many times as long as that it takes. No value: refused.
struct SideRatios {
  std::optional<TimingRatio> step, predict;
  std::string why_not;
};

struct BenchOutcome {
  BenchStop stop = BenchStop::kOutOfTime;
  std::vector<BenchRound> rounds;
  std::vector<SideRatios> ratios;  ///< [sides − 1]
  std::vector<RunId> runs;         ///< [sides]
  double seconds = 0;              ///< that the rounds took
};

/// What all sides' runs have in common.
struct BenchRecord {
  ExperimentRecord experiment;
  std::string subject;  ///< what is compared on, "m1"
  std::string command;  ///< that compares so again, as words of a shell
  std::string parity;   ///< that shows parity on it, but for its --engines
  std::string session;  ///< names the comparison: its runs' particulars hold it
};

/// What the least rounds of a comparison will take, by those that are over. Above options.seconds it goes on
/// all the same: fewer rounds show nothing.
double least_seconds(const BenchOutcome& so_far, const BenchOptions& options);

/// Half the interval's width as a share of the ratio.
inline double half_width(const TimingRatio& ratio) {
  return (ratio.interval.high - ratio.interval.low) / 2 / ratio.ratio;
}

/// The ratios that these rounds show: of each round's medians. A round and not a step is a replicate, since
/// what differs between two processes of one program, such as where memory lies, lasts as long as they do
/// (Kalibera and Jones 2013, "Rigorous Benchmarking in Reasonable Time", section 6).
std::vector<SideRatios> ratios_of(const std::vector<BenchRound>& rounds);

/// Takes rounds until every ratio is precise or time is over. Each side is a run, each round an epoch of it,
/// recorded when it is over; the least rounds are taken whatever they take. `on_round` is told. Throws what
/// the sides and the sink do, Interrupted; the runs are then recorded as failed or interrupted.
BenchOutcome run_bench(const std::vector<BenchSide>& sides, const MakeSide& make_side,
                       const BenchOptions& options, const BenchRecord& record, RunSink& sink,
                       const std::stop_token& stop,
                       const std::function<void(const BenchOutcome& so_far)>& on_round,
                       const TickClock& clock = steady_ticks());

}  // namespace rnnbench
