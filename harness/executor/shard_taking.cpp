#include "harness/executor/shard_taking.hpp"

#include <fmt/format.h>

#include "harness/core/damaged_error.hpp"

namespace rnnbench {
namespace {

namespace fs = std::filesystem;

enum class Shard { kSound, kPutAway, kUnread };

Shard look_at(Submission& submission, int task, const fs::path& shard, const char* then,
              const ShardServices& services) {
  try {
    services.check(submission.database(shard));
    return Shard::kSound;
  } catch (const DamagedError& error) {
    services.say(fmt::format("task {}: {}; it is put away and {}", task, error.what(), then));
    submission.set_aside(task, shard);
    return Shard::kPutAway;
  } catch (const StoreError& error) {
    services.say(fmt::format("task {}: {}; it stays in {}", task, error.what(), shard.string()));
    return Shard::kUnread;
  }
}

}  // namespace

std::set<int> take_whole(Submission& submission, const ShardServices& services) {
  std::set<int> put_away;
  bool any = false;
  for (const int task : submission.whole()) {
    if (services.stop.stop_requested()) throw Interrupted();
    const fs::path shard = submission.shard(task);
    const Shard found = look_at(submission, task, shard, "done again", services);
    if (found == Shard::kPutAway) put_away.insert(task);
    if (found != Shard::kSound) continue;
    const bool is_taken = services.merge(submission.database(shard));
    submission.merged(task, is_taken ? Submission::Files::kRemove : Submission::Files::kKeep);
    any = true;
  }
  if (any) {
    const auto left = static_cast<int>(submission.pending().size());
    services.say(fmt::format("{} of {} tasks are done", submission.tasks() - left, submission.tasks()));
  }
  return put_away;
}

void take_part(Submission& submission, int task, const ShardServices& services) {
  const fs::path part = submission.part(task);
  std::error_code none;
  if (!fs::exists(submission.database(part), none)) return;
  if (look_at(submission, task, part, "begun anew", services) == Shard::kSound)
    services.merge(submission.database(part));
}

}  // namespace rnnbench
