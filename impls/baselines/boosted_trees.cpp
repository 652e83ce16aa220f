#include "impls/baselines/boosted_trees.hpp"

#include <fmt/format.h>

#include <limits>
#include <optional>

#include "harness/core/error.hpp"
#include "harness/core/run_parallel.hpp"
#include "harness/core/settings.hpp"
#include "harness/metrics/cross_entropy.hpp"
#include "impls/baselines/bag_of_ids.hpp"
#include "impls/baselines/booster.hpp"

namespace rnnbench {
namespace {

constexpr const char* kModel = "xgboost.model";

class BoostedTrees final : public Baseline {
 public:
  explicit BoostedTrees(const BaselineSetup& setup)
      : spec_(setup.spec.trees), recipe_(setup.recipe), seed_(setup.seed) {}

  FittedBaseline fit(const TokenRows& train, const TokenRows& validation, const RoundReport& on_round,
                     const std::stop_token& stop) override {
    const BoosterMatrix train_matrix = matrix_of(train);
    std::optional<BoosterMatrix> validation_matrix;
    std::vector<const BoosterMatrix*> matrices = {&train_matrix};
    if (validation.reviews() > 0) {
      validation_matrix.emplace(bag_of_ids(validation, recipe_), columns(), validation.labels);
      matrices.push_back(&*validation_matrix);
    }
    Booster booster(matrices);
    configure(booster);

    int best = 0, grown = 0;
    double lowest = std::numeric_limits<double>::infinity();
    while (grown < spec_.rounds && (spec_.patience == 0 || grown - best < spec_.patience)) {
      if (stop.stop_requested()) throw Interrupted();
      booster.grow(grown++, train_matrix);
      BaselineRound round{grown, cross_entropy(booster.predict(train_matrix), train.labels)};
      if (validation_matrix) {
        round.validation_loss = cross_entropy(booster.predict(*validation_matrix), validation.labels);
      }
      if (round.validation_loss < lowest) {
        lowest = round.validation_loss;
        best = grown;
      }
      on_round(round);
    }
    const int kept = spec_.patience > 0 && best > 0 ? best : grown;
    model_ = booster.save(kept);
    return {kept, grown < spec_.rounds, booster.nodes(kept)};
  }

  std::vector<float> predict(const TokenRows& rows) override {
    if (rows.reviews() == 0) return {};
    Booster booster({});
    booster.load(model_);
    booster.set("nthread", std::to_string(threads()));
    return booster.predict(matrix_of(rows));
  }

  Parameters state() const override {
    Tensor bytes{{static_cast<std::int64_t>(model_.size())}, {}};
    for (const char byte : model_) bytes.values.push_back(static_cast<unsigned char>(byte));
    return {{kModel, std::move(bytes)}};
  }

  void set_state(const Parameters& state) override {
    const auto found = state.find(kModel);
    if (found == state.end()) throw EngineError(fmt::format("there is no {} in it", kModel));
    model_.clear();
    for (const double value : found->second.values) {
      if (!(value >= 0 && value <= 255)) throw EngineError(fmt::format("{} is damaged", kModel));
      model_ += static_cast<char>(static_cast<unsigned char>(value));
    }
    Booster({}).load(model_);
  }

  std::string describe() const override {
    return Json{{"engine", kBoostedTrees},
                {"xgboost", xgboost_version()},
                {"tree_method", "hist"},
                {"threads", threads()}}
        .dump();
  }

 private:
  int threads() const { return spec_.threads > 0 ? spec_.threads : default_threads(); }

  std::size_t columns() const { return static_cast<std::size_t>(recipe_.vocabulary); }

  BoosterMatrix matrix_of(const TokenRows& rows) const {
    return {bag_of_ids(rows, recipe_), columns(), rows.labels};
  }

  void configure(Booster& booster) const {
    booster.set("objective", "binary:logistic");
    booster.set("tree_method", "hist");
    booster.set("disable_default_eval_metric", "1");
    booster.set("verbosity", "0");
    booster.set("max_depth", std::to_string(spec_.depth));
    booster.set("eta", fmt::format("{}", spec_.learning_rate));
    booster.set("subsample", fmt::format("{}", spec_.subsample));
    booster.set("colsample_bytree", fmt::format("{}", spec_.columns));
    booster.set("lambda", fmt::format("{}", spec_.l2));
    booster.set("min_child_weight", fmt::format("{}", spec_.min_child_weight));
    booster.set("max_bin", std::to_string(spec_.bins));
    booster.set("nthread", std::to_string(threads()));
    booster.set("seed", std::to_string(seed_ % 2'147'483'647));  // it takes 31 bits
  }

  BoostedTreesSpec spec_;
  Recipe recipe_;
  std::uint64_t seed_;
  std::string model_;
};

}  // namespace

std::unique_ptr<Baseline> make_boosted_trees(const BaselineSetup& setup) {
  return std::make_unique<BoostedTrees>(setup);
}

}  // namespace rnnbench
