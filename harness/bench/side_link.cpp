#include "harness/bench/side_link.hpp"

#include <fmt/format.h>

#include "harness/core/error.hpp"

namespace rnnbench {
namespace {

template <typename Answer>
Answer expected(SideAnswer answer) {
  if (auto* failed = std::get_if<SideFailed>(&answer)) throw EngineError(failed->message);
  if (auto* found = std::get_if<Answer>(&answer)) return std::move(*found);
  throw EngineError("a side of the bench answered what it wasn't asked; both builds must be of rnnbench");
}

}  // namespace

SideReady SideProcess::set_up(const SideSetup& setup) { return expected<SideReady>(ask(to_line(setup))); }

SideSamples SideProcess::measure(const SideRequest& request) {
  return expected<SideSamples>(ask(to_line(request)));
}

SideAnswer SideProcess::ask(const std::string& line) {
  constexpr int kPollMilliseconds = 100;
  process_.send(line);
  for (;;) {
    if (stop_.stop_requested()) throw Interrupted();
    const auto end = process_.ended();  // before its last words are read
    process_.send_more();
    process_.take_messages(said_);
    std::string text;
    process_.take_output(text);
    output_.add(text);
    if (const std::size_t length = said_.find('\n'); length != std::string::npos) {
      SideAnswer answer = side_answer(said_.substr(0, length));
      said_.erase(0, length + 1);
      return answer;
    }
    if (end) {
      const std::string last = output_.text();
      throw EngineError(fmt::format("the process that took the steps ended with {}{}{}", in_words(*end),
                                    last.empty() ? "" : ", after it wrote: ", last));
    }
    std::vector<pollfd> pipes;
    process_.poll_into(pipes);
    ::poll(pipes.data(), pipes.size(), kPollMilliseconds);
  }
}

}  // namespace rnnbench
