#include "harness/config/merge_trees.hpp"

#include <utility>

#include "harness/config/setting_path.hpp"

namespace rnnbench {
namespace {

bool is_empty_table(const Json& value) { return value.is_object() && value.empty(); }

}  // namespace

SettingsTree merge_trees(SettingsTree base, SettingsTree own) {
  for (const auto& leaf : flatten(own.values, "", own.origins)) {
    if (is_empty_table(leaf.value)) continue;  // it takes nothing away
    std::erase_if(base.origins, [&](const auto& entry) { return lies_within(entry.first, leaf.path); });
    std::erase_if(base.written,
                  [&](const std::string& path) { return path != leaf.path && lies_within(path, leaf.path); });
  }
  merge(base.values, own.values);
  own.origins.merge(base.origins);
  base.written.insert(base.written.end(), own.written.begin(), own.written.end());
  return {std::move(base.values), std::move(own.origins), std::move(base.written)};
}

}  // namespace rnnbench
