// Catches: runs on different test sets side by side, the last run in the place of the mean, a run without
// predictions that counts as wrong throughout.
#include "results/errors/tested_reviews.hpp"

#include <gmock/gmock.h>

#include <limits>

#include "tests/results/query/verdict_fixture.hpp"

namespace rnnbench {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class TestedReviewsTest : public VerdictTest {
 protected:
  TestedReviews load(const std::vector<std::string>& names) {
    Database database(path_);
    std::vector<Subject> subjects;
    for (const std::string& name : names) subjects.push_back(find_subject(database, name));
    return load_tested_reviews(database, subjects);
  }
  std::string refusal(const std::vector<std::string>& names) {
    return message_of<ConfigError>([&] { load(names); });
  }
};

TEST_F(TestedReviewsTest, TakeARunAndTheMeanOfATrial) {
  add(trial("eigen"), 1, {.positive = {0.75F, 0.25F}});
  add(trial("eigen"), 2, {.positive = {0.25F, 0.5F}});
  add(trial("libtorch"), 1, {.positive = {1, 0}});
  const TestedReviews tested = load({"engine=eigen", "3"});
  EXPECT_THAT(tested.labels, ElementsAre(1, 0));
  EXPECT_EQ(tested.digest, "reviews");
  ASSERT_EQ(tested.subjects.size(), 2U);
  EXPECT_THAT(tested.subjects[0].runs, ElementsAre(1, 2));
  EXPECT_THAT(tested.subjects[0].by_run[1], ElementsAre(0.25F, 0.5F));
  EXPECT_THAT(tested.subjects[0].positive, ElementsAre(0.5F, 0.375F));
  EXPECT_TRUE(tested.subjects[0].calls_positive(0));
  EXPECT_EQ(tested.subjects[1].label, "run 3");
  EXPECT_TRUE(tested.is_right(tested.subjects[1], 1));
}

TEST_F(TestedReviewsTest, RefuseWhatCanNotStandSideBySide) {
  add(trial("eigen"), 1, {.positive = {1, 0}});
  add(trial("eigen"), 2);
  add(trial("eigen"), 3, {.positive = {1, 0}, .reviews = "others"});
  add(trial("libtorch"), 1, {.positive = {std::numeric_limits<float>::quiet_NaN(), 0}});
  EXPECT_THAT(refusal({"2"}), HasSubstr("run 2 stored no test predictions; choose finished runs"));
  EXPECT_THAT(refusal({"1", "3"}), HasSubstr("run 3 was tested on other reviews than run 1"));
  EXPECT_THAT(refusal({"4"}), HasSubstr("some predictions of run 4 are NaN"));
  EXPECT_THAT(refusal({"1", "1"}), HasSubstr("run 1 is given twice"));
  EXPECT_THAT(refusal({"cell=rnn"}), HasSubstr("cell=rnn is of 2 trials"));
}

TEST_F(TestedReviewsTest, RefuseAPartOfThePredictions) {
  add(trial("eigen"), 1, {.positive = {1, 0}});
  execute(path_, "UPDATE predictions SET positive = x'0000803f'");
  EXPECT_THAT(refusal({"1"}), HasSubstr("run 1 stored predictions of 1 of 2 reviews"));
}

}  // namespace
}  // namespace rnnbench
