#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "harness/core/error.hpp"
#include "harness/matrix/expander.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/thrown.hpp"

namespace rnnbench {

/// What every experiment file begins with.
inline constexpr const char* kHead = "schema = 1\nname = \"n\"\nquestion = \"?\"\nseeds = [1]\n";

/// The cells of a small experiment file, or why it is refused.
class ExpandedCells : public testing::Test {
 protected:
  std::vector<MatrixCell> cells(const std::string& rest,
                                const std::vector<std::string>& overrides = {}) const {
    return expand(parse_experiment(kHead + rest, "x.toml", overrides, folder_.path()));
  }

  std::string refusal(const std::string& rest, const std::vector<std::string>& overrides = {}) const {
    return message_of<ConfigError>([&] { cells(rest, overrides); });
  }

  std::vector<std::string> labels(const std::string& rest,
                                  const std::vector<std::string>& overrides = {}) const {
    std::vector<std::string> labels;
    for (const MatrixCell& cell : cells(rest, overrides)) labels.push_back(label(cell));
    return labels;
  }

  TemporaryFolder folder_;
};

}  // namespace rnnbench
