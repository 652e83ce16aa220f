#include "results/query/run_conditions.hpp"

#include <algorithm>

#include "results/query/run_list.hpp"
#include "results/query/table_format.hpp"
#include "tests/results/query/query_fixture.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

class RunConditionsTest : public QueryTest {
 protected:
  RunConditionsTest() {
    Store store(path_);
    for (const char* rate : {"0.01", "0.001", "\"0.001\""}) {
      const std::string settings =
          std::string(R"({"training":{"learning_rate":)") + rate + R"(,"shuffle":true}})";
      store.begin_run(
          a_start(1, {sha256_hex(settings), settings, "numbers", "gru", "cpu", "toy", "toy", 1, 1}));
    }
  }

  std::string runs(const std::string& condition) {
    std::string text = csv_text(list_runs(*database_, {.where = {condition}}, {.columns = {"run"}}));
    text = text.substr(4);
    std::replace(text.begin(), text.end(), '\n', ' ');
    return text;
  }
  std::string refusal_of(const std::string& condition) {
    return message_of<ConfigError>([&] { runs(condition); });
  }
};

TEST_F(RunConditionsTest, ComparesColumnsByTheirType) {
  EXPECT_EQ(runs("test_accuracy>0.81"), "3 4 5 6 ");
  EXPECT_EQ(runs("test_accuracy <= 0.81"), "1 2 ");
  EXPECT_EQ(runs("seed=9"), "7 ");
  EXPECT_EQ(runs("seed==9"), "7 ");
  EXPECT_EQ(runs("status!=finished"), "7 8 9 10 11 12 ");
  EXPECT_EQ(runs("run<3"), "1 2 ");
  EXPECT_EQ(runs("reason~GPU"), "8 ");
  EXPECT_EQ(runs("loss:train<1"), "1 2 3 4 5 6 ");
}

TEST_F(RunConditionsTest, SettingsKeepTheirTypes) {
  EXPECT_EQ(runs("training.learning_rate=1e-3"), "11 ");
  EXPECT_EQ(runs("training.learning_rate='0.001'"), "12 ");
  EXPECT_EQ(runs("training.learning_rate<0.005"), "11 ");
  EXPECT_EQ(runs("training.shuffle=true"), "10 11 12 ");
  EXPECT_EQ(runs("length=200"), "8 ");
}

TEST_F(RunConditionsTest, NoneIsNothingRecorded) {
  EXPECT_EQ(runs("test_accuracy=none"), "7 8 9 10 11 12 ");
  EXPECT_EQ(runs("reason!=none"), "7 8 ");
  EXPECT_EQ(runs("training.shuffle!=none"), "10 11 12 ");
}

// Catches: a value or a name that becomes part of the statement.
TEST_F(RunConditionsTest, ValuesAreNeverSql) {
  EXPECT_EQ(runs("engine=x' OR '1'='1"), "");
  EXPECT_EQ(runs("engine=eigen; DROP TABLE runs"), "");
  EXPECT_THAT(refusal_of("1=1"), HasSubstr("no column or setting '1'"));
  EXPECT_THAT(refusal_of("seed=1 OR 1"), HasSubstr("'seed' is a number"));
  EXPECT_EQ(runs("seed=1").substr(0, 4), "1 4 ");
}

TEST_F(RunConditionsTest, RefusesWhatIsNoCondition) {
  EXPECT_THAT(refusal_of("test_accuracy"), HasSubstr("no condition"));
  EXPECT_THAT(refusal_of("=3"), HasSubstr("no condition"));
  EXPECT_THAT(refusal_of("seed!3"), HasSubstr("no comparison"));
  EXPECT_THAT(refusal_of("test_accuracy>high"), HasSubstr("'test_accuracy' is a number"));
  EXPECT_THAT(refusal_of("seed=" + std::string(1'000'000, 'x')), SizeIs(testing::Lt(500U)));
}

}  // namespace
}  // namespace rnnbench
