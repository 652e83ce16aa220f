#pragma once

#include <filesystem>
#include <memory>

#include "harness/core/parity_record.hpp"
#include "harness/core/parity_seeds.hpp"
#include "harness/core/run_sink.hpp"

namespace rnnbench {

struct Connection;
class StatementCache;

/// A results database opened for writing. Each call is one transaction, durable when it returns (killed
/// process: always; power loss: on a disk that keeps its promises, and the beginning of a run with the next
/// call of any store of the file: until then there is nothing of it to lose). Several stores, in one process
/// or many, may write to one file; each is used from one thread. Throws StoreError; a call that threw has
/// recorded nothing, and what was recorded before stays.
class Store : public RunSink {
 public:
  /// Opens the database at `path`; creates it and its folder where missing.
  explicit Store(const std::filesystem::path& path);
  /// Takes a database opened for writing.
  explicit Store(std::unique_ptr<Connection> connection);
  ~Store() override;
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  std::set<RunKey> finished_runs() override;
  /// A changed config text makes another experiment of the same name. A trial keeps the position it was
  /// given last.
  void add_trials(const ExperimentRecord& experiment, const std::vector<TrialRecord>& trials) override;
  /// Says that `trial` belongs to `experiment` too, after those that it has; they stay. Its tags and note are
  /// replaced.
  void add_trial(const ExperimentRecord& experiment, const TrialRecord& trial);
  RunId begin_run(const RunStart& start) override;
  std::optional<RunId> claim_run(const RunStart& start) override;
  std::optional<UnfinishedRun> unfinished_run(const RunStart& start) override;
  bool resume_run(const UnfinishedRun& left, const RunStart& start) override;
  void drop_checkpoint(RunId run) override;
  /// Timings without samples are left out. An epoch is recorded once; again is an error.
  void epoch_finished(RunId run, const EpochRecord& epoch) override;
  void run_wrote(RunId run, const std::string& lines) override;
  /// A run ends once; again is an error.
  void end_run(RunId run, const RunEnd& end) override;
  std::optional<RunStatus> end_lost_run(RunId run, const RunEnd& end) override;
  /// Another reason than the one recorded for this experiment, trial and seed replaces it.
  void skip_run(const RunStart& start, const std::string& reason) override;
  void together(const std::function<void()>& calls) override;

  /// Whether runs are recorded under the experiment. Within together() it stays so until that is over.
  bool has_runs(const ExperimentRecord& experiment);

  /// Saying the same again adds nothing.
  void tag_run(RunId run, const std::string& tag);

  /// Records a parity check that was made now, with all its errors; returns its id.
  std::int64_t add_parity(const ParityRecord& record);
  /// Adds to a parity record what several seeds showed; again is an error.
  void add_parity_seeds(std::int64_t parity, const ParitySeeds& seeds);

  enum class Writers {
    kSeveral,  ///< runs of other hosts stay as they are
    kThis,     ///< nobody else writes, here or elsewhere: whoever began a run is gone
  };
  /// Marks `running` runs as `interrupted` whose process is gone, and returns how many there were. Call it
  /// when a runner starts.
  int recover_stale_runs(Writers writers = Writers::kSeveral);

 private:
  enum class OnDisk { kNow, kLater };
  template <typename Action>
  auto in_transaction(Action&& action, OnDisk when = OnDisk::kNow);

  std::unique_ptr<Connection> connection_;
  std::unique_ptr<StatementCache> statements_;  // ends before the connection
  bool is_together_ = false;
};

/// Of the library that is loaded, "3.40.1".
std::string sqlite_version();

}  // namespace rnnbench
