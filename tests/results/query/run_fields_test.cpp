#include "results/query/run_fields.hpp"

#include "tests/results/query/query_fixture.hpp"

namespace rnnbench {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

class RunFieldsTest : public QueryTest {
 protected:
  std::string refusal_of(const std::string& name) {
    return message_of<ConfigError>([&] { fields_.find(name); });
  }
  RunFields fields_{*database_};
};

TEST_F(RunFieldsTest, ColumnsComeBeforeSettings) {
  EXPECT_EQ(fields_.find("engine").kind, RunField::Kind::kText);
  EXPECT_EQ(fields_.find("tags").kind, RunField::Kind::kText);
  EXPECT_EQ(fields_.find("length").kind, RunField::Kind::kNumber);
  EXPECT_EQ(fields_.find("loss:train").kind, RunField::Kind::kMetric);
}

TEST_F(RunFieldsTest, SettingsAreFoundByTheirPath) {
  Store(path_).begin_run(a_start(1, {"ab", R"({"model":{"layers":[{"units":64}],"clip_norm":1.5}})", "eigen",
                                     "rnn", "cpu", "toy", "toy", 1, 1}));
  EXPECT_EQ(fields_.find("model.layers.0.units").kind, RunField::Kind::kSetting);
  EXPECT_EQ(fields_.find("model.clip_norm").kind, RunField::Kind::kSetting);
  EXPECT_THAT(refusal_of("units"), HasSubstr("did you mean 'model.layers.0.units'?"));
  EXPECT_THAT(refusal_of("model.clipnorm"), HasSubstr("did you mean 'model.clip_norm'?"));
}

TEST_F(RunFieldsTest, StepTimesAndSidesAreNames) {
  EXPECT_EQ(fields_.find("step_ms").kind, RunField::Kind::kNumber);
  EXPECT_EQ(fields_.find("side").kind, RunField::Kind::kText);
  EXPECT_THAT(refusal_of("stepms"), HasSubstr("did you mean 'step_ms'?"));
}

TEST_F(RunFieldsTest, UnknownNamesGetTheNearest) {
  EXPECT_THAT(refusal_of("test_acuracy"), HasSubstr("did you mean 'test_accuracy'?"));
  EXPECT_THAT(refusal_of("los:train"), HasSubstr("did you mean 'loss:train'?"));
  EXPECT_THAT(refusal_of("x\x1B[31m"), HasSubstr("\\x1b[31m"));
  EXPECT_THAT(refusal_of("1; DROP TABLE runs"), HasSubstr("no column or setting"));
  EXPECT_THAT(refusal_of("engine\" --"), HasSubstr("no dotted path"));
  EXPECT_THAT(refusal_of("a..b"), HasSubstr("no dotted path"));
  EXPECT_THAT(refusal_of(std::string(1'000'000, 'x')), AllOf(SizeIs(testing::Lt(500U))));
}

TEST(JsonPath, QuotesKeysAndCountsElements) {
  EXPECT_EQ(json_path("model.layers.0.units"), "$.\"model\".\"layers\"[0].\"units\"");
}

TEST(SplitNames, TakesBlanksAwayAndRefusesGaps) {
  EXPECT_THAT(split_names("a, b ,c", "--columns"), ElementsAre("a", "b", "c"));
  EXPECT_THAT(message_of<ConfigError>([] { split_names("a,,b", "--columns"); }), HasSubstr("--columns"));
}

}  // namespace
}  // namespace rnnbench
