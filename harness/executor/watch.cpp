#include "harness/executor/watch.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>
#include <thread>

#include "harness/core/error.hpp"
#include "harness/executor/hand_over.hpp"

namespace rnnbench {
namespace {

/// Whether a task that ended so would end so again: its configuration can't be used, its time is too short,
/// or its program can't be started.
bool is_hopeless(std::optional<int> status) {
  static const std::set<int> kHopeless = {2, 75, 126, 127};
  return status && kHopeless.contains(*status);
}

}  // namespace

Watch::Watch(Submission& submission, Executor& executor, const WatchServices& services)
    : submission_(submission),
      executor_(executor),
      services_(services),
      shards_(services.shards),
      pause_(services.poll) {
  shards_.say = [this](const std::string& text) { say_once(text); };  // they are looked at again and again
}

bool Watch::look() {
  if (submission_.job().empty()) hand_over(submission_, submission_.pending(), executor_, say());
  ended_.merge(take_whole(submission_, shards_));
  std::vector<int> pending = submission_.pending();
  if (pending.empty()) return close({});
  if (is_any_at_work(pending)) {
    gone_since_.reset();
    return false;
  }
  if (!is_settled(pending)) return false;
  ended_.merge(take_whole(submission_, shards_));
  pending = submission_.pending();
  if (pending.empty()) return close({});
  for (const int task : pending) take_part(submission_, task, shards_);
  if (submission_.is_cancelled()) say()(fmt::format("tasks of job {} were cancelled", submission_.job()));
  const std::vector<int> again = worth_a_try(pending);
  if (again.empty()) return close(std::move(pending));
  try_again(again);
  return false;
}

bool Watch::close(std::vector<int> without_result) {
  submission_.close();
  without_result_ = std::move(without_result);
  return true;
}

void Watch::say_once(const std::string& text) {
  if (said_.insert(text).second) say()(text);
}

std::vector<int> Watch::worth_a_try(const std::vector<int>& pending) const {
  std::vector<int> again;
  if (submission_.is_cancelled() || submission_.attempts() > services_.retries) return again;
  std::ranges::copy_if(pending, std::back_inserter(again),
                       [&](int task) { return !is_hopeless(submission_.end_of(task)); });
  return again;
}

void Watch::try_again(const std::vector<int>& tasks) {
  const std::string words = submission_.last_words(tasks.front());
  say()(fmt::format("{} of {} tasks ended without a result; they are handed over again{}", tasks.size(),
                    submission_.tasks(),
                    words.empty() ? "" : fmt::format("; task {} said last: {}", tasks.front(), words)));
  executor_.cancel(submission_.job());  // never two at one shard
  ended_.clear();
  said_.clear();
  gone_since_.reset();
  next_question_ = {};
  hand_over(submission_, tasks, executor_, say());
}

/// Asks the scheduler, seldom where nothing changes, at once where all tasks said that they ended.
bool Watch::is_any_at_work(const std::vector<int>& pending) {
  if (Clock::now() < next_question_ && !have_all_ended(pending)) return is_any_at_work_;
  try {
    is_any_at_work_ = is_any_at_work(executor_.states(submission_.job()), pending);
    unanswered_ = 0;
  } catch (const EnvironmentError& error) {  // a controller that is away comes back
    if (unanswered_++ == 0) say()(fmt::format("{}; asking again", error.what()));
    is_any_at_work_ = true;
  }
  const bool is_as_before = is_any_at_work_ && pending.size() == pending_before_;
  pause_ = is_as_before ? std::min(pause_ * 5 / 4, services_.most_poll) : services_.poll;
  pending_before_ = pending.size();
  next_question_ = Clock::now() + pause_;
  return is_any_at_work_;
}

bool Watch::is_any_at_work(const std::map<int, TaskState>& states, const std::vector<int>& pending) {
  bool is_any = false;
  std::map<std::string, int> waiting;
  for (const int task : pending) {
    auto found = states.find(task);
    if (found == states.end()) found = states.find(kOtherTasks);
    if (found == states.end() || found->second.phase == TaskState::Phase::kOver) continue;
    const auto& [phase, reason] = found->second;
    if (phase != TaskState::Phase::kCancelled) {
      is_any = true;
      if (!reason.empty()) ++waiting[reason];
      continue;
    }
    ended_.insert(task);
    if (!submission_.is_cancelled()) submission_.cancelled();  // the scheduler soon forgets it
  }
  for (const auto& [reason, tasks] : waiting) {
    if (reasons_.insert(reason).second)
      say()(fmt::format("job {}: {} of its tasks wait: {}", submission_.job(), tasks, reason));
  }
  return is_any;
}

bool Watch::have_all_ended(const std::vector<int>& pending) const {
  return std::ranges::all_of(
      pending, [&](int task) { return ended_.contains(task) || submission_.end_of(task).value_or(0) > 1; });
}

/// Whether no more is to come of tasks that no scheduler knows.
bool Watch::is_settled(const std::vector<int>& pending) {
  if (!gone_since_) gone_since_ = Clock::now();
  return have_all_ended(pending) || Clock::now() - *gone_since_ >= services_.grace;
}

void rest(std::chrono::milliseconds poll, const std::stop_token& stop) {
  constexpr std::chrono::milliseconds kStep{50};
  for (auto rested = kStep; rested < poll; rested += kStep) {
    if (stop.stop_requested()) throw Interrupted();
    std::this_thread::sleep_for(kStep);
  }
}

}  // namespace rnnbench
