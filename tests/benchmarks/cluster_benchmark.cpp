// Whether watching a cluster and merging what its tasks leave stays linear: so many nodes, each with a task
// of 100 runs and 100 metric rows a run, are done in an order of chance. `cluster_benchmark [NODES…]`, a
// table in Markdown. The scheduler is made up; the shards, the watch and the merge are real.
#include <SQLiteCpp/Database.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <random>

#include "harness/core/files.hpp"
#include "results/store/check.hpp"
#include "results/store/merge.hpp"
#include "results/store/store.hpp"
#include "tests/benchmarks/large_database.hpp"
#include "tests/support/watch_until_over.hpp"

namespace rnnbench {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// Each question finds a twentieth of the tasks more done.
class SimulatedCluster final : public Executor {
 public:
  SimulatedCluster(const Submission& submission, fs::path one_shard)
      : submission_(submission), one_shard_(std::move(one_shard)) {}

  std::string submit(const fs::path&, const std::vector<int>& tasks, const std::string&) override {
    left_ = tasks;
    std::ranges::shuffle(left_, std::mt19937(1));
    return "1";
  }
  std::optional<std::string> find(const std::string&) override { return std::nullopt; }
  std::map<int, TaskState> states(const std::string&) override {
    const auto start = Clock::now();
    const auto some = std::min(left_.size(), static_cast<std::size_t>(submission_.tasks()) / 20 + 1);
    for (std::size_t i = 0; i < some; ++i) finish(left_[left_.size() - 1 - i]);
    left_.resize(left_.size() - some);
    std::map<int, TaskState> states;
    for (const int task : left_) states[task] = {TaskState::Phase::kRunning};
    seconds += seconds_since(start);
    return states;
  }
  void cancel(const std::string&) override {}

  double seconds = 0;  ///< that the tasks took

 private:
  /// The shard of a task is like every other's, but for the runs' seeds and names.
  void finish(int task) const {
    const fs::path part = submission_.part(task);
    make_folder(part);
    fs::copy_file(one_shard_, submission_.database(part));
    {
      SQLite::Database shard(submission_.database(part).string(), SQLite::OPEN_READWRITE);
      shard.exec(
          fmt::format("PRAGMA synchronous = OFF; UPDATE runs SET uid = printf('%032x', {0} * 1000 + id), "
                      "seed = seed + {1}; "
                      "UPDATE trials SET key = printf('%03d', {2}) || substr(key, 4)",
                      task, task * 100, task % 100));
    }
    fs::rename(part, submission_.shard(task));
  }

  const Submission& submission_;
  fs::path one_shard_;
  std::vector<int> left_;
};

void measure(const fs::path& folder, const fs::path& one_shard, int nodes) {
  const fs::path root = folder / std::to_string(nodes);
  Submission submission = Submission::create_in(root / "cluster", {{std::string(64, 'a'), 1}}, nodes);
  SimulatedCluster cluster(submission, one_shard);
  double merging = 0, checking = 0;
  const auto timed = [](double& seconds, const auto& action) {
    const auto start = Clock::now();
    action();
    seconds += seconds_since(start);
  };
  WatchServices services;
  services.poll = services.most_poll = std::chrono::milliseconds(0);
  services.shards = {[&](const fs::path& shard) { timed(checking, [&] { require_undamaged(shard); }); },
                     [&](const fs::path& shard) {
                       timed(merging, [&] { merge_database(shard, root / "results.db"); });
                       return true;
                     },
                     [](const std::string&) {},
                     {}};
  const Store open(root / "results.db");  // as who waits has it
  const auto start = Clock::now();
  const std::size_t lost = watch_until_over(submission, cluster, services).size();
  const double all = seconds_since(start) - cluster.seconds;
  SQLite::Database merged((root / "results.db").string());
  fmt::print("| {} | {} | {} | {:.1f} | {:.1f} | {:.2f} | {:.1f} |{}\n", nodes,
             merged.execAndGet("SELECT count(*) FROM runs").getInt64(),
             merged.execAndGet("SELECT count(*) FROM metrics").getInt64(), merging, checking,
             all - merging - checking, all / nodes * 1000, lost > 0 ? " lost tasks!" : "");
}

}  // namespace
}  // namespace rnnbench

int main(int count, char** arguments) {
  using namespace rnnbench;
  std::vector<int> nodes;
  for (int i = 1; i < count; ++i) nodes.push_back(std::max(1, std::atoi(arguments[i])));
  if (nodes.empty()) nodes = {125, 250, 500, 1000};
  const fs::path folder = fs::temp_directory_path() / fmt::format("cluster_benchmark_{}", ::getpid());
  make_database(folder / "one.db", 100);
  fmt::print(
      "| nodes | runs | metric rows | merge s | check s | watch s | a node ms "
      "|\n|--:|--:|--:|--:|--:|--:|--:|\n");
  for (const int each : nodes) {
    measure(folder, folder / "one.db", each);
    std::fflush(stdout);
    fs::remove_all(folder / std::to_string(each));
  }
  fs::remove_all(folder);
}
