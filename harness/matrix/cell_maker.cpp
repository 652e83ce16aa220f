#include "harness/matrix/cell_maker.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "harness/core/error.hpp"

namespace rnnbench {
namespace {

bool is_of_recipe(const Assignment& assignment) { return lies_within(assignment.path, "recipe"); }

void assign_to_recipe(Json& settings, const Assignment& assignment) {
  if (assignment.path != "recipe") {
    assign(settings, assignment);
    return;
  }
  if (!assignment.value.is_object()) {
    throw ConfigError(
        fmt::format("{}: recipe: expected a table, found {}; a recipe's name belongs to data.recipe",
                    assignment.origin, assignment.value.dump()));
  }
  merge(settings["recipe"], assignment.value);
}

}  // namespace

CellMaker::CellMaker(const ExperimentFile& experiment)
    : experiment_(experiment), recipes_(experiment.recipe_folders) {}

Json CellMaker::settings(const std::vector<Assignment>& given) {
  Json settings = experiment_.settings.values;
  for (const Assignment& each : given) {
    if (!is_of_recipe(each)) assign(settings, each);
  }
  if (const Json* name = find_setting(settings, "data.recipe")) {
    Json recipe = recipe_file(*name, given).values;
    if (settings.contains("recipe")) merge(recipe, settings["recipe"]);
    settings["recipe"] = std::move(recipe);
  }
  for (const Assignment& each : given) {
    if (is_of_recipe(each)) assign_to_recipe(settings, each);
  }
  return settings;
}

Origins CellMaker::origins(const Json& settings, const std::vector<Assignment>& given,
                           const std::string& place) {
  Origins origins = experiment_.settings.origins;
  if (const Json* name = find_setting(settings, "data.recipe")) {
    for (const auto& [path, written] : recipe_file(*name, given).origins) {
      origins.emplace(path.empty() ? "recipe" : "recipe." + path, written);
    }
  }
  for (const Assignment& each : given) {
    if (each.path != "recipe") {
      std::erase_if(origins, [&](const auto& entry) { return lies_within(entry.first, each.path); });
    }
    origins.insert_or_assign(each.path, each.origin);
  }
  origins.insert_or_assign("", place);
  return origins;
}

const SettingsTree& CellMaker::recipe_file(const Json& name, const std::vector<Assignment>& given) {
  const auto last = std::find_if(given.rbegin(), given.rend(), [](const Assignment& each) {
    return lies_within("data.recipe", each.path);
  });
  const std::string& origin =
      last != given.rend() ? last->origin : experiment_.settings.origins.find("data.recipe")->second;
  if (!name.is_string()) {
    throw ConfigError(
        fmt::format("{}: data.recipe: expected a recipe's name in quotes, found {}", origin, name.dump()));
  }
  return recipes_.load(name.get<std::string>(), origin + ": data.recipe");
}

}  // namespace rnnbench
