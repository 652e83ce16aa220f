#pragma once

#include <stop_token>

#include "harness/executor/executor.hpp"

namespace rnnbench {

/// Job arrays of Slurm, by its own programs sbatch, squeue and scancel.
class Slurm final : public Executor {
 public:
  /// At most `limit` tasks run at a time; 0: no limit. Throws EnvironmentError where there is no Slurm.
  explicit Slurm(int limit, std::stop_token stop = {});
  std::string submit(const std::filesystem::path& script, const std::vector<int>& tasks,
                     const std::string& name) override;
  std::optional<std::string> find(const std::string& name) override;
  std::map<int, TaskState> states(const std::string& job) override;
  void cancel(const std::string& job) override;

 private:
  int limit_;
  std::stop_token stop_;
};

/// "1-3,7,9-10" of {1, 2, 3, 7, 9, 10}, as --array takes it. They rise.
std::string array_text(const std::vector<int>& tasks);

/// The job that sbatch or squeue names, "12" or, in a federation, "12;CLUSTER": the last line that is one, as
/// a cluster may greet first.
std::optional<std::string> job_in(const std::string& text);

/// Reads what squeue says, a line "TASK STATE REASON" each.
std::map<int, TaskState> parse_squeue(const std::string& text);

}  // namespace rnnbench
