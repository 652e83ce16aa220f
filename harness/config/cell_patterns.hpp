#pragma once

#include <string>
#include <vector>

#include "harness/config/matrix_axes.hpp"
#include "harness/config/setting_path.hpp"
#include "harness/config/toml_reader.hpp"

namespace rnnbench {

/// In patterns that match cells: the trial's `cell` as `list` shows it, "lstm" or "bi-lstm+rnn".
inline constexpr const char* kCellKey = "cell";

/// One `[[exclude]]` or `[[include]]`: settings by dotted path.
struct CellPattern {
  std::vector<Assignment> settings;  ///< of an exclude also kCellKey
  std::string origin;                ///< "file:line"
};

/// One `[[when]]`: what is set in the cells that match.
struct ConditionalSettings {
  std::vector<Assignment> matched;  ///< of trials or kCellKey; all must be equal
  std::vector<Assignment> set;
  std::string origin;
};

/// Reads `[[exclude]]` (`key` "exclude") or `[[include]]`. Throws ConfigError for an empty one and for what
/// is no setting of a trial.
std::vector<CellPattern> read_patterns(SettingsReader& reader, const SettingsTree& tree,
                                       const std::string& key);

/// Reads `[[when]]`. Throws ConfigError for those errors, and where one sets what is an axis.
std::vector<ConditionalSettings> read_whens(SettingsReader& reader, const SettingsTree& tree,
                                            const std::vector<MatrixAxis>& axes);

}  // namespace rnnbench
