#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "harness/config/experiment_file.hpp"

namespace rnnbench {

/// One cell of a matrix, not resolved: its settings are complete but not yet read by those who know them.
struct MatrixCell {
  /// engine, device, data (without `recipe`), recipe (whole: its file with the experiment's changes; its
  /// `name` is data.recipe), model, training; as far as the experiment gives them.
  Json settings;
  /// For messages. An axis' settings name the axis. Shared among cells; never null.
  std::shared_ptr<const Origins> origins;
  /// (path, value) of each axis, in the file's order, for display. Where a cell is an [[include]], its own
  /// values of the axes.
  std::vector<std::pair<std::string, std::string>> axis_values;
  /// The same of what an [[include]] sets besides; empty for other cells.
  std::vector<std::pair<std::string, std::string>> included_values = {};
};

/// "engine=eigen, recipe.length=100": what sets the cell apart in its matrix.
std::string label(const MatrixCell& cell);

/// Takes a cell, which is gone when it returns.
using CellVisitor = std::function<void(const MatrixCell&)>;

/// Visits the cells of an experiment in order: the product of its axes and zips, the first one slowest,
/// without those that an [[exclude]] matches (each of its settings is equal), then the [[include]]s (the
/// common settings with theirs on top). A [[when]] matches what a cell is without any [[when]]; an
/// [[exclude]] what it is with them. What wins: --set, the axes or the include, a later [[when]], an earlier
/// one, the common settings. Throws ConfigError where no cell is left, there are more than a million, a path
/// can't be set, a recipe is unknown, or an exclude or when matches nothing (allowed where --set changed the
/// experiment; includes that --set made equal to another cell are left out then): the last of these after the
/// cells.
void for_each_cell(const ExperimentFile& experiment, const CellVisitor& visit);

/// The same cells all at once.
std::vector<MatrixCell> expand(const ExperimentFile& experiment);

}  // namespace rnnbench
