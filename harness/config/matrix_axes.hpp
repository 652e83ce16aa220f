#pragma once

#include <string>
#include <vector>

#include "harness/config/setting_path.hpp"
#include "harness/config/toml_reader.hpp"

namespace rnnbench {

/// A setting that takes several values in an experiment.
struct MatrixAxis {
  std::string path;  ///< dotted
  std::vector<Json> values;
  std::string origin;  ///< "file:line" or "--set KEY"
  /// 0: it moves by itself. Axes with the same other number are a [[zip]]: they stand side by side, have
  /// as many values and move together.
  int zip = 0;
};

/// The axes of `[axes]` in the file's order, then those of each `[[zip]]`. Throws ConfigError for one without
/// a list of values, a value (of a zip: a row) that is there twice, lists of a zip that differ in length,
/// and a path that stands in two places or lies within another.
std::vector<MatrixAxis> read_axes(SettingsReader& reader, const SettingsTree& tree);

/// Gives axes that `overrides` set that one value; a zip's other axes move on without it. Throws ConfigError
/// where an override lies within an axis.
void override_axes(std::vector<MatrixAxis>& axes, const std::vector<Assignment>& overrides);

}  // namespace rnnbench
