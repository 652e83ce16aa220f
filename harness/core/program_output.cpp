#include "harness/core/program_output.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <poll.h>

#include "harness/core/error.hpp"

namespace rnnbench {

ProgramOutput output_of(const std::vector<std::string>& command, const std::stop_token& stop,
                        const std::function<void(const std::string&)>& on_errors,
                        std::optional<std::chrono::milliseconds> most) {
  const auto start = std::chrono::steady_clock::now();
  constexpr int kPollMilliseconds = 50;
  ChildProcess process(command, ChildProcess::Messages::kOnStandardOutput);
  process.close_input();
  ProgramOutput output;
  for (;;) {
    if (stop.stop_requested()) throw Interrupted();
    const auto end = process.ended();
    std::string errors;
    process.take_messages(output.out);
    process.take_output(errors);
    if (on_errors && !errors.empty()) on_errors(errors);
    output.errors += errors;
    if (end) {
      output.end = *end;
      return output;
    }
    if (most && std::chrono::steady_clock::now() - start > *most)
      throw EnvironmentError(fmt::format("{} doesn't answer", fmt::join(command, " ")));
    std::vector<pollfd> pipes;
    process.poll_into(pipes);
    ::poll(pipes.data(), pipes.size(), kPollMilliseconds);
  }
}

}  // namespace rnnbench
