// Catches: an engine that gets the other's weights, other batches or masks, a seed that changes nothing, an
// epoch or the last small batch left out, a difference of the wrong sign, NaN taken for a right answer, nets
// that learned nothing taken for evidence.
#include "harness/parity/check_seeds.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "harness/core/error.hpp"
#include "harness/core/seeds.hpp"
#include "tests/harness/parity/defective_engine.hpp"

namespace rnnbench {
namespace {

constexpr int kTime = 4;

struct Reviews {
  std::vector<std::int32_t> ids, lengths;
  std::vector<std::uint8_t> labels;

  EncodedPart part() const { return {ids, lengths, labels, "reviews"}; }
};

/// Reviews of four words out of 29. Those below 16 are positive where the label is; one word in four says the
/// opposite. Without `sense` the labels have nothing to do with the words.
Reviews some_reviews(int count, bool sense) {
  Reviews reviews;
  for (int review = 0; review < count; ++review) {
    const int label = review % 2;
    for (int t = 0; t < kTime; ++t) {
      const bool positive = sense ? (label == 1) != (t == review / 2 % kTime) : review / 2 % 2 == 0;
      reviews.ids.push_back((positive ? 1 : 16) + (5 * (review / 2) + 3 * t) % 14);
    }
    reviews.lengths.push_back(kTime);
    reviews.labels.push_back(static_cast<std::uint8_t>(label));
  }
  return reviews;
}

EncodedData some_data(bool sense = true) {
  auto memory =
      std::make_shared<std::pair<Reviews, Reviews>>(some_reviews(50, sense), some_reviews(300, sense));
  EncodedData data;
  data.time = kTime;
  data.vocabulary = 30;
  data.train = memory->first.part();
  data.test = memory->second.part();
  data.memory = memory;
  return data;
}

ParityRequest some_request() {
  ParityRequest request;
  request.model.embedding.size = 4;
  request.model.layers.resize(1);
  request.model.layers[0].units = 4;
  request.training.optimizer.learning_rate = 2;
  request.training.batch = 16;
  request.training.epochs = 99;
  request.reference = {"sound"};
  request.candidate = {"candidate"};
  return request;
}

/// What an engine was given.
struct Given {
  EngineSetup setup;
  std::vector<Parameters> states;
  std::vector<std::vector<std::int32_t>> batches;
  std::vector<double> rates;
};

/// An engine that notes what it is given.
class NotingEngine final : public Engine {
 public:
  NotingEngine(std::unique_ptr<Engine> engine, Given& given) : engine_(std::move(engine)), given_(given) {}

  Parameters state() const override { return engine_->state(); }
  void set_state(const Parameters& state) override {
    given_.states.push_back(state);
    engine_->set_state(state);
  }
  void train_step(const Batch& batch, double learning_rate, PhaseClock& phases) override {
    given_.batches.emplace_back(batch.ids.begin(), batch.ids.end());
    given_.rates.push_back(learning_rate);
    engine_->train_step(batch, learning_rate, phases);
  }
  StepTotals take_totals() override { return engine_->take_totals(); }
  void predict(const Batch& batch, std::span<float> positive) override { engine_->predict(batch, positive); }
  LossAndGradients gradients(const Batch& batch, const std::optional<DropoutDraw>& draw) override {
    return engine_->gradients(batch, draw);
  }
  Parameters activations(const Batch& batch) override { return engine_->activations(batch); }
  void synchronize() override { engine_->synchronize(); }
  std::string describe() const override { return engine_->describe(); }

 private:
  std::unique_ptr<Engine> engine_;
  Given& given_;
};

class CheckSeeds : public testing::Test {
 protected:
  /// A sound engine against one with `defect`.
  ParitySeeds check(Defect defect, const SeedsRequest& seeds = {{1, 2, 3}, 2, 1},
                    const EncodedData& data = some_data()) {
    const ParityServices services{
        .make_engine = [&](const std::string& name, const EngineSetup& setup) -> std::unique_ptr<Engine> {
          Given& given = *given_[name].emplace_back(std::make_unique<Given>());
          given.setup = setup;
          const bool sound = name == "sound";
          return std::make_unique<NotingEngine>(make_defective_engine(setup, sound ? Defect::kNone : defect),
                                                given);
        },
        .progress = [&](const std::string& doing) { doing_.push_back(doing); },
        .stop = source_.get_token()};
    return check_seeds(some_request(), seeds, data, services);
  }

  std::map<std::string, std::vector<std::unique_ptr<Given>>> given_;  // an engine a seed
  std::vector<std::string> doing_;
  std::stop_source source_;
};

TEST_F(CheckSeeds, SoundEnginesAreEquivalent) {
  const ParitySeeds seeds = check(Defect::kNone);
  EXPECT_EQ(seeds.verdict, kEquivalent);
  EXPECT_EQ(seeds.train_reviews, 50);
  EXPECT_EQ(seeds.test_reviews, 300);
  EXPECT_EQ(seeds.epochs, 2);
  EXPECT_EQ(seeds.chance, 0.5);
  EXPECT_EQ(seeds.difference, 0);
  EXPECT_FALSE(near_chance(seeds));
  ASSERT_EQ(seeds.accuracies.size(), 3U);
  EXPECT_EQ(seeds.accuracies[2].seed, 3U);
  EXPECT_GT(seeds.accuracies[2].reference, 0.6);
  EXPECT_THAT(doing_, testing::Contains("seed 2 (2 of 3), candidate, epoch 2 of 2, step 4 of 4"));
}

TEST_F(CheckSeeds, EachEngineTrainsByItselfOnTheSameBatches) {
  check(Defect::kStepsUphill);
  std::set<double> starts;
  std::set<std::uint64_t> dropout_seeds;
  for (std::size_t i = 0; i < 3; ++i) {
    const Given& sound = *given_["sound"].at(i);
    const Given& candidate = *given_["candidate"].at(i);
    ASSERT_EQ(sound.states.size(), 1U);
    ASSERT_EQ(candidate.states.size(), 1U) << "weights were copied";
    const std::vector<double>& start = sound.states[0].at("head.kernel").values;
    EXPECT_EQ(start, candidate.states[0].at("head.kernel").values);
    EXPECT_EQ(sound.batches, candidate.batches);
    ASSERT_EQ(sound.batches.size(), 8U);
    EXPECT_EQ(sound.batches[3].size(), 2U * kTime) << "the last batch is smaller";
    EXPECT_NE(sound.batches[0], sound.batches[4]) << "each epoch has its own order";
    EXPECT_THAT(sound.rates, testing::Each(2.0));
    for (const Given* given : {&sound, &candidate}) {
      EXPECT_TRUE(given->setup.shared_masks);
      EXPECT_EQ(given->setup.dropout_seed, run_seeds(i + 1).dropout);
    }
    starts.insert(start[0]);
    dropout_seeds.insert(sound.setup.dropout_seed);
  }
  EXPECT_EQ(starts.size(), 3U) << "a seed changes nothing";
  EXPECT_NE(given_["sound"][0]->batches, given_["sound"][1]->batches);
}

TEST_F(CheckSeeds, AnEngineThatLearnsTheOppositeIsDifferent) {
  const ParitySeeds seeds = check(Defect::kStepsUphill, {{1, 2, 3, 4, 5, 6, 7, 8}, 2, 1});
  EXPECT_EQ(seeds.verdict, kDifferent);
  EXPECT_LT(seeds.difference, -10) << "candidate less reference, in points";
  EXPECT_LT(seeds.high, -1);
}

TEST_F(CheckSeeds, OtherMasksShowNothingAtANarrowMargin) {
  const ParitySeeds seeds = check(Defect::kOtherMasksInSteps, {{1, 2, 3, 4}, 2, 0.2});
  EXPECT_EQ(seeds.verdict, kNotShown);
  EXPECT_GT(seeds.deviation, 0.2);
  EXPECT_GT(seeds.seeds_needed, 4);
  EXPECT_GT(seeds.p, 0.05);
}

TEST_F(CheckSeeds, AnswersThatAreNanAreWrong) {
  const ParitySeeds seeds = check(Defect::kNanGradient);
  EXPECT_EQ(seeds.verdict, kDifferent);
  EXPECT_LT(seeds.accuracies[0].candidate, 0.5);
  EXPECT_EQ(given_["candidate"][0]->batches.size(), 4U) << "a loss that isn't finite ends the training";
}

TEST_F(CheckSeeds, NetsThatLearnedNothingAreNearChance) {
  const ParitySeeds seeds = check(Defect::kNone, {{1, 2}, 1, 1}, some_data(/*sense=*/false));
  EXPECT_EQ(seeds.verdict, kEquivalent);
  EXPECT_TRUE(near_chance(seeds));
}

TEST_F(CheckSeeds, StopsWhenAsked) {
  source_.request_stop();
  EXPECT_THROW(check(Defect::kNone), Interrupted);
}

TEST_F(CheckSeeds, OneSeedIsRefused) { EXPECT_THROW(check(Defect::kNone, {{1}, 1, 1}), ConfigError); }

}  // namespace
}  // namespace rnnbench
