#include "impls/baselines/tfidf_logistic.hpp"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "harness/core/error.hpp"
#include "harness/core/settings.hpp"
#include "impls/baselines/lbfgs.hpp"
#include "impls/baselines/logistic_loss.hpp"
#include "impls/baselines/tfidf.hpp"

namespace rnnbench {
namespace {

constexpr std::int32_t kMostWords = 1 << 24;  // ranks that single precision holds, as state() is stored

/// The tensor of this name with `size` values, or any number of them (0).
const std::vector<double>& values_of(const Parameters& state, const std::string& name, std::size_t size = 0) {
  const auto found = state.find(name);
  if (found == state.end()) throw EngineError(fmt::format("there is no {} in it", name));
  const std::vector<double>& values = found->second.values;
  if (values.empty() || (size > 0 && values.size() != size)) {
    throw EngineError(fmt::format("{} has {} values", name, values.size()));
  }
  return values;
}

class TfidfLogistic final : public Baseline {
 public:
  explicit TfidfLogistic(const BaselineSetup& setup) : spec_(setup.spec.logistic) {}

  FittedBaseline fit(const TokenRows& train, const TokenRows& /*validation*/, const RoundReport& on_round,
                     const std::stop_token& stop) override {
    tfidf_.emplace(train, spec_);
    const CsrMatrix rows = tfidf_->rows(train);
    model_.assign(tfidf_->ngrams().size() + 1, 0);
    double cross_entropy = 0;
    const Objective objective = [&](std::span<const double> at, std::span<double> gradient) {
      if (stop.stop_requested()) throw Interrupted();
      return logistic_loss(rows, train.labels, spec_.cost, at, gradient, cross_entropy);
    };
    int rounds = 0;
    const bool ended =
        minimise(objective, model_, {spec_.tolerance, spec_.rounds}, [&](int step, double /*value*/) {
          rounds = step;
          on_round({step, cross_entropy / static_cast<double>(train.reviews())});
        });
    for (double& weight : model_)
      weight = static_cast<double>(static_cast<float>(weight));  // as it is stored
    return {rounds, ended && rounds < spec_.rounds, static_cast<std::int64_t>(model_.size())};
  }

  std::vector<float> predict(const TokenRows& reviews) override {
    const CsrMatrix rows = tfidf_.value().rows(reviews);
    std::vector<float> positive;
    for (std::size_t row = 0; row < rows.rows(); ++row) {
      positive.push_back(static_cast<float>(sigmoid(logit_of(rows, row, model_))));
    }
    return positive;
  }

  Parameters state() const override {
    Parameters state;
    const auto add = [&](const char* name) -> std::vector<double>& { return state[name].values; };
    for (const Ngram ngram : tfidf_.value().ngrams()) {
      const Ngram first = ngram >> 32U, second = ngram & 0xFFFFFFFFU;
      add("ngrams.first").push_back(static_cast<double>(first));
      add("ngrams.second").push_back(static_cast<double>(second));
    }
    add("ngrams.idf").assign(tfidf_->idf().begin(), tfidf_->idf().end());
    add("weights").assign(model_.begin(), model_.end() - 1);
    add("bias") = {model_.back()};
    for (auto& [name, tensor] : state) tensor.shape = {static_cast<std::int64_t>(tensor.values.size())};
    return state;
  }

  void set_state(const Parameters& state) override {
    const std::vector<double>& first = values_of(state, "ngrams.first");
    const std::vector<double>& second = values_of(state, "ngrams.second", first.size());
    const std::vector<double>& idf = values_of(state, "ngrams.idf", first.size());
    model_ = values_of(state, "weights", first.size());
    model_.push_back(values_of(state, "bias", 1).front());
    std::vector<Ngram> ngrams;
    for (std::size_t i = 0; i < first.size(); ++i) {
      const bool are_ranks =
          first[i] >= 0 && first[i] <= kMostWords && second[i] >= 0 && second[i] <= kMostWords;
      if (!are_ranks) throw EngineError("its n-grams are damaged");
      ngrams.push_back(static_cast<Ngram>(first[i]) << 32U | static_cast<Ngram>(second[i]));
    }
    tfidf_.emplace(std::move(ngrams), std::vector<float>(idf.begin(), idf.end()), spec_);
  }

  std::string describe() const override {
    return Json{{"engine", kTfidfLogistic}, {"solver", "L-BFGS"}, {"precision", "float64"}, {"threads", 1}}
        .dump();
  }

 private:
  TfidfLogisticSpec spec_;
  std::optional<Tfidf> tfidf_;
  std::vector<double> model_;  ///< weights by column, then the bias
};

}  // namespace

std::unique_ptr<Baseline> make_tfidf_logistic(const BaselineSetup& setup) {
  return std::make_unique<TfidfLogistic>(setup);
}

}  // namespace rnnbench
