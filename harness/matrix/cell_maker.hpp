#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "harness/config/experiment_file.hpp"
#include "harness/config/recipe_library.hpp"

namespace rnnbench {

/// Makes the whole settings of a cell from an experiment's common ones, its recipes' files and what the
/// cell adds (`given`, the later one winning). The experiment must outlive it. Throws ConfigError.
class CellMaker {
 public:
  explicit CellMaker(const ExperimentFile& experiment);

  /// Common settings, `given` on top; the recipe is the file that `data.recipe` names with the common and
  /// the given `recipe` settings on top. `data.recipe` is still there.
  Json settings(const std::vector<Assignment>& given);

  /// Where those settings come from. `place` is where one that is missing is reported.
  Origins origins(const Json& settings, const std::vector<Assignment>& given, const std::string& place);

 private:
  const SettingsTree& recipe_file(const Json& name, const std::vector<Assignment>& given);

  const ExperimentFile& experiment_;
  RecipeLibrary recipes_;
};

}  // namespace rnnbench
