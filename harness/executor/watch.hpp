#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "harness/executor/executor.hpp"
#include "harness/executor/shard_taking.hpp"
#include "harness/executor/submission.hpp"

namespace rnnbench {

struct WatchServices {
  ShardServices shards;
  std::chrono::milliseconds poll{2000};        ///< between two looks at the shards
  std::chrono::milliseconds most_poll{30000};  ///< at most, between two questions to the scheduler
  /// After which a task that no scheduler knows and that left no word is given up: a shared disk may show the
  /// files of another machine as late as that.
  std::chrono::milliseconds grace{60000};
  int retries = 2;  ///< how often tasks that left no whole shard are handed over again
};

/// Hands a submission over where that wasn't done, merges its shards as they become whole, hands over again
/// the tasks that ended without one (they go on in theirs; a shard that can't be read begins anew), and
/// closes it when all are merged, tries are used up, a try more can't help or somebody cancelled tasks. Of a
/// task that never got whole the finished runs are merged too. All references must outlive it.
class Watch {
 public:
  Watch(Submission& submission, Executor& executor, const WatchServices& services);
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

  /// Looks once, and does what is to be done; to be called again every `poll`. True when all is over.
  bool look();
  /// Tasks that were left without a result, once all is over.
  const std::vector<int>& without_result() const { return without_result_; }

 private:
  using Clock = std::chrono::steady_clock;

  const std::function<void(const std::string&)>& say() const { return services_.shards.say; }
  void say_once(const std::string& text);
  std::vector<int> worth_a_try(const std::vector<int>& pending) const;
  void try_again(const std::vector<int>& tasks);
  bool is_any_at_work(const std::vector<int>& pending);
  bool is_any_at_work(const std::map<int, TaskState>& states, const std::vector<int>& pending);
  bool have_all_ended(const std::vector<int>& pending) const;
  bool is_settled(const std::vector<int>& pending);
  bool close(std::vector<int> without_result);

  Submission& submission_;
  Executor& executor_;
  const WatchServices& services_;
  ShardServices shards_;
  Clock::time_point next_question_ = {};
  std::chrono::milliseconds pause_;
  std::size_t pending_before_ = 0;
  bool is_any_at_work_ = false;
  std::optional<Clock::time_point> gone_since_ = {};  ///< when none was at work any more
  std::set<int> ended_ = {};            ///< tasks: their shard was put away, or somebody cancelled them
  std::set<std::string> reasons_ = {};  ///< said, why tasks wait
  std::set<std::string> said_ = {};     ///< of shards, since the tasks were handed over
  int unanswered_ = 0;                  ///< questions in a row that weren't answered
  std::vector<int> without_result_ = {};
};

/// What passes between two looks. Throws Interrupted when asked to stop: the tasks go on, and who watches
/// them again goes on from there.
void rest(std::chrono::milliseconds poll, const std::stop_token& stop);

}  // namespace rnnbench
