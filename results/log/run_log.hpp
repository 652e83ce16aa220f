#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "harness/core/epoch_buffer.hpp"
#include "harness/core/error.hpp"
#include "harness/core/settings.hpp"
#include "results/store/store.hpp"

namespace rnnbench {

/// A run of a program of yours, recorded in a results database as it goes:
///
///   RunLog log("results.db", "my-experiment", {{"learning_rate", 0.1}}, /*seed=*/1);
///   for (int epoch = 1; epoch <= 10; ++epoch) log.metric("loss", "train", epoch, train(), "nats");
///   log.finish();
///
/// The run is `running` at once, with this machine's environment. If the object ends without finish() or
/// fail(), the run is `failed` where an exception ends it, else `interrupted`; if the process is killed, it
/// becomes `interrupted` as soon as another RunLog or `rnnbench run` opens the database. An epoch is durable
/// once a figure of a later one comes, or flush(). Several programs may log to one database; each object is
/// used from one thread, and from the process that made it: in a forked child its end does nothing and every
/// other call throws EngineError. Throws StoreError where the database can't be written.
class RunLog {
 public:
  /// Creates the database where it is missing. `settings` are the trial's (see logged_trial.hpp): a seed is
  /// none of them. Every object is a run of its own, of equal settings and seed too. `experiment` is a name
  /// of your own, not that of an experiment file: throws ConfigError where it is empty or reserved, or where
  /// a text is no UTF-8.
  RunLog(const std::filesystem::path& database, const std::string& experiment, const Json& settings,
         std::uint64_t seed, const std::string& question = "");
  ~RunLog();
  RunLog(const RunLog&) = delete;
  RunLog& operator=(const RunLog&) = delete;

  /// A value of an epoch, from 1 on, of the split "train", "validation", "test" or "". Lists and figures show
  /// "accuracy" (unit "fraction") and "loss" (unit "nats"). NaN and infinities are kept as such. Throws
  /// EngineError for an epoch before the newest, or once the run is over, and ConfigError for text that is no
  /// UTF-8; of two equal figures of an epoch the later one counts.
  void metric(const std::string& name, const std::string& split, int epoch, double value,
              const std::string& unit = "");
  /// Durations of a phase of an epoch, in nanoseconds; or many, see PhaseTimer::take(). Throws as metric(),
  /// and ConfigError for a duration that is negative or beyond kLongestSampleNs.
  void timing(const TimingRecord& timing);
  void timings(const std::vector<TimingRecord>& timings);
  /// Makes what was logged so far durable. No more can be added to its epoch.
  void flush();

  /// Ends the run, once. `train_seconds`: what its training took, evaluation not; else the time since it
  /// began.
  void finish(std::optional<double> train_seconds = {});
  void fail(const std::string& reason);

  /// Its number, as `rnnbench list` and `show` have it.
  RunId run() const { return run_; }

 private:
  void require_own_process() const;
  void require_open(int epoch) const;
  double seconds() const;
  void record(const EpochRecord& epoch);
  void end(RunStatus status, const std::string& reason, std::optional<double> train_seconds);

  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
  int exceptions_;  ///< that were on their way when it began
  pid_t process_;   ///< that made it
  std::unique_ptr<Store> store_;
  RunId run_ = 0;
  EpochBuffer epochs_;
  int flushed_ = 0;  ///< the newest epoch that no more can be added to
  bool is_over_ = false;
};

}  // namespace rnnbench
