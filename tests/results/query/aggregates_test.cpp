#include "results/query/aggregates.hpp"

#include "tests/results/query/query_fixture.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;

class AggregatesTest : public QueryTest {
 protected:
  double number(const std::string& sql) { return std::get<double>(value(sql)); }
  bool is_null(const std::string& sql) { return std::holds_alternative<std::monostate>(value(sql)); }
};

TEST_F(AggregatesTest, MedianOfOddAndEvenCounts) {
  EXPECT_EQ(number("SELECT median(column1) FROM (VALUES (9), (1), (4.5))"), 4.5);
  EXPECT_EQ(number("SELECT median(column1) FROM (VALUES (9), (1), (4), (5))"), 4.5);
  EXPECT_EQ(number("SELECT median(column1) FROM (VALUES (1), (9e999), (-9e999))"), 1);
}

TEST_F(AggregatesTest, NullsDoNotCount) {
  EXPECT_EQ(number("SELECT median(column1) FROM (VALUES (NULL), (1), (NULL), (2))"), 1.5);
  EXPECT_TRUE(is_null("SELECT median(column1) FROM (VALUES (NULL))"));
  EXPECT_TRUE(is_null("SELECT median(id) FROM runs WHERE 0"));
}

TEST_F(AggregatesTest, StandardDeviationIsTheSamples) {
  EXPECT_DOUBLE_EQ(number("SELECT stddev(column1) FROM (VALUES (2), (4), (4), (4), (5), (5), (7), (9))"),
                   std::sqrt(32.0 / 7.0));
  EXPECT_TRUE(is_null("SELECT stddev(1)"));
}

// With two degrees of freedom t(p) = (2p - 1) / √(2p(1 - p)); the deviation of 1, 2, 3 is 1.
TEST_F(AggregatesTest, IntervalUsesStudentsT) {
  const double t = 0.95 / std::sqrt(2 * 0.975 * 0.025);
  EXPECT_NEAR(number("SELECT ci95(column1) FROM (VALUES (1), (2), (3))"), t / std::sqrt(3.0), 1e-12);
  EXPECT_TRUE(is_null("SELECT ci95(1)"));
  EXPECT_EQ(number("SELECT ci95(column1) FROM (VALUES (5), (5))"), 0);
}

TEST_F(AggregatesTest, InfiniteDeviationsAreNull) {
  EXPECT_TRUE(is_null("SELECT stddev(column1) FROM (VALUES (1), (9e999))"));
  EXPECT_TRUE(is_null("SELECT ci95(column1) FROM (VALUES (1), (9e999))"));
}

TEST_F(AggregatesTest, GroupsAreApart) {
  const Table table = query("SELECT median(column2) FROM (VALUES (1, 5), (2, 7), (1, 6)) GROUP BY column1");
  EXPECT_EQ(table.rows, (std::vector<std::vector<TableCell>>{{5.5}, {7.0}}));
}

TEST_F(AggregatesTest, TextsAreRefused) {
  for (const char* name : {"median", "stddev", "ci95"}) {
    EXPECT_THAT(refusal(std::string("SELECT ") + name + "(column1) FROM (VALUES (1), ('NaN'))"),
                HasSubstr("numbers only"));
  }
}

}  // namespace
}  // namespace rnnbench
