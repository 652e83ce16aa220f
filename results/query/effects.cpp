#include "results/query/effects.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <set>

#include "harness/statistics/holm.hpp"
#include "harness/statistics/t_tests.hpp"
#include "results/query/trial_labels.hpp"

namespace rnnbench {
namespace {

struct SeedValue {
  double points = 0;       // test accuracy in percentage points
  double log_seconds = 0;  // of training
};

/// A trial of the matrix: its level of each axis and what its seeds reached.
struct Cell {
  std::map<std::string, std::string> levels;
  std::map<std::uint64_t, SeedValue> seeds;
};

/// Cells whose values are added or taken away.
using Contrast = std::vector<std::pair<const Cell*, double>>;

std::vector<Cell> cells_of(const std::vector<const TrialData*>& trials, const TrialLabels& labels) {
  std::vector<Cell> cells;
  for (std::size_t t = 0; t < trials.size(); ++t) {
    Cell cell;
    for (const LabelPart& part : labels.differing[t]) cell.levels[part.name] = part.value;
    for (const RunData& run : trials[t]->runs) {
      if (run.status != "finished" || !std::isfinite(run.test_accuracy)) continue;
      cell.seeds[run.seed] = {100 * run.test_accuracy, std::log(run.train_seconds)};
    }
    cells.push_back(std::move(cell));
  }
  return cells;
}

/// An axis' values in the matrix' order.
std::vector<std::string> levels_of(const std::vector<Cell>& cells, const std::string& axis) {
  std::vector<std::string> levels;
  for (const Cell& cell : cells) {
    const auto found = cell.levels.find(axis);
    if (found == cell.levels.end()) continue;
    if (std::find(levels.begin(), levels.end(), found->second) == levels.end())
      levels.push_back(found->second);
  }
  return levels;
}

const Cell* find_cell(const std::vector<Cell>& cells, std::map<std::string, std::string> levels,
                      const std::string& axis, const std::string& level) {
  levels[axis] = level;
  const auto found =
      std::find_if(cells.begin(), cells.end(), [&](const Cell& cell) { return cell.levels == levels; });
  return found == cells.end() ? nullptr : &*found;
}

/// The means over `contrasts` by seed, of the seeds that all their cells have.
std::vector<double> values_by_seed(const std::vector<Contrast>& contrasts, double SeedValue::*measure) {
  std::map<std::uint64_t, std::vector<double>> by_seed;
  for (const Contrast& contrast : contrasts) {
    for (const auto& [seed, ignored] : contrast.front().first->seeds) {
      double sum = 0;
      bool is_whole = true;
      for (const auto& [cell, sign] : contrast) {
        const auto found = cell->seeds.find(seed);
        is_whole = is_whole && found != cell->seeds.end();
        if (is_whole) sum += sign * found->second.*measure;
      }
      if (is_whole) by_seed[seed].push_back(sum);
    }
  }
  std::vector<double> values;
  for (const auto& [seed, sums] : by_seed) {
    if (sums.size() != contrasts.size()) continue;
    double mean = 0;
    for (const double sum : sums) mean += sum / static_cast<double>(sums.size());
    values.push_back(mean);
  }
  return values;
}

/// One sample's t test is a paired one against nothing.
Finding<TTest> test_of(const std::vector<double>& values) {
  return paired_t_test(std::vector<double>(values.size(), 0.0), values);
}

Effect effect_of(const std::string& what, bool is_interaction, const std::vector<Contrast>& contrasts) {
  Effect effect{what, is_interaction, static_cast<std::int64_t>(contrasts.size()), 0, {}, {}, {}};
  const std::vector<double> points = values_by_seed(contrasts, &SeedValue::points);
  effect.seeds = static_cast<std::int64_t>(points.size());
  const Finding<TTest> accuracy = test_of(points);
  if (accuracy) effect.accuracy = {accuracy->difference, accuracy->interval, accuracy->p};
  effect.why_not = accuracy.why_not();
  if (const auto time = test_of(values_by_seed(contrasts, &SeedValue::log_seconds))) {
    effect.seconds = {
        std::exp(time->difference), {std::exp(time->interval.low), std::exp(time->interval.high)}, time->p};
  }
  return effect;
}

struct Step {
  std::string axis, from, to;
  std::string text() const { return fmt::format("{}: {} for {}", axis, to, from); }
};

/// From each axis' first level to each of the others.
std::vector<Step> steps_of(const std::vector<Cell>& cells, const std::vector<std::string>& axes) {
  std::vector<Step> steps;
  for (const std::string& axis : axes) {
    const std::vector<std::string> levels = levels_of(cells, axis);
    for (std::size_t i = 1; i < levels.size(); ++i) steps.push_back({axis, levels[0], levels[i]});
  }
  return steps;
}

std::vector<Contrast> pairs_of(const std::vector<Cell>& cells, const Step& step) {
  std::vector<Contrast> pairs;
  for (const Cell& cell : cells) {
    const auto level = cell.levels.find(step.axis);
    if (level == cell.levels.end() || level->second != step.to) continue;
    const Cell* other = find_cell(cells, cell.levels, step.axis, step.from);
    if (other != nullptr) pairs.push_back({{&cell, 1}, {other, -1}});
  }
  return pairs;
}

std::vector<Contrast> fours_of(const std::vector<Cell>& cells, const Step& first, const Step& second) {
  std::vector<Contrast> fours;
  for (const Contrast& pair : pairs_of(cells, first)) {
    const Cell& high = *pair[0].first;
    const Cell& low = *pair[1].first;
    const auto level = high.levels.find(second.axis);
    if (level == high.levels.end() || level->second != second.to) continue;
    const Cell* high_before = find_cell(cells, high.levels, second.axis, second.from);
    const Cell* low_before = find_cell(cells, low.levels, second.axis, second.from);
    if (high_before == nullptr || low_before == nullptr) continue;
    fours.push_back({{&high, 1}, {&low, -1}, {high_before, -1}, {low_before, 1}});
  }
  return fours;
}

void adjust(std::vector<Effect>& effects, std::optional<EffectEstimate> Effect::*measure) {
  std::vector<std::optional<double>> p;
  for (const Effect& effect : effects)
    p.push_back(effect.*measure ? std::optional((effect.*measure)->p) : std::nullopt);
  const auto adjusted = holm(p);
  if (!adjusted) return;
  for (std::size_t i = 0; i < effects.size(); ++i) {
    if (effects[i].*measure) (effects[i].*measure)->p = *(*adjusted)[i];
  }
}

void add_cells(std::vector<TableCell>& row, const std::optional<EffectEstimate>& estimate) {
  if (!estimate) {
    row.insert(row.end(), 4, std::monostate());
    return;
  }
  row.insert(row.end(), {estimate->value, estimate->interval.low, estimate->interval.high, estimate->p});
}

}  // namespace

std::vector<Effect> effects_of(const FigureData& data) {
  const auto trials =
      choose_trials(data, [](const TrialData& trial) { return count_runs({trial}, "finished") > 0; });
  const TrialLabels labels = label_trials(trials);
  const std::vector<Cell> cells = cells_of(trials, labels);
  const std::vector<Step> steps = steps_of(cells, labels.axes);
  std::vector<Effect> effects;
  for (const Step& step : steps) {
    const std::vector<Contrast> pairs = pairs_of(cells, step);
    if (!pairs.empty()) effects.push_back(effect_of(step.text(), false, pairs));
  }
  for (std::size_t i = 0; i < steps.size(); ++i) {
    for (std::size_t j = i + 1; j < steps.size(); ++j) {
      if (steps[i].axis == steps[j].axis) continue;
      const std::vector<Contrast> fours = fours_of(cells, steps[i], steps[j]);
      if (!fours.empty())
        effects.push_back(effect_of(steps[i].text() + " × " + steps[j].text(), true, fours));
    }
  }
  adjust(effects, &Effect::accuracy);
  adjust(effects, &Effect::seconds);
  return effects;
}

Table effects_table(const std::vector<Effect>& effects) {
  Table table{{"effect", "sets", "seeds", "points", "points_low", "points_high", "points_p", "times_as_long",
               "times_low", "times_high", "times_p", "note"},
              {}};
  for (const Effect& effect : effects) {
    std::vector<TableCell> row = {effect.what, effect.sets, effect.seeds};
    add_cells(row, effect.accuracy);
    add_cells(row, effect.seconds);
    row.emplace_back(effect.why_not);
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace rnnbench
