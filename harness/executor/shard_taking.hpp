#pragma once

#include <filesystem>
#include <functional>
#include <set>
#include <stop_token>
#include <string>

#include "harness/executor/submission.hpp"

namespace rnnbench {

/// How what tasks leave is taken over.
struct ShardServices {
  /// Whether a shard's database is whole. Throws DamagedError where it isn't, StoreError where that can't be
  /// said: a disk that doesn't answer, a newer version.
  std::function<void(const std::filesystem::path& database)> check;
  /// Takes over the runs of a shard's database; again adds nothing. False where something of it couldn't be
  /// taken, which it said; then the shard's files stay. Throws where the database that takes them can't be
  /// written: nothing is lost, and the same call goes on.
  std::function<bool(const std::filesystem::path& database)> merge;
  /// Told what changed, in words.
  std::function<void(const std::string&)> say;
  std::stop_token stop;
};

/// Takes over the shards of a submission that are whole; a damaged one is put away, and one that can't be
/// read stays for another look. Gives the tasks whose shard was put away. Throws Interrupted, and what
/// merging throws.
std::set<int> take_whole(Submission& submission, const ShardServices& services);

/// Takes over what is there of a task that is over without a whole shard; the task goes on in it, or begins
/// anew where it can't be read. Throws as take_whole().
void take_part(Submission& submission, int task, const ShardServices& services);

}  // namespace rnnbench
