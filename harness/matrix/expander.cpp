#include "harness/matrix/expander.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <functional>
#include <map>

#include "harness/core/error.hpp"
#include "harness/matrix/cell_maker.hpp"

namespace rnnbench {
namespace {

constexpr std::size_t kMostCells = 1'000'000;

std::string shown(const Json* value) {
  if (value == nullptr) return "unset";
  return value->is_string() ? value->get<std::string>() : value->dump();
}

std::string shown(const std::vector<Assignment>& settings) {
  std::vector<std::string> pairs;
  for (const Assignment& each : settings) pairs.push_back(each.path + " = " + each.value.dump());
  return fmt::format("{}", fmt::join(pairs, ", "));
}

/// Axes that move together: [begin, end) of an experiment's, with as many values.
struct Wheel {
  std::size_t begin;
  std::size_t end;
  std::size_t values;
};

std::vector<Wheel> wheels_of(const std::vector<MatrixAxis>& axes) {
  std::vector<Wheel> wheels;
  for (std::size_t i = 0; i < axes.size(); ++i) {
    if (i > 0 && axes[i].zip != 0 && axes[i].zip == axes[i - 1].zip) {
      wheels.back().end = i + 1;
    } else {
      wheels.push_back({i, i + 1, axes[i].values.size()});
    }
  }
  return wheels;
}

void refuse_too_many(const std::vector<Wheel>& wheels, const std::string& file) {
  std::size_t cells = 1;
  for (const Wheel& wheel : wheels) {
    cells *= wheel.values;
    if (cells > kMostCells) {
      throw ConfigError(
          fmt::format("{}: axes: they make more than {} cells; take values or axes out", file, kMostCells));
    }
  }
}

/// Calls `visit` with each combination of the axes' values, the last wheel turning fastest, and the number
/// of the first axis that has another value than before.
void for_each_combination(const std::vector<MatrixAxis>& axes, const std::vector<Wheel>& wheels,
                          const std::function<void(const std::vector<Assignment>&, std::size_t)>& visit) {
  std::vector<std::size_t> chosen(wheels.size(), 0);
  std::vector<Assignment> combination;
  for (const MatrixAxis& axis : axes) combination.push_back({axis.path, axis.values.front(), axis.origin});
  for (std::size_t changed = 0;;) {
    visit(combination, changed);
    for (std::size_t turned = wheels.size();;) {
      if (turned == 0) return;
      const Wheel& wheel = wheels[--turned];
      chosen[turned] = (chosen[turned] + 1) % wheel.values;
      for (std::size_t i = wheel.begin; i < wheel.end; ++i)
        combination[i].value = axes[i].values[chosen[turned]];
      changed = wheel.begin;
      if (chosen[turned] != 0) break;
    }
  }
}

/// Whether other values of this axis may need another recipe file, or the file's recipe again.
bool decides_recipe(const MatrixAxis& axis) {
  return axis.path == "recipe" || lies_within("data.recipe", axis.path);
}

std::vector<Assignment> joined(std::vector<Assignment> first, const std::vector<Assignment>& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

bool matches(const CellPattern& pattern, const Json& settings) {
  return std::all_of(pattern.settings.begin(), pattern.settings.end(), [&](const Assignment& each) {
    const Json* value = find_setting(settings, each.path);
    return value != nullptr && *value == each.value;
  });
}

class Expander {
 public:
  explicit Expander(const ExperimentFile& experiment)
      : experiment_(experiment),
        maker_(experiment),
        file_(experiment.settings.origins.find("")->second),
        matched_(experiment.excludes.size(), false) {
    const auto& axes = experiment.axes;
    recipe_axes_ =
        static_cast<std::size_t>(axes.rend() - std::find_if(axes.rbegin(), axes.rend(), decides_recipe));
  }

  std::vector<MatrixCell> expand() {
    const std::vector<Wheel> wheels = wheels_of(experiment_.axes);
    refuse_too_many(wheels, file_);
    for_each_combination(experiment_.axes, wheels, [&](const auto& combination, std::size_t changed) {
      add_combination(combination, changed);
    });
    refuse_idle_excludes();
    for (const CellPattern& include : experiment_.includes) add_include(include);
    if (cells_.empty()) {
      throw ConfigError(
          fmt::format("{}: exclude: it leaves no cell of the matrix; take an [[exclude]] out", file_));
    }
    return std::move(cells_);
  }

 private:
  /// Changes the cell before by the axes from `changed` on; makes a new one where that is not enough.
  void add_combination(const std::vector<Assignment>& combination, std::size_t changed) {
    if (!combined_origins_ || changed < recipe_axes_) {
      const std::vector<Assignment> given = joined(experiment_.overrides, combination);
      combined_ = maker_.settings(given);
      combined_origins_ = origins_of_combination(given);
    } else {
      for (std::size_t i = changed; i < combination.size(); ++i) assign(combined_, combination[i]);
    }
    if (!is_excluded(combined_)) add(combined_, combined_origins_);
  }

  std::shared_ptr<const Origins> origins_of_combination(const std::vector<Assignment>& given) {
    std::shared_ptr<const Origins>& origins = origins_[shown(find_setting(combined_, "data.recipe"))];
    if (!origins) origins = std::make_shared<Origins>(maker_.origins(combined_, given, file_));
    return origins;
  }

  void add_include(const CellPattern& include) {
    const std::vector<Assignment> given = joined(include.settings, experiment_.overrides);
    Json settings = maker_.settings(given);
    auto origins = std::make_shared<Origins>(maker_.origins(settings, given, include.origin));
    add(std::move(settings), std::move(origins));
    const MatrixCell& added = cells_.back();
    const auto same = [&](const MatrixCell& cell) { return cell.settings == added.settings; };
    if (!experiment_.overrides.empty() && std::any_of(cells_.begin(), cells_.end() - 1, same))
      cells_.pop_back();
  }

  void add(Json settings, std::shared_ptr<const Origins> origins) {
    MatrixCell cell{std::move(settings), std::move(origins), {}};
    cell.axis_values.reserve(experiment_.axes.size());
    for (const MatrixAxis& axis : experiment_.axes) {
      cell.axis_values.emplace_back(axis.path, shown(find_setting(cell.settings, axis.path)));
    }
    if (find_setting(cell.settings, "data.recipe") != nullptr) cell.settings["data"].erase("recipe");
    cells_.push_back(std::move(cell));
  }

  bool is_excluded(const Json& settings) {
    bool excluded = false;
    for (std::size_t i = 0; i < matched_.size(); ++i) {
      if (!matches(experiment_.excludes[i], settings)) continue;
      matched_[i] = true;
      excluded = true;
    }
    return excluded;
  }

  void refuse_idle_excludes() const {
    const auto idle = std::find(matched_.begin(), matched_.end(), false);
    if (idle == matched_.end() || !experiment_.overrides.empty()) return;
    const CellPattern& pattern = experiment_.excludes[static_cast<std::size_t>(idle - matched_.begin())];
    throw ConfigError(fmt::format("{}: exclude: no cell of the matrix has {}; correct it or take it out",
                                  pattern.origin, shown(pattern.settings)));
  }

  const ExperimentFile& experiment_;
  CellMaker maker_;
  std::string file_;
  std::size_t recipe_axes_ = 0;  ///< axes up to the last one that decides the recipe
  Json combined_;                ///< the last combination, `data.recipe` still in it
  std::shared_ptr<const Origins> combined_origins_;
  std::map<std::string, std::shared_ptr<const Origins>> origins_;  ///< of combinations, by recipe
  std::vector<bool> matched_;                                      ///< excludes that matched a cell
  std::vector<MatrixCell> cells_;
};

}  // namespace

std::string label(const MatrixCell& cell) {
  std::vector<std::string> pairs;
  for (const auto& [path, value] : cell.axis_values) pairs.push_back(path + "=" + value);
  return fmt::format("{}", fmt::join(pairs, ", "));
}

std::vector<MatrixCell> expand(const ExperimentFile& experiment) { return Expander(experiment).expand(); }

}  // namespace rnnbench
