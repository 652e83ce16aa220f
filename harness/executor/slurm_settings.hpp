#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "harness/config/toml_reader.hpp"

namespace rnnbench {

/// What a matrix asks Slurm for: the table [slurm] of an experiment file, on top of the user's profile. What
/// is not given is left to the cluster.
struct SlurmSettings {
  int chunk = 1;    ///< runs a task
  int limit = 0;    ///< tasks at a time; 0: as many as the cluster takes
  int retries = 2;  ///< how often tasks that ended without a result are handed over again
  int notice = 60;  ///< seconds before the time limit at which a task leaves a checkpoint and queues again
  std::string partition, account;
  std::string time;                 ///< of a task, as sbatch takes it: "2:00:00"
  std::string memory;               ///< of a task: "4G"
  int cpus = 0;                     ///< of a task; 0: not asked for
  std::string gpus;                 ///< of a task: "1", "a100:1"
  std::vector<std::string> sbatch;  ///< any further options: "--qos=night"
};

/// Seconds of a time as sbatch takes it: MINUTES, MINUTES:SECONDS, HOURS:MINUTES:SECONDS, DAYS-HOURS,
/// DAYS-HOURS:MINUTES or DAYS-HOURS:MINUTES:SECONDS. Nothing for any other text, "UNLIMITED" among them.
std::optional<long> slurm_seconds(const std::string& time);

/// Reads the table on top of `given`; `path` is the table's in its file. Throws ConfigError for what it
/// doesn't know or accept.
SlurmSettings read_slurm_settings(const SettingsTree& table, SlurmSettings given = {},
                                  const std::string& path = "slurm");

/// The user's profile: $XDG_CONFIG_HOME/rnnbench/slurm.toml, else ~/.config/rnnbench/slurm.toml; the defaults
/// where there is none. Throws as read_slurm_settings().
SlurmSettings slurm_profile();

}  // namespace rnnbench
