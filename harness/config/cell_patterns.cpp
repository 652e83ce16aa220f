#include "harness/config/cell_patterns.hpp"

#include <fmt/format.h>

#include <utility>

#include "harness/config/trial_tables.hpp"

namespace rnnbench {
namespace {

/// The settings in the table at `path`.
std::vector<Assignment> settings_of(const SettingsTree& tree, const std::string& path) {
  return flatten(*find_setting(tree.values, path), path, tree.origins);
}

void require_matchable(const Assignment& setting) {
  if (setting.path != kCellKey) {
    require_trial_setting(setting);
  } else if (!setting.value.is_string()) {
    refuse_setting(setting.origin, kCellKey, "give it as `list` shows it, \"lstm\" or \"lstm+rnn\"");
  }
}

void refuse_axis(const Assignment& setting, const std::vector<MatrixAxis>& axes) {
  for (const MatrixAxis& axis : axes) {
    if (!lies_within(setting.path, axis.path) && !lies_within(axis.path, setting.path)) continue;
    refuse_setting(setting.origin, setting.path,
                   fmt::format("a [[when]] can't set what the axis {} at {} sets; take one of them out",
                               axis.path, axis.origin));
  }
}

}  // namespace

std::vector<CellPattern> read_patterns(SettingsReader& reader, const SettingsTree& tree,
                                       const std::string& key) {
  std::vector<CellPattern> patterns;
  for (const SettingsReader& table : reader.tables(key)) {
    CellPattern pattern{settings_of(tree, table.path()), tree.origins.at(table.path())};
    if (pattern.settings.empty()) {
      refuse_setting(pattern.origin, key, "gives no setting; give at least one or take it out");
    }
    for (const Assignment& setting : pattern.settings) {
      key == "exclude" ? require_matchable(setting) : require_trial_setting(setting);
    }
    patterns.push_back(std::move(pattern));
  }
  return patterns;
}

std::vector<ConditionalSettings> read_whens(SettingsReader& reader, const SettingsTree& tree,
                                            const std::vector<MatrixAxis>& axes) {
  std::vector<ConditionalSettings> whens;
  for (SettingsReader& table : reader.tables("when")) {
    ConditionalSettings when;
    when.origin = tree.origins.at(table.path());
    for (const auto& [part, settings] : {std::pair{"if", &when.matched}, {"set", &when.set}}) {
      if (table.has(part)) *settings = settings_of(tree, table.table(part).path());
      if (!settings->empty()) continue;
      refuse_setting(when.origin, "when",
                     fmt::format("'{}' gives no setting; write if = {{ cell = \"lstm\" }} and "
                                 "set = {{ training.batch = 16 }}, say",
                                 part));
    }
    table.finish();
    for (const Assignment& setting : when.matched) require_matchable(setting);
    for (const Assignment& setting : when.set) {
      require_trial_setting(setting);
      refuse_axis(setting, axes);
    }
    whens.push_back(std::move(when));
  }
  return whens;
}

}  // namespace rnnbench
