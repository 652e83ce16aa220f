// Rows that are moved late against the same rows moved in time, bit for bit, on each instruction set.
// Catches: a step that is left out or taken twice, the rates of another step, decay on rows that are spared,
// a row that is read before it is up to date.
#include "impls/fused/optimizer.hpp"

#include <gtest/gtest.h>

#include <random>

#include "tests/support/sample_models.hpp"

namespace rnnbench::fused {
namespace {

constexpr int kWords = 61;

/// Weights with an optimiser that may put rows off.
struct Trained {
  Trained(const ModelSpec& model, const OptimizerSpec& spec, bool idle, bool spared, int threads)
      : pool(threads),
        weights(model, kWords),
        state(spec, weights.gradients().size(), range(spared)),
        optimizer(spec, weights, state, range(spared), pool, {.idle = idle}) {
    std::mt19937 random(5);
    std::uniform_real_distribution<double> uniform(-1, 1);
    for (Real& weight : weights.weights()) weight = static_cast<Real>(uniform(random));
  }

  eigen::WeightRange range(bool spared) const {
    return spared ? weights.range("embedding.weight") : eigen::WeightRange{};
  }

  ThreadPool pool;
  eigen::WeightStore<Real> weights;
  eigen::Optimizer<Real> state;
  Optimizer optimizer;
};

bool same(const Trained& a, const Trained& b) {
  return (a.weights.weights() == b.weights.weights()).all() && (a.state.first() == b.state.first()).all() &&
         (a.state.second() == b.state.second()).all();
}

class LateRows : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override { use_kernels(GetParam()); }
  void TearDown() override { use_kernels(""); }
};

TEST_P(LateRows, EndWhereRowsInTimeDo) {
  for (const int size : {1, 7, 64, 90}) {
    for (const bool spared : {false, true}) {
      ModelSpec model = tiny_rnn();
      model.embedding.size = size;
      const OptimizerSpec spec{
          .kind = OptimizerKind::kAdamW, .learning_rate = 0.01, .l2 = 0.01, .decay = 0.1};
      Trained late(model, spec, true, spared, 3), in_time(model, spec, false, spared, 1);
      std::mt19937 random(11);
      for (int step = 1; step <= 40; ++step) {
        std::vector<std::int32_t> ids;
        for (std::int32_t id = 0; id < kWords; ++id) {
          if (random() % 16 == 0) ids.insert(ids.end(), 2, id);
        }
        late.optimizer.settle(ids);
        std::vector<std::int32_t> touched;
        for (std::size_t i = 0; i < ids.size(); i += 2) {
          const auto row = ids[i];
          EXPECT_TRUE((late.weights.weight("embedding.weight").row(row).array() ==
                       in_time.weights.weight("embedding.weight").row(row).array())
                          .all())
              << "row " << row << " in step " << step;
          if (random() % 4 != 0) touched.push_back(row);  // the padding has no gradient
        }
        for (Trained* each : {&late, &in_time}) {
          each->weights.gradients().setConstant(static_cast<Real>(0.25));
          each->weights.gradient("embedding.weight").setZero();
          for (const std::int32_t row : touched) {
            each->weights.gradient("embedding.weight").row(row).setConstant(static_cast<Real>(0.5 + row));
          }
          each->optimizer.step(0.01 / step, step % 3 == 0 ? 0.5 : 1, touched);
        }
        if (step != 3 && step != 19 && step != 40) continue;
        EXPECT_FALSE(same(late, in_time));  // or nothing was put off
        late.optimizer.settle();
        EXPECT_TRUE(same(late, in_time)) << "size " << size << ", step " << step;
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Optimizer, LateRows, testing::ValuesIn(kernel_targets()),
                         [](const auto& named) { return named.param; });

}  // namespace
}  // namespace rnnbench::fused
