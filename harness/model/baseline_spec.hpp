#pragma once

#include <string>
#include <vector>

#include "harness/core/settings.hpp"

namespace rnnbench {

/// Engines that are fitted at once to counts of words: values of a trial's `engine`, and names of their
/// tables in `[baseline]`.
inline constexpr const char* kBoostedTrees = "xgboost";
inline constexpr const char* kTfidfLogistic = "tfidf-logistic";

/// Their names, in the order they are shown.
const std::vector<std::string>& baseline_names();
bool is_baseline(const std::string& engine);

/// Gradient-boosted trees (Chen and Guestrin 2016) on the counts of the recipe's ids in a review. The table
/// `[baseline.xgboost]`; XGBoost's own names stand beside the fields.
struct BoostedTreesSpec {
  int rounds = 500;             ///< trees at most
  int depth = 6;                ///< max_depth
  double learning_rate = 0.1;   ///< eta
  double subsample = 1;         ///< share of the reviews that a tree is grown on, drawn anew for each
  double columns = 1;           ///< colsample_bytree: the same of the ids
  double l2 = 1;                ///< lambda
  double min_child_weight = 1;  ///< of the Hessians in a leaf
  int bins = 256;               ///< max_bin, of the histograms
  int patience = 20;            ///< rounds without a lower validation loss until it ends; 0: takes all rounds
  int threads = 0;              ///< 0: as many as this process may use
};

/// Logistic regression with an L2 penalty on TF-IDF of n-grams. The table `[baseline.tfidf-logistic]`.
struct TfidfLogisticSpec {
  int ngrams = 2;           ///< words of the longest n-gram: 1 or 2
  int min_documents = 2;    ///< training reviews that an n-gram stands in at least
  int max_features = 0;     ///< the n-grams that most training reviews have; 0: all
  bool sublinear = true;    ///< 1 + ln(count) in the place of a count
  double cost = 1;          ///< C: minimised is ½‖w‖² + C Σ cross-entropy, the bias not penalised
  double tolerance = 1e-5;  ///< ends at a gradient whose norm is this share of the first one's
  int rounds = 300;         ///< steps of the solver at most
};

/// The settings of a trial's baseline; those of the other one are as they are by default.
struct BaselineSpec {
  BoostedTreesSpec trees;
  TfidfLogisticSpec logistic;
};

/// Reads the table of `engine` in `[baseline]`; the other's may be there too, for other cells. `validates`:
/// the data has a validation part; without one a patience is refused, and is 0 where none is given. Throws
/// ConfigError.
BaselineSpec read_baseline_spec(SettingsReader reader, const std::string& engine, bool validates);

/// All settings of `engine`, defaults written out, in its table; and that reviews are taken whole, so that no
/// length of the recipe has a part in them.
Json to_json(const BaselineSpec& spec, const std::string& engine);

}  // namespace rnnbench
