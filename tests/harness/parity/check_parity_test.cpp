// Catches: a check that is skipped or compares an engine with itself, a NaN or a missing tensor that passes,
// masks that aren't shared, points of training at which the weights aren't copied, records without names.
#include "harness/parity/check_parity.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "harness/core/error.hpp"
#include "harness/parity/gradient_check.hpp"
#include "tests/harness/parity/defective_engine.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;

/// Forty training reviews of up to six words out of thirty, padded at the end.
EncodedData small_data() {
  struct Memory {
    std::vector<std::int32_t> ids, lengths;
    std::vector<std::uint8_t> labels;
  };
  auto memory = std::make_shared<Memory>();
  constexpr int kTime = 6;
  for (int review = 0; review < 40; ++review) {
    const int length = 1 + review % kTime;
    for (int t = 0; t < kTime; ++t) memory->ids.push_back(t < length ? 1 + (7 * review + t) % 29 : 0);
    memory->lengths.push_back(length);
    memory->labels.push_back(static_cast<std::uint8_t>(review % 2));
  }
  EncodedData data;
  data.time = kTime;
  data.vocabulary = 30;
  data.train = {memory->ids, memory->lengths, memory->labels, "train"};
  data.memory = memory;
  return data;
}

ParityRequest small_request() {
  ParityRequest request;
  request.model.embedding.size = 4;
  request.model.layers.resize(1);
  request.model.layers[0].units = 4;
  request.training.optimizer.learning_rate = 0.1;
  request.reference = {"sound"};
  request.candidate = {"candidate"};
  request.batch = 7;
  request.stride = 2;
  return request;
}

/// A check of a sound engine against one with `defect`.
ParityRecord check_against(Defect defect, const ParityRequest& request = small_request()) {
  const ParityServices services{.make_engine =
                                    [&](const std::string& name, const EngineSetup& setup) {
                                      const bool sound = name == "sound";
                                      return make_defective_engine(setup, sound ? Defect::kNone : defect);
                                    },
                                .progress = [](const std::string&) {},
                                .stop = {}};
  return check_parity(request, small_data(), services);
}

/// Groups and tensors of what failed: "batches/gradients/head.kernel".
std::set<std::string> failures(const ParityRecord& record) {
  std::set<std::string> failed;
  for (const ParityError& error : record.errors) {
    if (!error.passed()) failed.insert(error.group + "/" + error.quantity + "/" + error.tensor);
  }
  return failed;
}

TEST(CheckParity, ShowsTwoSoundEnginesEqual) {
  const ParityRecord record = check_against(Defect::kNone);
  EXPECT_TRUE(passed(record)) << testing::PrintToString(failures(record));
  std::set<std::string> groups, points;
  for (const ParityError& error : record.errors) {
    groups.insert(error.group);
    if (error.group == kPointsOfTraining) points.insert(error.check);
  }
  EXPECT_THAT(groups, testing::UnorderedElementsAre(kBatches, kBatchesWithDropout, kOptimizerSteps,
                                                    kPointsOfTraining));
  EXPECT_THAT(points, testing::Contains("after 2 steps"));
  EXPECT_EQ(points.size(), 10U);
  EXPECT_THAT(record.reference.details, HasSubstr("defective"));
  EXPECT_THAT(record.model, HasSubstr("\"cell\":\"rnn\""));
}

struct Planted {
  Defect defect;
  std::string caught_as;
};

class PlantedDefects : public testing::TestWithParam<Planted> {};

TEST_P(PlantedDefects, AreCaughtWhereTheyAct) {
  const ParityRecord record = check_against(GetParam().defect);
  EXPECT_FALSE(passed(record));
  EXPECT_THAT(failures(record), testing::Contains(GetParam().caught_as));
}

INSTANTIATE_TEST_SUITE_P(
    All, PlantedDefects,
    testing::Values(Planted{Defect::kWrongGradient, "batches/gradients/head.kernel"},
                    Planted{Defect::kNanGradient, "batches/gradients/embedding.weight"},
                    Planted{Defect::kMissingGradient, "batches/gradients/head.bias"},
                    Planted{Defect::kGradientWhereZero, "batches/gradients/layers.0.input_bias"},
                    Planted{Defect::kOtherMasks, "batches with dropout/loss/"},
                    Planted{Defect::kOtherMasksInSteps, "points of training/loss of the step/"},
                    Planted{Defect::kWrongProbability, "batches/probabilities/"},
                    Planted{Defect::kDriftsWithTraining, "points of training/gradients/head.kernel"},
                    Planted{Defect::kForgetsDecay, "optimizer steps/update/embedding.weight"},
                    Planted{Defect::kForgetsClipping, "optimizer steps/update/head.kernel"},
                    Planted{Defect::kForgetsMomentum, "optimizer steps/state/optimizer.m/head.kernel"},
                    Planted{Defect::kFailsOnAllPadding, "batches/gradients/embedding.weight"}));

TEST(CheckParity, OtherMasksPassWithoutDropout) {
  for (const std::string& failed : failures(check_against(Defect::kOtherMasks))) {
    EXPECT_FALSE(failed.starts_with("batches/")) << failed;
  }
}

ParityRequest with_max_pooling() {
  ParityRequest request = small_request();
  request.model.pooling = Pooling::kMax;
  return request;
}

TEST(CheckParity, DecidesInDoubleWhereRoundingLetsAGradientJump) {
  const ParityRecord record = check_against(Defect::kTieInSingle, with_max_pooling());
  EXPECT_TRUE(passed(record)) << testing::PrintToString(failures(record));
  const auto decided = std::find_if(record.errors.begin(), record.errors.end(),
                                    [](const ParityError& error) { return !error.problem.empty(); });
  ASSERT_NE(decided, record.errors.end());
  EXPECT_EQ(decided->tensor, "head.kernel");
  EXPECT_EQ(decided->precision, "float64");
  EXPECT_THAT(decided->problem, HasSubstr("3.0e-04 in single precision"));
}

TEST(CheckParity, DecidesInDoubleNowhereElse) {
  EXPECT_FALSE(passed(check_against(Defect::kTieInSingle)));
  for (const Defect defect : {Defect::kWrongGradient, Defect::kNanGradient, Defect::kMissingGradient,
                              Defect::kGradientWhereZero, Defect::kDriftsWithTraining, Defect::kOtherMasks}) {
    EXPECT_FALSE(passed(check_against(defect, with_max_pooling())));
  }
}

TEST(GradientJumps, AtAMaximumOrRelu) {
  ModelSpec model = small_request().model;
  EXPECT_FALSE(gradient_jumps(model));
  EXPECT_TRUE(gradient_jumps(with_max_pooling().model));
  model.dense = {{4, Activation::kTanh, 0}};
  EXPECT_FALSE(gradient_jumps(model));
  model.dense = {{4, Activation::kRelu, 0}};
  EXPECT_TRUE(gradient_jumps(model));
  model.dense.clear();
  model.layers[0].activation = Activation::kRelu;
  EXPECT_TRUE(gradient_jumps(model));
}

TEST(CheckParity, NoComparisonIsNoParity) { EXPECT_FALSE(passed(ParityRecord{})); }

TEST(CheckParity, StopsWhenAsked) {
  std::stop_source source;
  source.request_stop();
  const ParityServices services{
      .make_engine = [](const std::string&,
                        const EngineSetup& setup) { return make_defective_engine(setup, Defect::kNone); },
      .progress = [](const std::string&) {},
      .stop = source.get_token()};
  EXPECT_THROW(check_parity(small_request(), small_data(), services), Interrupted);
}

}  // namespace
}  // namespace rnnbench
