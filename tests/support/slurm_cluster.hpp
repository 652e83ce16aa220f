#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace rnnbench {

/// A real Slurm on this machine alone: a controller and two nodes, n1 and n2, of two processors each. Needs
/// root and Debian's packages slurmctld, slurmd, slurm-client and munge. It is stopped at the end.
class SlurmCluster {
 public:
  /// Starts it with its files in `folder`. Where that can't be done, obstacle() says why.
  explicit SlurmCluster(std::filesystem::path folder);
  ~SlurmCluster();
  SlurmCluster(const SlurmCluster&) = delete;
  SlurmCluster& operator=(const SlurmCluster&) = delete;

  const std::string& obstacle() const { return obstacle_; }
  /// For the variable SLURM_CONF of those who use it.
  std::filesystem::path configuration() const { return folder_ / "slurm.conf"; }
  /// What one of Slurm's programs says.
  std::string ask(std::vector<std::string> command) const;
  /// Kills a node with all that runs on it, as a power cut does, and tells the controller.
  void lose(const std::string& node) const;
  void start(const std::string& node) const;
  /// Tasks that were queued again wait two minutes. This, called again and again, lets them begin after two
  /// seconds: Slurm refuses one that begins in the second in which it was queued again.
  void let_begin();

 private:
  std::string begin();

  std::filesystem::path folder_;
  std::string obstacle_;
  bool has_munge_ = false;                                                           ///< started by this
  std::map<std::string, std::chrono::steady_clock::time_point> waiting_since_ = {};  ///< of jobs
};

}  // namespace rnnbench
