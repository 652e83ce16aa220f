#include "results/query/trial_labels.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <set>

#include "results/query/flat_json.hpp"

namespace rnnbench {
namespace {

constexpr std::array<std::string_view, 7> kColumns = {"engine", "cell",       "device", "data set",
                                                      "recipe", "vocabulary", "length"};

LabelParts columns_of(const TrialData& trial) {
  return {{"engine", trial.engine},
          {"cell", trial.cell},
          {"device", trial.device},
          {"data set", trial.data_set},
          {"recipe", trial.recipe},
          {"vocabulary", std::to_string(trial.vocabulary)},
          {"length", std::to_string(trial.length)}};
}

constexpr const char* kNone = "none";

/// The first digits of a digest tell it from others; a text that isn't given is "none".
std::string in_label(const std::string& value) {
  constexpr std::string_view kDigest = "sha256:";
  constexpr std::size_t kDigits = 8;
  if (value.empty()) return kNone;
  return value.starts_with(kDigest) ? value.substr(0, kDigest.size() + kDigits) : value;
}

/// Columns say these already, or they follow from a column that differs.
bool is_covered(const std::string& path, const std::set<std::string>& axes) {
  if (path == "engine" || path == "device" || path == "data.set") return true;
  if (path == "recipe" || path == "recipe.name") return true;
  if (path == "recipe.vocabulary" || path == "recipe.length") return true;
  if ((path.ends_with(".cell") || path.ends_with(".bidirectional")) && axes.contains("cell")) return true;
  if (path.starts_with("data.") && axes.contains("data set")) return true;
  if (path.starts_with("recipe.") && axes.contains("recipe")) return true;
  return false;
}

/// "training.optimizer.learning_rate" -> "learning_rate"; the whole path where that is ambiguous.
std::string short_name(const std::string& path, const std::set<std::string>& paths) {
  const std::string last = path.substr(path.rfind('.') + 1);
  const auto same = std::count_if(paths.begin(), paths.end(), [&](const std::string& other) {
    return other == last || other.ends_with("." + last);
  });
  const bool is_index = last.find_first_not_of("0123456789") == std::string::npos;
  return same > 1 || is_index ? path : last;
}

std::vector<FlatJson> flatten_all(const std::vector<const TrialData*>& trials) {
  std::vector<FlatJson> all;
  for (const TrialData* trial : trials) {
    all.push_back(flat_json(trial->settings));
  }
  return all;
}

/// Settings that only some cells have; that another cell lacks them says nothing its name doesn't.
bool belongs_to_some_cells(const std::string& path) {
  const bool of_cells = path.ends_with(".activation") || path.ends_with(".reset_after");
  return (path.starts_with("model.layers.") && of_cells) || path.starts_with("baseline.");
}

std::set<std::string> differing_paths(const std::vector<FlatJson>& all) {
  std::map<std::string, std::pair<std::string, std::size_t>> first;  // path -> its value, how many have it
  std::set<std::string> differing;
  for (const FlatJson& flat : all) {
    for (const auto& [path, value] : flat) {
      const auto [entry, is_new] = first.try_emplace(path, value, 0);
      ++entry->second.second;
      if (!is_new && entry->second.first != value) differing.insert(path);
    }
  }
  std::map<std::string, std::size_t>
      with_table;  // how many trials have a table: baselines have no model, nets no baseline
  for (const FlatJson& flat : all) {
    std::set<std::string> tables;
    for (const auto& [path, value] : flat) tables.insert(path.substr(0, path.find('.')));
    for (const std::string& table : tables) ++with_table[table];
  }
  for (const auto& [path, entry] : first) {
    const std::size_t dot = path.find('.');
    const std::size_t expected = dot == std::string::npos ? all.size() : with_table[path.substr(0, dot)];
    if (entry.second != expected && !belongs_to_some_cells(path)) differing.insert(path);
  }
  return differing;
}

/// Brings to the front of each label, after engine and cell, the parts that tell its trial from those that
/// are alike in what stands before them: labels that are cut lose the others. The parts of all labels are the
/// same in number and order.
class TellingFirst {
 public:
  explicit TellingFirst(std::vector<LabelParts>& labels) : labels_(labels) {
    std::vector<std::size_t> all(labels.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    arrange(all, 0, {}, {});
  }

 private:
  using Indices = std::vector<std::size_t>;

  void arrange(const Indices& alike, std::size_t part, Indices telling, Indices others) {
    const std::size_t parts = labels_[alike.front()].size();
    if (part == parts) {
      telling.insert(telling.end(), others.begin(), others.end());
      for (const std::size_t trial : alike) reorder(labels_[trial], telling);
      return;
    }
    std::map<std::string, Indices> by_value;
    for (const std::size_t trial : alike) by_value[labels_[trial][part].value].push_back(trial);
    const std::string& name = labels_[alike.front()][part].name;
    const bool is_first = name == "engine" || name == "cell";
    (is_first || by_value.size() > 1 ? telling : others).push_back(part);
    for (const auto& [value, trials] : by_value) arrange(trials, part + 1, telling, others);
  }

  static void reorder(LabelParts& label, const Indices& order) {
    LabelParts ordered;
    for (const std::size_t part : order) ordered.push_back(std::move(label[part]));
    label = std::move(ordered);
  }

  std::vector<LabelParts>& labels_;
};

}  // namespace

TrialLabels label_trials(const std::vector<const TrialData*>& trials) {
  TrialLabels labels;
  labels.differing.resize(trials.size());
  if (trials.empty()) return labels;

  std::vector<LabelParts> columns;
  for (const TrialData* trial : trials) columns.push_back(columns_of(*trial));
  std::set<std::string> axes;
  for (std::size_t c = 0; c < kColumns.size(); ++c) {
    const bool same = std::all_of(columns.begin(), columns.end(),
                                  [&](const LabelParts& parts) { return parts[c] == columns[0][c]; });
    if (same) {
      labels.common.push_back(columns[0][c]);
      continue;
    }
    axes.insert(columns[0][c].name);
    labels.axes.push_back(columns[0][c].name);
    for (std::size_t t = 0; t < trials.size(); ++t) labels.differing[t].push_back(columns[t][c]);
  }

  const std::vector<FlatJson> all = flatten_all(trials);
  std::set<std::string> paths = differing_paths(all);
  std::erase_if(paths, [&](const std::string& path) { return is_covered(path, axes); });
  for (const std::string& path : paths) {
    const std::string name = short_name(path, paths);
    labels.axes.push_back(name);
    for (std::size_t t = 0; t < trials.size(); ++t) {
      const auto found = all[t].find(path);
      labels.differing[t].push_back({name, found == all[t].end() ? kNone : in_label(found->second)});
    }
  }
  TellingFirst{labels.differing};
  return labels;
}

std::string label_text(const LabelParts& parts, const std::vector<std::string_view>& without) {
  const auto has_value = [](const LabelPart& part) {
    // Baselines have no cell, and take a whole text.
    return !part.value.empty() && !(part.name == "length" && part.value == "0");
  };
  LabelParts shown, lacking;
  for (const LabelPart& part : parts) {
    if (std::ranges::find(without, part.name) != without.end() || !has_value(part)) continue;
    (part.value == kNone ? lacking : shown).push_back(part);
  }
  std::string text;
  std::string previous;
  // What a trial lacks, the labels of those that have it say, if it has any of its own.
  for (const auto& [name, value] : shown.empty() ? lacking : shown) {
    if (!text.empty()) text += previous == "engine" && name == "cell" ? " " : ", ";
    previous = name;
    if (name == "vocabulary" || name == "length") {
      text += fmt::format("{} {}", name, grouped(std::stoll(value)));
    } else if (name == "recipe") {
      text += "recipe " + value;
    } else if (std::ranges::find(kColumns, name) != kColumns.end()) {
      text += value;
    } else {
      text += fmt::format("{} {}", name, value);
    }
  }
  return text;
}

std::string trial_label(const TrialData& trial, const LabelParts& differing) {
  return label_text(differing.empty() ? LabelParts{{"engine", trial.engine}, {"cell", trial.cell}}
                                      : differing);
}

std::string data_set_text(std::string_view name) {
  if (name == "toy") return "toy (generated reviews, not IMDb)";
  if (name == "imdb") return "IMDb (film reviews)";
  return std::string(name);
}

std::string data_sets_text(const std::vector<TrialData>& trials) {
  std::set<std::string> sets;
  for (const TrialData& trial : trials) sets.insert(data_set_text(trial.data_set));
  return fmt::format("{}", fmt::join(sets, " and "));
}

std::string grouped(long long number) {
  const std::string digits = std::to_string(number < 0 ? -number : number);
  std::string text = number < 0 ? "-" : "";
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) text += ',';
    text += digits[i];
  }
  return text;
}

}  // namespace rnnbench
