#include "harness/workers/worker_pool.hpp"

#include <fmt/format.h>
#include <poll.h>

#include <algorithm>
#include <csignal>
#include <deque>
#include <thread>

#include "harness/core/clock.hpp"
#include "harness/core/error.hpp"
#include "harness/core/process_tree.hpp"
#include "harness/core/stops_soon.hpp"
#include "harness/measure/process_memory.hpp"
#include "harness/runner/budget.hpp"
#include "harness/runner/run_tasks.hpp"
#include "harness/workers/worker_link.hpp"

namespace rnnbench {
namespace {

constexpr int kPollMilliseconds = 100;

class WorkerPool {
 public:
  WorkerPool(const Matrix& matrix, bool rerun, const WorkerOptions& options, const RunServices& services,
             RunSink& sink)
      : matrix_(matrix), rerun_(rerun), options_(options), services_(services), sink_(sink) {}

  MatrixOutcome run() {
    const std::vector<RunTask> tasks =
        tasks_left(matrix_, rerun_, services_, sink_, options_.listener(0), outcome_);
    queue_.assign(tasks.begin(), tasks.end());
    runs_ = static_cast<int>(tasks.size());
    links_.resize(std::min<std::size_t>(static_cast<std::size_t>(options_.workers), tasks.size()));
    try {
      while (!queue_.empty() || is_any_busy()) {
        if (services_.stop.stop_requested()) throw Interrupted();
        hand_out();
        wait();
        for (std::size_t i = 0; i < links_.size(); ++i) attend(i);
      }
    } catch (...) {
      stop_all();
      throw;
    }
    return outcome_;
  }

 private:
  using Clock = std::chrono::steady_clock;

  /// A worker and what it is at.
  struct Link {
    std::unique_ptr<WorkerLink> worker;
    std::optional<RunTask> task;
    std::optional<RunId> run;
    Clock::time_point begin;
    std::string broken_limit;  ///< why it was killed, or ""
  };

  bool is_any_busy() const {
    return std::any_of(links_.begin(), links_.end(), [](const Link& link) { return link.task.has_value(); });
  }

  void hand_out() {
    for (std::size_t i = 0; i < links_.size() && !queue_.empty(); ++i) {
      Link& link = links_[i];
      if (link.task) continue;
      while (!queue_.empty() && !has_time_for(queue_.front())) {
        queue_.pop_front();
        ++outcome_.left;
      }
      if (queue_.empty()) return;
      const RunTask task = queue_.front();
      queue_.pop_front();
      begin(static_cast<int>(i), link, task);
    }
  }

  bool has_time_for(const RunTask& task) const {
    return !services_.budget || services_.budget->allows(*task.trial, task.seed);
  }

  void begin(int index, Link& link, const RunTask& task) {
    if (!link.worker) link.worker = std::make_unique<WorkerLink>(options_.command(index));
    link.task = task;
    link.run.reset();
    link.broken_limit.clear();
    link.begin = Clock::now();
    listener(index).run_started({.run = ++begun_,
                                 .runs = runs_,
                                 .failed = outcome_.failed,
                                 .trial = task.trial->label,
                                 .seed = task.seed},
                                task.trial->spec.training.epochs);
    link.worker->ask({.experiment = matrix_.experiment,
                      .key = task.trial->record.key,
                      .settings = task.trial->record.settings,
                      .vectors = task.trial->spec.model.embedding.vectors,
                      .seed = task.seed,
                      .repeat = rerun_,
                      .estimated_seconds = task.trial->estimated_seconds});
  }

  /// Until a worker says something, or it is time to look at limits.
  void wait() {
    std::vector<pollfd> pipes;
    for (const Link& link : links_) {
      if (!link.worker) continue;
      link.worker->process().poll_into(pipes);
    }
    ::poll(pipes.data(), pipes.size(), kPollMilliseconds);
  }

  void attend(std::size_t i) {
    Link& link = links_[i];
    if (!link.worker) return;
    link.worker->process().send_more();
    const std::optional<ProcessEnd> end =
        link.worker->process().ended();  // before the last messages are read
    for (const WorkerMessage& message : link.worker->take()) {
      std::visit([&](const auto& each) { hear(static_cast<int>(i), link, each); }, message);
    }
    if (end) {
      lose(static_cast<int>(i), link, *end);
    } else if (link.task) {
      if (link.run) link.worker->record_output(sink_, *link.run);
      check_limits(link);
    }
  }

  void hear(int /*index*/, Link& /*link*/, const WorkerReady& /*ready*/) {}
  void hear(int /*index*/, Link& link, const RunTaken& taken) { link.run = taken.run; }
  void hear(int index, Link& /*link*/, const BegunAnew& begun) { listener(index).begun_anew(begun.why); }
  void hear(int index, Link& /*link*/, const StepDone& step) {
    listener(index).step(step.epoch, step.share_of_epoch, step.loss, step.accuracy);
  }
  void hear(int index, Link& /*link*/, const EvaluationBegun& evaluation) {
    listener(index).evaluating(evaluation.epoch, evaluation.split);
  }
  void hear(int index, Link& /*link*/, const EpochDone& epoch) {
    listener(index).epoch_finished(epoch.record);
  }
  void hear(int index, Link& link, const RunOver& over) {
    if (!over.taken) {
      ++outcome_.already_finished;
      listener(index).run_left();
      link.task.reset();
    } else {
      if (over.status == RunStatus::kInterrupted && stops_soon(services_.stop)) throw Interrupted();
      RunEnd end;
      end.status = over.status;
      end.reason = over.reason;
      end.seconds = over.seconds;
      finish(index, link, end);
    }
    link.worker->forget_output();
  }
  [[noreturn]] void hear(int /*index*/, Link& /*link*/, const WorkerFailed& failed) {
    if (failed.exit_code == static_cast<int>(ExitCode::kBadUsage)) throw ConfigError(failed.message);
    throw EnvironmentError(failed.message);
  }

  void finish(int index, Link& link, const RunEnd& end) {
    const RunTask task = *link.task;
    link.task.reset();
    link.run.reset();
    listener(index).run_finished(end);
    if (end.status == RunStatus::kFinished) {
      ++outcome_.finished;
      if (services_.budget) services_.budget->learn(*task.trial, end.seconds);
    } else if (task.attempt <= options_.retries) {
      queue_.push_back({task.trial, task.seed, task.attempt + 1});
      ++runs_;
    } else {
      ++outcome_.failed;
    }
  }

  /// The worker is gone: its run, if it had one, has failed; one that was killed from outside can go on.
  void lose(int index, Link& link, const ProcessEnd& process_end) {
    if (!link.worker->has_worked()) {
      throw EnvironmentError(fmt::format("a worker process ended before it did anything, with {}: {}",
                                         in_words(process_end), link.worker->last_output()));
    }
    if (link.task) {
      RunEnd end;
      const bool is_killed = link.broken_limit.empty() && process_end.signal == SIGKILL;
      end.status = is_killed ? RunStatus::kInterrupted : RunStatus::kFailed;
      end.reason = !link.broken_limit.empty()
                       ? link.broken_limit
                       : fmt::format("its process ended with {}", in_words(process_end));
      end.output = link.worker->last_output();
      end.seconds = seconds_of(link);
      if (!link.run) {
        const RunTask& task = *link.task;
        link.run = sink_.begin_run(
            {matrix_.experiment, task.trial->record, task.seed, services_.environment.dump(), "{}"});
      }
      end.status = sink_.end_lost_run(*link.run, end).value_or(end.status);
      finish(index, link, end);
    }
    link.worker.reset();
  }

  double seconds_of(const Link& link) const {
    return std::chrono::duration<double>(Clock::now() - link.begin).count();
  }

  void check_limits(Link& link) const {
    if (!link.broken_limit.empty()) return;
    if (const double seconds = seconds_of(link); options_.seconds && seconds > *options_.seconds) {
      link.broken_limit =
          fmt::format("it took longer than its limit of {}", human_duration(*options_.seconds));
    } else if (options_.bytes) {
      const double bytes = resident_bytes_of(link.worker->process().id());
      if (bytes <= *options_.bytes) return;
      link.broken_limit = fmt::format("its process had {:.0f} MB in memory, more than its limit of {:.0f} MB",
                                      bytes / 1e6, *options_.bytes / 1e6);
    } else {
      return;
    }
    kill_with_descendants(link.worker->process().id());
  }

  /// Has each worker record its run as interrupted, as far as it is ready to within the patience.
  void stop_all() {
    for (Link& link : links_) {
      if (!link.worker) continue;
      link.worker->process().send_signal(SIGTERM);
      link.worker->process().close_input();
    }
    const auto deadline = Clock::now() + options_.patience;
    const auto still_there = [](Link& link) { return link.worker && !link.worker->process().ended(); };
    while (Clock::now() < deadline && std::any_of(links_.begin(), links_.end(), still_there)) {
      for (Link& link : links_) {
        if (link.worker) link.worker->drain();
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    links_.clear();
  }

  ProgressListener& listener(int index) { return options_.listener(index); }

  const Matrix& matrix_;
  bool rerun_;
  const WorkerOptions& options_;
  const RunServices& services_;
  RunSink& sink_;
  std::deque<RunTask> queue_;
  std::vector<Link> links_;
  MatrixOutcome outcome_;
  int runs_ = 0;
  int begun_ = 0;
};

}  // namespace

MatrixOutcome run_in_workers(const Matrix& matrix, bool rerun, const WorkerOptions& options,
                             const RunServices& services, RunSink& sink) {
  return WorkerPool(matrix, rerun, options, services, sink).run();
}

}  // namespace rnnbench
