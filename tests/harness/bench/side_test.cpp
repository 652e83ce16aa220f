#include "harness/bench/side.hpp"

#include <gtest/gtest.h>

#include <sstream>

#include "harness/core/error.hpp"
#include "tests/harness/runner/fakes.hpp"
#include "tests/support/fake_ticks.hpp"

namespace rnnbench {
namespace {

/// A fake engine whose every phase takes a known time.
class TimedEngine final : public Engine {
 public:
  TimedEngine(EngineScript& script, const FakeTicks& clock) : engine_(script), clock_(clock) {}
  Parameters state() const override { return engine_.state(); }
  void set_state(const Parameters& state) override { engine_.set_state(state); }
  void train_step(const Batch& batch, double rate, PhaseClock& phases) override {
    NullPhaseClock ignored;
    engine_.train_step(batch, rate, ignored);
    clock_.advance(20);
    phases.finished(Phase::kForward);
    clock_.advance(300);
    phases.finished(Phase::kBackward);
    clock_.advance(4'000);
    phases.finished(Phase::kOptimizer);
  }
  StepTotals take_totals() override { return engine_.take_totals(); }
  void predict(const Batch& batch, std::span<float> positive) override {
    engine_.predict(batch, positive);
    clock_.advance(7);
  }
  LossAndGradients gradients(const Batch&, const std::optional<DropoutDraw>&) override { return {}; }
  Parameters activations(const Batch&) override { return {}; }
  void synchronize() override { clock_.advance(50'000); }
  std::string describe() const override { return R"({"name":"timed"})"; }

 private:
  FakeEngine engine_;
  const FakeTicks& clock_;
};

class SideTest : public testing::Test {
 protected:
  SideTest() : services(fake_services(script, ".")) {
    services.make_engine = [this](const std::string&, const EngineSetup&) {
      return std::make_unique<TimedEngine>(script, clock);
    };
    TrialSpec trial = tiny_trial(1);
    trial.engine = "eigen";
    trial.data.set = "toy";
    trial.recipe.name = "r";
    trial.recipe.steps = {{"split", "whitespace", ""}};
    trial.recipe.vocabulary = 20;
    trial.recipe.length = 3;
    setup.settings = canonical_settings(trial, "f").dump();
  }

  using Samples = std::vector<std::int64_t>;
  EngineScript script;
  FakeTicks clock;
  RunServices services;
  SideSetup setup;
};

TEST_F(SideTest, TimesStepsAndPredictionsToTheNanosecond) {
  Side side(setup, {"eigen"}, services, clock);
  EXPECT_EQ(side.measure({SideWork::kTrain, 3}).samples_ns.at("step"), Samples(3, 54'320));
  EXPECT_EQ(side.measure({SideWork::kPredict, 2}).samples_ns.at("predict"), Samples(2, 50'007));
  EXPECT_GT(side.measure({SideWork::kTrain, 1}).memory_peak, 0);
}

TEST_F(SideTest, PhasesAddUpToTheWhole) {
  Side side(setup, {"eigen"}, services, clock);
  const auto samples = side.measure({SideWork::kPhases, 2}).samples_ns;
  EXPECT_EQ(samples.at("data"), Samples(2, 0)) << "gathering takes no time on this clock";
  EXPECT_EQ(samples.at("forward"), Samples(2, 20));
  EXPECT_EQ(samples.at("backward"), Samples(2, 300));
  EXPECT_EQ(samples.at("optimizer"), Samples(2, 4'000));
  EXPECT_EQ(samples.at("phases"), Samples(2, 4'320));
  EXPECT_FALSE(samples.contains("step")) << "with edges it is another time than without";
}

TEST_F(SideTest, GoesThroughFullBatchesInTurn) {
  setup.batches = 5;
  Side side(setup, {"eigen"}, services, clock);
  side.measure({SideWork::kTrain, 4});
  EXPECT_EQ(script.batch_sizes, (std::vector<int>{4, 4, 4, 4})) << "of ten reviews the last two are left out";
  const auto& ids = script.first_ids;
  ASSERT_EQ(ids.size(), 16U);
  EXPECT_TRUE(std::equal(ids.begin(), ids.begin() + 8, ids.begin() + 8)) << "two batches, twice";
}

TEST_F(SideTest, EqualSetupsStartFromEqualWeightsAndBatches) {
  Side one(setup, {"eigen"}, services, clock);
  one.measure({SideWork::kTrain, 2});
  const auto first_ids = std::exchange(script.first_ids, {});
  const Parameters initial = std::exchange(script.initial, {});
  Side other(setup, {"eigen"}, services, clock);
  other.measure({SideWork::kTrain, 2});
  EXPECT_EQ(script.first_ids, first_ids);
  ASSERT_FALSE(initial.empty());
  for (const auto& [name, tensor] : initial) EXPECT_EQ(script.initial.at(name).values, tensor.values) << name;
}

TEST_F(SideTest, SaysWhatTokensItHas) {
  EXPECT_EQ(Side(setup, {"eigen"}, services, clock).ready().tokens, "toy");
  setup.drawn_tokens = true;
  Side side(setup, {"eigen"}, services, clock);
  EXPECT_EQ(side.ready().tokens, "drawn");
  EXPECT_EQ(side.ready().engine, R"({"name":"timed"})");
  EXPECT_EQ(side.measure({SideWork::kTrain, 20}).samples_ns.at("step").size(), 20U);
}

TEST_F(SideTest, ServesRequestsUntilTheyEndAndSaysWhatFails) {
  const auto talk = [&](const std::string& requests) {
    std::istringstream lines(requests);
    std::vector<SideAnswer> answers;
    serve_side(
        lines, [&](const std::string& line) { answers.push_back(side_answer(line)); }, {"eigen"}, services);
    return answers;
  };
  const std::string begin = to_line(setup), step = to_line(SideRequest{SideWork::kTrain, 2});
  auto answers = talk(begin + step + step);
  ASSERT_EQ(answers.size(), 3U);
  EXPECT_TRUE(std::holds_alternative<SideReady>(answers[0]));
  EXPECT_EQ(std::get<SideSamples>(answers[2]).samples_ns.at("step").size(), 2U);
  answers = talk(begin + "nonsense\n" + step);
  ASSERT_EQ(answers.size(), 2U) << "nothing after what was wrong";
  EXPECT_EQ(std::get<SideFailed>(answers[1]).exit_code, 3);
  services.make_engine = [](const std::string&, const EngineSetup&) -> std::unique_ptr<Engine> {
    throw EngineError("no engine today");
  };
  answers = talk(begin + step);
  ASSERT_EQ(answers.size(), 1U);
  EXPECT_EQ(std::get<SideFailed>(answers[0]).message, "no engine today");
  EXPECT_TRUE(talk("").empty());
}

}  // namespace
}  // namespace rnnbench
