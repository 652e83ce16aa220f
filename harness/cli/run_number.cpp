#include "harness/cli/run_number.hpp"

#include <fmt/format.h>

#include <charconv>

#include "harness/core/error.hpp"
#include "results/query/plain_text.hpp"

namespace rnnbench {

RunId run_number(const std::string& text) {
  constexpr std::size_t kLongestShown = 60;
  RunId run = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, run);
  if (read.ec == std::errc() && read.ptr == end) return run;
  throw ConfigError(fmt::format("'{}' is no run's number, which `rnnbench list` shows in its column `run`",
                                cut_to_width(visible_text(text), kLongestShown)));
}

std::vector<RunId> run_numbers(const std::vector<std::string>& texts) {
  std::vector<RunId> runs;
  for (const std::string& text : texts) runs.push_back(run_number(text));
  return runs;
}

}  // namespace rnnbench
