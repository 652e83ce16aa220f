#include "results/store/rows.hpp"

#include <limits>

#include "results/store/connection.hpp"
#include "results/store/statement_cache.hpp"
#include "tests/results/store/store_fixture.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;

class RowsTest : public StoreTest {
 protected:
  std::string text(const std::string& sql) { return database_.execAndGet(sql).getString(); }

  Connection connection_ = open_for_writing(path_);
  SQLite::Database& database_ = connection_.database;
  StatementCache statements_{database_};
  RunId run_ = add_run(statements_, a_start(), RunStatus::kRunning, "");
};

TEST_F(RowsTest, TimingsKeepSamplesAndTheirExactSummary) {
  add_timing(statements_, run_, {"step", "host", 1, true, {40, 10, 31, 20}});
  EXPECT_EQ(
      text("SELECT count||' '||total_ns||' '||median_ns||' '||min_ns||' '||max_ns||' '||warmup FROM timings"),
      "4 101 25 10 40 1");
  EXPECT_EQ(text("SELECT hex(samples) FROM timings"),
            "28000000000000000A000000000000001F000000000000001400000000000000");
}

TEST_F(RowsTest, MedianOfAnOddNumberIsTheMiddle) {
  add_timing(statements_, run_, {"step", "host", 1, false, {5, 1, 9}});
  add_timing(statements_, run_, {"step", "host", 2, false, {7}});
  EXPECT_EQ(text("SELECT group_concat(median_ns) FROM timings"), "5,7");
}

TEST_F(RowsTest, MedianAndSumOfLargeSamplesDoNotOverflow) {
  const std::int64_t most = std::numeric_limits<std::int64_t>::max();
  add_timing(statements_, run_, {"step", "host", 1, false, {0, most, most - 2, 0}});
  EXPECT_EQ(text("SELECT median_ns FROM timings"), std::to_string((most - 2) / 2));
  EXPECT_EQ(text("SELECT total_ns FROM timings"), std::to_string(most));
}

TEST_F(RowsTest, NoSamplesNoTiming) {
  add_timing(statements_, run_, {"step", "device", 1, false, {}});
  EXPECT_EQ(text("SELECT count(*) FROM timings"), "0");
}

TEST_F(RowsTest, HostAndDeviceWarmUpAndMeasuredAreKeptApart) {
  for (const char* clock : {"host", "device"}) {
    for (const bool warmup : {true, false}) add_timing(statements_, run_, {"step", clock, 1, warmup, {1}});
  }
  EXPECT_EQ(text("SELECT count(*) FROM timings"), "4");
}

TEST_F(RowsTest, LabelsAreStoredOnce) {
  const RunId other = add_run(statements_, a_start(2), RunStatus::kRunning, "");
  add_prediction(statements_, run_, {"test", "digest", {1, 0}, {0.5F, 0.25F}});
  add_prediction(statements_, other, {"test", "digest", {1, 0}, {1.0F, 0.0F}});
  EXPECT_EQ(text("SELECT count(*)||' '||hex(labels) FROM review_sets"), "1 0100");
  EXPECT_EQ(text("SELECT hex(positive) FROM predictions WHERE run_id = " + std::to_string(run_)),
            "0000003F0000803E");
}

TEST_F(RowsTest, LengthsAndRatingsOfReviewsAreStoredOnceWhenTheyAreKnown) {
  const RunId other = add_run(statements_, a_start(2), RunStatus::kRunning, "");
  add_prediction(statements_, run_, {"test", "digest", {1, 0}, {0.5F, 0.25F}});
  EXPECT_EQ(text("SELECT count(*) FROM review_facts"), "0");
  add_prediction(statements_, other, {"test", "digest", {1, 0}, {0.5F, 0.25F}, {10, 0}, {258, 3}});
  add_prediction(statements_, other, {"train", "digest", {1, 0}, {0.5F, 0.25F}, {10, 0}, {258, 3}});
  EXPECT_EQ(text("SELECT count(*)||' '||hex(words)||' '||hex(ratings) FROM review_facts"),
            "1 0201000003000000 0A00");
}

TEST_F(RowsTest, RefusesLengthsOrRatingsOfOtherReviews) {
  EXPECT_THAT(message_of<StoreError>([&] {
                add_prediction(statements_, run_, {"test", "digest", {1, 0}, {0.5F, 0.25F}, {10}, {258, 3}});
              }),
              HasSubstr("2 sizes and 1 ratings for 2 labels"));
}

TEST_F(RowsTest, RefusesOneDigestForOtherLabels) {
  add_prediction(statements_, run_, {"test", "digest", {1, 0}, {0.5F, 0.25F}});
  for (const std::vector<std::uint8_t>& labels : {std::vector<std::uint8_t>{0, 1}, {1, 0, 0}, {1}}) {
    EXPECT_THAT(
        message_of<StoreError>([&] {
          add_prediction(statements_, run_, {"train", "digest", labels, std::vector<float>(labels.size())});
        }),
        HasSubstr("digest were recorded with other labels"));
  }
}

TEST_F(RowsTest, RefusesAsManyLabelsAsNotProbabilities) {
  EXPECT_THAT(message_of<StoreError>([&] {
                add_prediction(statements_, run_, {"test", "digest", {1}, {0.5F, 0.25F}});
              }),
              HasSubstr("1 labels for 2 probabilities"));
}

TEST_F(RowsTest, EqualContentIsStoredOnce) {
  EXPECT_EQ(environment_row(statements_, R"({"a":1})"), environment_row(statements_, R"({"a":1})"));
  EXPECT_NE(environment_row(statements_, R"({"a":1})"), environment_row(statements_, R"({"a":2})"));
  EXPECT_EQ(trial_row(statements_, a_trial()), trial_row(statements_, a_trial()));
  EXPECT_NE(trial_row(statements_, a_trial()), trial_row(statements_, a_trial("libtorch")));
  EXPECT_EQ(experiment_row(statements_, {"a", "q", "c"}), experiment_row(statements_, {"a", "q", "c"}));
  EXPECT_NE(experiment_row(statements_, {"a", "q", "c"}), experiment_row(statements_, {"a", "q", "d"}));
}

}  // namespace
}  // namespace rnnbench
