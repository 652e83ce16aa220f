#pragma once

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "results/query/figure_data.hpp"

namespace rnnbench {

/// Builders for results so small that every number of a figure can be worked out by hand.

inline TrialData small_trial(const std::string& engine, const std::string& cell, int length = 100) {
  TrialData trial;
  trial.settings = "{}";
  trial.engine = engine;
  trial.cell = cell;
  trial.device = "cpu";
  trial.data_set = "toy";
  trial.recipe = "plain";
  trial.vocabulary = 5000;
  trial.length = length;
  return trial;
}

inline RunData small_run(std::uint64_t seed, double test_accuracy, double train_seconds) {
  RunData run;
  run.seed = seed;
  run.status = "finished";
  run.test_accuracy = test_accuracy;
  run.train_seconds = train_seconds;
  return run;
}

inline TestPredictions small_predictions(const std::vector<float>& positive,
                                         const std::vector<std::uint8_t>& labels) {
  return {classification_report(positive, labels), reliability_bins(positive, labels)};
}

inline Curve small_curve(const std::string& name, const std::string& split,
                         const std::vector<double>& values) {
  Curve curve{name, split, {}};
  for (const double value : values)
    curve.points.push_back({static_cast<int>(curve.points.size()) + 1, value});
  return curve;
}

inline FigureData small_data(std::vector<TrialData> trials) {
  FigureData data;
  data.experiments = {{1, "small", "Does it work?", "schema = 1\n"}};
  data.trials = std::move(trials);
  return data;
}

}  // namespace rnnbench
