#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "harness/core/run_sink.hpp"

namespace rnnbench {

/// What changes of the tags and the note of runs. Those of their experiment stay.
struct LabelChanges {
  std::vector<std::string> added;    ///< tags
  std::vector<std::string> removed;  ///< tags
  std::optional<std::string> note;   ///< instead of the one that is there; "": none
};

/// Changes the labels of all these runs or, where it throws, of none; returns how many are others than
/// before. A merge takes labels from all copies of a run, so what is removed here comes back from a copy that
/// has it. Throws ConfigError where there is no such run, or none of them has a tag to remove; StoreError.
std::size_t change_labels(const std::filesystem::path& database, const std::vector<RunId>& runs,
                          const LabelChanges& changes);

}  // namespace rnnbench
