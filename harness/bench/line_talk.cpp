#include "harness/bench/line_talk.hpp"

#include <fmt/format.h>

#include <chrono>

#include "harness/core/error.hpp"
#include "harness/core/process_tree.hpp"

namespace rnnbench {

LineTalk::LineTalk(const std::vector<std::string>& command, ChildProcess::Messages messages, std::string name,
                   std::stop_token stop, std::optional<double> most_seconds)
    : process_(command, messages),
      name_(std::move(name)),
      stop_(std::move(stop)),
      most_seconds_(most_seconds) {}

LineTalk::~LineTalk() {
  if (!process_.ended()) kill_with_descendants(process_.id());
}

std::string LineTalk::ask(const std::string& line) {
  using Clock = std::chrono::steady_clock;
  constexpr int kPollMilliseconds = 100;
  constexpr std::size_t kLongestLine = 1U << 26U;
  const Clock::time_point begin = Clock::now();
  process_.send(line);
  for (;;) {
    if (stop_.stop_requested()) throw Interrupted();
    const auto end = process_.ended();  // before its last words are read
    process_.send_more();
    take();
    if (const std::size_t length = said_.find('\n'); length != std::string::npos) {
      std::string answer = said_.substr(0, length);
      said_.erase(0, length + 1);
      return answer;
    }
    if (end) throw EngineError(fmt::format("{} ended with {}{}", name_, in_words(*end), last_words()));
    if (said_.size() > kLongestLine)
      throw EngineError(fmt::format("{} answered a line that is longer than 64 MB", name_));
    if (most_seconds_ && Clock::now() - begin > std::chrono::duration<double>(*most_seconds_)) {
      throw EngineError(fmt::format("{} didn't answer within {:g} s{}", name_, *most_seconds_, last_words()));
    }
    std::vector<pollfd> pipes;
    process_.poll_into(pipes);
    ::poll(pipes.data(), pipes.size(), kPollMilliseconds);
  }
}

std::string LineTalk::last_words() {
  take();
  const std::string last = output_.text();
  return last.empty() ? "" : ", after it wrote: " + last;
}

void LineTalk::take() {
  process_.take_messages(said_);
  std::string text;
  process_.take_output(text);
  output_.add(text);
}

}  // namespace rnnbench
