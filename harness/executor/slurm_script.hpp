#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "harness/executor/slurm_settings.hpp"

namespace rnnbench {

/// What each task of an array does. It works in shards/TASK.part of `folder`, which becomes shards/TASK when
/// its runs are over: a whole shard or none. Else it leaves its exit status in ends/TASK.
struct SlurmTask {
  std::string name;                  ///< of the experiment
  std::filesystem::path folder;      ///< absolute, on a disk that all nodes have
  std::filesystem::path from;        ///< where the command is called, absolute too
  std::vector<std::string> command;  ///< `rnnbench run …`, absolute; --shard and --db are added
  std::vector<std::pair<std::string, std::string>> variables;  ///< of its environment, with their values
  int tasks = 1;                                               ///< how many there are
};

/// The script for sbatch, with its options at the top; the array is given when it is submitted. A task that
/// is ended by the cluster or nears its time limit leaves a checkpoint, and goes on when it is queued again;
/// one that got nowhere within its time says so and is not.
std::string slurm_script(const SlurmTask& task, const SlurmSettings& settings);

}  // namespace rnnbench
