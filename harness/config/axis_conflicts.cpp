#include "harness/config/axis_conflicts.hpp"

#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

#include "harness/config/setting_path.hpp"
#include "harness/config/trial_tables.hpp"

namespace rnnbench {
namespace {

/// The fixed settings of trials.
std::vector<Assignment> fixed_settings(const SettingsTree& tree) {
  Json tables = Json::object();
  for (const std::string& key : trial_tables()) {
    if (tree.values.contains(key)) tables[key] = tree.values[key];
  }
  std::vector<Assignment> fixed = flatten(tables, "", tree.origins);
  std::erase_if(fixed, [](const Assignment& each) { return each.value.is_object(); });  // empty tables
  return fixed;
}

std::vector<Assignment> axes_of(const SettingsTree& tree) {
  const Json* axes = find_setting(tree.values, "axes");
  return axes == nullptr || !axes->is_object() ? std::vector<Assignment>()
                                               : flatten(*axes, "axes", tree.origins);
}

std::vector<Assignment> zipped_axes_of(const SettingsTree& tree) {
  std::vector<Assignment> zipped;
  const Json* zips = find_setting(tree.values, "zip");
  if (zips == nullptr || !zips->is_array()) return zipped;
  for (std::size_t i = 0; i < zips->size(); ++i) {
    for (Assignment& axis : flatten((*zips)[i], fmt::format("zip.{}", i), tree.origins)) {
      zipped.push_back(std::move(axis));
    }
  }
  return zipped;
}

/// Whether the axis takes the place of what is fixed. Tables of `recipe` are put on top of a recipe instead.
bool replaces(const Assignment& axis, const Assignment& fixed) {
  return axis.path != "recipe" && lies_within(fixed.path, axis.path);
}

}  // namespace

void flatten_axes(SettingsTree& tree) {
  const std::vector<Assignment> axes = axes_of(tree);
  if (axes.empty()) return;
  Json flat = Json::object();
  for (const Assignment& axis : axes) {
    if (flat.contains(axis.path)) {
      refuse_setting(axis.origin, axis.path,
                     fmt::format("this axis stands at {} too; take one out", axis.origin));
    }
    flat[axis.path] = axis.value;
  }
  tree.values["axes"] = std::move(flat);
}

void refuse_fixed_axes(const SettingsTree& tree) {
  std::vector<Assignment> axes = axes_of(tree);
  for (Assignment& axis : zipped_axes_of(tree)) axes.push_back(std::move(axis));
  for (const Assignment& fixed : fixed_settings(tree)) {
    for (const Assignment& axis : axes) {
      if (!replaces(axis, fixed)) continue;
      refuse_setting(axis.origin, axis.path,
                     fmt::format("is an axis here and {} is fixed at {}; take one of them out", fixed.path,
                                 fixed.origin));
    }
  }
}

void drop_fixed_axes(SettingsTree& base, const SettingsTree& own) {
  const std::vector<Assignment> zipped =
      own.values.contains("zip") ? std::vector<Assignment>() : zipped_axes_of(base);
  for (const Assignment& fixed : fixed_settings(own)) {
    for (const Assignment& axis : zipped) {
      if (!replaces(axis, fixed)) continue;
      refuse_setting(
          fixed.origin, fixed.path,
          fmt::format("is part of the [[zip]] at {}; give a [[zip]] without it here too", axis.origin));
    }
    for (const Assignment& axis : axes_of(base)) {
      if (!replaces(axis, fixed)) continue;
      base.values["axes"].erase(axis.path);
      std::erase_if(base.origins,
                    [&](const auto& entry) { return lies_within(entry.first, "axes." + axis.path); });
    }
  }
}

}  // namespace rnnbench
