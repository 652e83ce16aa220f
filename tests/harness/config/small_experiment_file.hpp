#pragma once

#include <string>
#include <vector>

#include "harness/config/experiment_file.hpp"
#include "harness/core/error.hpp"
#include "tests/support/thrown.hpp"

namespace rnnbench {

/// What every experiment file begins with.
inline constexpr const char* kHead = "schema = 1\nname = \"n\"\nquestion = \"?\"\nseeds = [1]\n";
/// The same without `seeds`.
inline constexpr const char* kSeedlessHead = "schema = 1\nname = \"n\"\nquestion = \"?\"\n";

/// The file dir/x.toml that goes on with `rest`, which may begin with its own `seeds`.
inline ExperimentFile parse(const std::string& rest, const std::vector<std::string>& overrides = {}) {
  return parse_experiment((rest.starts_with("seeds") ? kSeedlessHead : kHead) + rest, "dir/x.toml", overrides,
                          "recipes");
}

/// Why it is refused.
inline std::string refusal(const std::string& rest, const std::vector<std::string>& overrides = {}) {
  return message_of<ConfigError>([&] { parse(rest, overrides); });
}

}  // namespace rnnbench
