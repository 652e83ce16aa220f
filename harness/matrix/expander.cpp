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

void refuse_too_many(const ExperimentFile& experiment, const std::string& file) {
  std::size_t cells = 1;
  for (const MatrixAxis& axis : experiment.axes) {
    cells *= axis.values.size();
    if (cells > kMostCells) {
      throw ConfigError(
          fmt::format("{}: axes: they make more than {} cells; take values or axes out", file, kMostCells));
    }
  }
}

/// Calls `visit` with each combination of the axes' values, the last axis changing fastest.
void for_each_combination(const std::vector<MatrixAxis>& axes,
                          const std::function<void(const std::vector<Assignment>&)>& visit) {
  std::vector<Assignment> combination;
  const std::function<void()> descend = [&] {
    if (combination.size() == axes.size()) {
      visit(combination);
      return;
    }
    const MatrixAxis& axis = axes[combination.size()];
    for (const Json& value : axis.values) {
      combination.push_back({axis.path, value, axis.origin});
      descend();
      combination.pop_back();
    }
  };
  descend();
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
        matched_(experiment.excludes.size(), false) {}

  std::vector<MatrixCell> expand() {
    refuse_too_many(experiment_, file_);
    for_each_combination(experiment_.axes, [&](const auto& combination) { add_combination(combination); });
    refuse_idle_excludes();
    for (const CellPattern& include : experiment_.includes) add_include(include);
    if (cells_.empty()) {
      throw ConfigError(
          fmt::format("{}: exclude: it leaves no cell of the matrix; take an [[exclude]] out", file_));
    }
    return std::move(cells_);
  }

 private:
  void add_combination(const std::vector<Assignment>& combination) {
    const std::vector<Assignment> given = joined(experiment_.overrides, combination);
    Json settings = maker_.settings(given);
    if (is_excluded(settings)) return;
    std::shared_ptr<const Origins>& origins = origins_[shown(find_setting(settings, "data.recipe"))];
    if (!origins) origins = std::make_shared<Origins>(maker_.origins(settings, given, file_));
    add(std::move(settings), origins);
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
  std::vector<bool> matched_;                                      ///< excludes that matched a cell
  std::map<std::string, std::shared_ptr<const Origins>> origins_;  ///< of combinations, by recipe
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
