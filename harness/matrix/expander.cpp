#include "harness/matrix/expander.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <functional>
#include <map>

#include "harness/core/error.hpp"
#include "harness/matrix/cell_maker.hpp"
#include "harness/matrix/cell_match.hpp"
#include "harness/matrix/combinations.hpp"

namespace rnnbench {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

std::string shown(const Json* value) {
  if (value == nullptr) return "unset";
  return value->is_string() ? value->get<std::string>() : value->dump();
}

std::string shown(const std::vector<Assignment>& settings) {
  std::vector<std::string> pairs;
  for (const Assignment& each : settings) pairs.push_back(each.path + " = " + each.value.dump());
  return fmt::format("{}", fmt::join(pairs, ", "));
}

/// Whether other values of this axis may need another recipe file, or the file's recipe again.
bool decides_recipe(const MatrixAxis& axis) {
  return axis.path == "recipe" || lies_within("data.recipe", axis.path);
}

std::vector<Assignment> joined(std::vector<Assignment> first, const std::vector<Assignment>& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

/// Whether a [[when]] can be put on top of a finished cell: it doesn't name its recipe, and no override has
/// to win over it.
bool is_plain(const ConditionalSettings& when, const std::vector<Assignment>& overrides) {
  return std::none_of(when.set.begin(), when.set.end(), [&](const Assignment& set) {
    const auto overlaps = [&](const Assignment& other) {
      return lies_within(set.path, other.path) || lies_within(other.path, set.path);
    };
    return set.path == "recipe" || lies_within("data.recipe", set.path) ||
           std::any_of(overrides.begin(), overrides.end(), overlaps);
  });
}

class Expander {
 public:
  Expander(const ExperimentFile& experiment, const CellVisitor& visit)
      : experiment_(experiment),
        visit_(visit),
        maker_(experiment),
        file_(experiment.settings.origins.find("")->second),
        excludes_matched_(experiment.excludes.size(), false),
        whens_matched_(experiment.whens.size(), false) {
    const auto& axes = experiment.axes;
    recipe_axes_ =
        static_cast<std::size_t>(axes.rend() - std::find_if(axes.rbegin(), axes.rend(), decides_recipe));
    const auto& whens = experiment.whens;
    whens_plain_ = std::all_of(whens.begin(), whens.end(),
                               [&](const auto& when) { return is_plain(when, experiment.overrides); });
  }

  void expand() {
    for_each_combination(experiment_.axes, file_, [&](const auto& combination, std::size_t changed) {
      add_combination(combination, changed);
    });
    for (const CellPattern& include : experiment_.includes) add_include(include);
    refuse_idle();
    if (cells_ == 0) {
      throw ConfigError(
          fmt::format("{}: exclude: it leaves no cell of the matrix; take an [[exclude]] out", file_));
    }
  }

 private:
  /// Changes the cell before by the axes from `changed` on; makes a new one where that is not enough.
  void add_combination(const std::vector<Assignment>& combination, std::size_t changed) {
    if (!combined_origins_ || changed < recipe_axes_) {
      const std::vector<Assignment> given = joined(experiment_.overrides, combination);
      combined_ = maker_.settings(given);
      combined_origins_ = origins_of_combination(combined_, "", [&] { return given; });
    } else {
      for (std::size_t i = changed; i < combination.size(); ++i) assign(combined_, combination[i]);
    }
    const auto [conditional, which] = conditional_settings(combined_);
    if (conditional.empty()) {
      add_unless_excluded(combined_, combined_origins_);
    } else {
      add_conditional(conditional, which, combination);
    }
  }

  /// The combination with what the [[when]]s set that it matches.
  void add_conditional(const std::vector<Assignment>& conditional, const std::string& which,
                       const std::vector<Assignment>& combination) {
    const auto given = [&] { return joined(joined(conditional, experiment_.overrides), combination); };
    Json settings = whens_plain_ ? combined_ : maker_.settings(given());
    if (whens_plain_) {
      for (const Assignment& each : conditional) assign(settings, each);
    }
    add_unless_excluded(settings, origins_of_combination(settings, which, given));
  }

  /// What the [[when]]s that the settings match set, the later ones last, and which they are.
  std::pair<std::vector<Assignment>, std::string> conditional_settings(const Json& settings) {
    std::vector<Assignment> conditional;
    std::string which;
    for (std::size_t i = 0; i < whens_matched_.size(); ++i) {
      const ConditionalSettings& when = experiment_.whens[i];
      if (!matches(when.matched, settings)) continue;
      whens_matched_[i] = true;
      conditional.insert(conditional.end(), when.set.begin(), when.set.end());
      which += fmt::format("{} ", i);
    }
    return {std::move(conditional), std::move(which)};
  }

  /// `given` gives what the cell was made of; asked for once for each recipe and set of [[when]]s.
  std::shared_ptr<const Origins> origins_of_combination(
      const Json& settings, const std::string& whens, const std::function<std::vector<Assignment>()>& given) {
    std::shared_ptr<const Origins>& origins = origins_[{shown(find_setting(settings, "data.recipe")), whens}];
    if (!origins) origins = std::make_shared<Origins>(maker_.origins(settings, given(), file_));
    return origins;
  }

  void add_include(const CellPattern& include) {
    std::vector<Assignment> given = joined(include.settings, experiment_.overrides);
    Json settings = maker_.settings(given);
    const std::vector<Assignment> conditional = conditional_settings(settings).first;
    if (!conditional.empty()) {
      given = joined(conditional, given);
      settings = maker_.settings(given);
    }
    if (includes_may_repeat() && std::find(seen_.begin(), seen_.end(), settings) != seen_.end()) return;
    Pairs besides = values_besides_axes(include, settings);
    add(settings, std::make_shared<Origins>(maker_.origins(settings, given, include.origin)),
        std::move(besides));
  }

  Pairs values_besides_axes(const CellPattern& include, const Json& settings) const {
    Pairs values;
    for (const Assignment& each : include.settings) {
      const bool is_axis = std::ranges::any_of(
          experiment_.axes, [&](const MatrixAxis& axis) { return axis.path == each.path; });
      if (!is_axis) values.emplace_back(each.path, shown(find_setting(settings, each.path)));
    }
    return values;
  }

  /// Then an include that is there already is left out.
  bool includes_may_repeat() const { return !experiment_.overrides.empty() && !experiment_.includes.empty(); }

  /// Visits the cell. The settings are lent to it, so that no cell is a copy, and are as they were
  /// afterwards.
  void add(Json& settings, std::shared_ptr<const Origins> origins, Pairs included = {}) {
    if (includes_may_repeat()) seen_.push_back(settings);
    MatrixCell cell{std::move(settings), std::move(origins), {}, std::move(included)};
    cell.axis_values.reserve(experiment_.axes.size());
    for (const MatrixAxis& axis : experiment_.axes) {
      cell.axis_values.emplace_back(axis.path, shown(find_setting(cell.settings, axis.path)));
    }
    Json recipe;
    const bool has_recipe = find_setting(cell.settings, "data.recipe") != nullptr;
    if (has_recipe) {
      recipe = std::move(cell.settings["data"]["recipe"]);
      cell.settings["data"].erase("recipe");
    }
    ++cells_;
    visit_(cell);
    settings = std::move(cell.settings);
    if (has_recipe) settings["data"]["recipe"] = std::move(recipe);
  }

  void add_unless_excluded(Json& settings, std::shared_ptr<const Origins> origins) {
    bool excluded = false;
    for (std::size_t i = 0; i < excludes_matched_.size(); ++i) {
      if (!matches(experiment_.excludes[i].settings, settings)) continue;
      excludes_matched_[i] = true;
      excluded = true;
    }
    if (!excluded) add(settings, std::move(origins));
  }

  /// Refuses an [[exclude]] or [[when]] that matched nothing, unless the command line changed the matrix.
  void refuse_idle() const {
    if (!experiment_.overrides.empty()) return;
    for (std::size_t i = 0; i < excludes_matched_.size(); ++i) {
      const CellPattern& exclude = experiment_.excludes[i];
      if (!excludes_matched_[i]) refuse_idle(exclude.origin, "exclude", exclude.settings);
    }
    for (std::size_t i = 0; i < whens_matched_.size(); ++i) {
      const ConditionalSettings& when = experiment_.whens[i];
      if (!whens_matched_[i]) refuse_idle(when.origin, "when", when.matched);
    }
  }

  [[noreturn]] static void refuse_idle(const std::string& origin, const std::string& key,
                                       const std::vector<Assignment>& settings) {
    throw ConfigError(fmt::format("{}: {}: no cell of the matrix has {}; correct it or take it out", origin,
                                  key, shown(settings)));
  }

  const ExperimentFile& experiment_;
  const CellVisitor& visit_;
  CellMaker maker_;
  std::string file_;
  std::size_t recipe_axes_ = 0;  ///< axes up to the last one that decides the recipe
  bool whens_plain_ = true;      ///< all of them, see is_plain()
  Json combined_;                ///< the last combination, `data.recipe` still in it, without [[when]]s
  std::shared_ptr<const Origins> combined_origins_;
  /// Of combinations, by recipe and which [[when]]s matched.
  std::map<std::pair<std::string, std::string>, std::shared_ptr<const Origins>> origins_;
  std::vector<bool> excludes_matched_;
  std::vector<bool> whens_matched_;
  std::vector<Json> seen_;  ///< what cells were made of, where an include may repeat one
  std::size_t cells_ = 0;
};

}  // namespace

std::string label(const MatrixCell& cell) {
  std::vector<std::string> pairs;
  for (const auto* values : {&cell.axis_values, &cell.included_values}) {
    for (const auto& [path, value] : *values) pairs.push_back(path + "=" + value);
  }
  return fmt::format("{}", fmt::join(pairs, ", "));
}

void for_each_cell(const ExperimentFile& experiment, const CellVisitor& visit) {
  Expander(experiment, visit).expand();
}

std::vector<MatrixCell> expand(const ExperimentFile& experiment) {
  std::vector<MatrixCell> cells;
  for_each_cell(experiment, [&](const MatrixCell& cell) { cells.push_back(cell); });
  return cells;
}

}  // namespace rnnbench
