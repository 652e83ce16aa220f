#pragma once

#include <functional>
#include <string>
#include <vector>

#include "harness/matrix/expander.hpp"

namespace rnnbench {

/// A cell as those who know its settings read it.
struct Trial {
  std::string key;   ///< SHA-256 of `text`, 64 hexadecimal digits
  std::string text;  ///< the resolved settings as canonical JSON: sorted keys, no white space
  MatrixCell cell;   ///< without its settings: `text` has them
};

/// Gives a cell's resolved settings, defaults written out and the data set's fingerprint added; throws
/// ConfigError for what it doesn't know or accept.
using Resolver = std::function<Json(const MatrixCell&)>;

/// One trial for each cell of the experiment, in their order; `resolve` gets each cell once. Throws
/// ConfigError as for_each_cell() does, and where two cells are the same trial.
std::vector<Trial> make_trials(const ExperimentFile& experiment, const Resolver& resolve);

}  // namespace rnnbench
