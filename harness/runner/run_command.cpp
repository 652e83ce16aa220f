#include "harness/runner/run_command.hpp"

#include <fmt/format.h>
#include <poll.h>

#include <chrono>
#include <csignal>
#include <thread>

#include "harness/core/child_process.hpp"
#include "harness/core/error.hpp"
#include "harness/core/live_output.hpp"
#include "harness/core/process_tree.hpp"
#include "harness/core/stops_soon.hpp"
#include "harness/runner/command_lines.hpp"

namespace rnnbench {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

/// One run of a command, from its start to its end.
class CommandRun {
 public:
  CommandRun(const std::vector<std::string>& command, const RunServices& services, RunSink& sink,
             ProgressListener& progress, RunId id)
      : process_(command, ChildProcess::Messages::kOnStandardOutput),
        services_(services),
        sink_(sink),
        progress_(progress),
        id_(id) {}

  /// Throws Interrupted where asked to stop, and EngineError for a line that is wrong.
  RunEnd run(const std::string& request) {
    process_.send(request);
    process_.close_input();
    std::optional<ProcessEnd> end;
    while (!end) {
      if (services_.stop.stop_requested()) throw Interrupted();
      wait();
      end = process_.ended();  // before the last lines are read
      take();
    }
    if (is_told_to_end(*end) && stops_soon(services_.stop)) throw Interrupted();
    take_line();
    for (auto last = lines_.last(); last; last = std::nullopt) record(*last);
    RunEnd run_end;
    run_end.seconds = seconds_since(begin_);
    run_end.train_seconds = lines_.train_seconds().value_or(run_end.seconds);
    if (end->exit_code == 0) return run_end;
    run_end.status = RunStatus::kFailed;
    run_end.reason = fmt::format("the command ended with {}", in_words(*end));
    run_end.output = output_.text();
    return run_end;
  }

  /// Asks the program to end, and makes it after a while.
  void stop() {
    process_.send_signal(SIGTERM);
    for (int i = 0; i < 500 && !process_.ended(); ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }

  double seconds() const { return seconds_since(begin_); }
  std::string output() const { return output_.text(); }

 private:
  /// By a signal, or as a shell says it.
  static bool is_told_to_end(const ProcessEnd& end) {
    constexpr int kOfSignal = 128;
    const int signal = end.signal != 0 ? end.signal : end.exit_code - kOfSignal;
    return signal == SIGTERM || signal == SIGINT || signal == SIGHUP;
  }

  void wait() {
    std::vector<pollfd> pipes;
    process_.poll_into(pipes);
    ::poll(pipes.data(), pipes.size(), pipes.empty() ? 1 : 50);
    process_.send_more();
  }

  void take() {
    std::string written;
    process_.take_output(written);
    output_.add(written);
    process_.take_messages(said_);
    for (std::size_t end; (end = said_.find('\n')) != std::string::npos; said_.erase(0, end + 1)) {
      take_line(said_.substr(0, end));
    }
    if (said_.size() > kLongestLine) throw EngineError("a line of its output is longer than 16 MB");
    for (const EpochRecord& epoch : lines_.completed()) record(epoch);
    live_.record(sink_, id_, output_);
  }

  /// The last one, which may have no end.
  void take_line() {
    if (!said_.empty()) take_line(said_);
    said_.clear();
  }

  void take_line(const std::string& line) {
    if (!lines_.take(line)) output_.add(line + "\n");
  }

  void record(const EpochRecord& epoch) {
    sink_.epoch_finished(id_, epoch);
    progress_.epoch_finished(epoch);
  }

  static constexpr std::size_t kLongestLine = 1U << 24U;

  Clock::time_point begin_ = Clock::now();
  ChildProcess process_;
  const RunServices& services_;
  RunSink& sink_;
  ProgressListener& progress_;
  RunId id_;
  CommandLines lines_;
  std::string said_;
  OutputTail output_;
  LiveOutput live_;
};

std::string request_of(const RunStart& start, const CommandSpec& command) {
  return Json{{"seed", start.seed},
              {"parameters", command.parameters},
              {"settings", Json::parse(start.trial.settings)}}
             .dump(-1, ' ', false, Json::error_handler_t::replace) +
         "\n";
}

RunEnd failed(const std::string& reason, const CommandRun* run) {
  RunEnd end;
  end.status = RunStatus::kFailed;
  end.reason = reason;
  if (run != nullptr) {
    end.seconds = run->seconds();
    end.output = run->output();
  }
  return end;
}

}  // namespace

std::optional<RunEnd> run_command(const TrialSpec& trial, RunStart start, bool repeat,
                                  const RunServices& services, RunSink& sink, ProgressListener& progress) {
  const std::vector<std::string> command = filled_in(trial.command, start.seed);
  start.environment = services.environment.dump();
  start.engine =
      Json{{"engine", kCommandEngine}, {"run", command}}.dump(-1, ' ', false, Json::error_handler_t::replace);
  const std::optional<RunId> id = repeat ? sink.begin_run(start) : sink.claim_run(start);
  if (!id) return std::nullopt;

  RunEnd end;
  std::unique_ptr<CommandRun> run;
  try {
    run = std::make_unique<CommandRun>(command, services, sink, progress, *id);
    end = run->run(request_of(start, trial.command));
  } catch (const Interrupted&) {
    run->stop();
    end_descendants();
    end = failed("stopped by the user", run.get());
    end.status = RunStatus::kInterrupted;
    end.output.clear();
    sink.end_run(*id, end);
    throw;
  } catch (const EngineError& error) {
    end = failed(error.what(), run.get());
  } catch (const StoreError& error) {
    end = failed(error.what(), run.get());
    end.status = RunStatus::kInterrupted;
    sink.end_run(*id, end);
    throw;
  } catch (const EnvironmentError& error) {  // it could not be started
    end = failed(error.what(), nullptr);
  }
  run.reset();
  end_descendants();
  sink.end_run(*id, end);
  progress.run_finished(end);
  return end;
}

}  // namespace rnnbench
