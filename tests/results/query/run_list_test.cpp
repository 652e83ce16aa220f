#include "results/query/run_list.hpp"

#include "tests/results/query/query_fixture.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;

class RunListTest : public QueryTest {
 protected:
  std::size_t count(const RunFilter& filter) { return list_runs(*database_, filter).rows.size(); }
};

TEST_F(RunListTest, ListsAllInOrder) {
  const Table table = list_runs(*database_);
  ASSERT_EQ(table.rows.size(), 9U);
  EXPECT_EQ(table.rows.front()[0], TableCell(std::int64_t{1}));
  EXPECT_EQ(table.rows.back()[0], TableCell(std::int64_t{9}));
}

TEST_F(RunListTest, FiltersCombine) {
  EXPECT_EQ(count({.status = "finished"}), 6U);
  EXPECT_EQ(count({.engine = "libtorch", .status = "finished"}), 3U);
  EXPECT_EQ(count({.engine = "libtorch", .cell = "rnn", .device = "cpu", .data_set = "toy"}), 4U);
  EXPECT_EQ(count({.trial = a_trial().key.substr(0, 8)}), 5U);
  EXPECT_EQ(count({.experiment = "first", .engine = "eigen", .status = "skipped"}), 0U);
}

TEST_F(RunListTest, TheNewestKeepTheirOrder) {
  const Table table = list_runs(*database_, {.newest = 2});
  ASSERT_EQ(table.rows.size(), 2U);
  EXPECT_EQ(table.rows[0][0], TableCell(std::int64_t{8}));
}

TEST_F(RunListTest, MisspeltValuesGetTheNearest) {
  EXPECT_THAT(message_of<ConfigError>([&] { count({.engine = "libtorhc"}); }),
              HasSubstr("did you mean 'libtorch'?"));
  EXPECT_THAT(message_of<ConfigError>([&] { count({.experiment = "x' OR 1 --"}); }),
              HasSubstr("no run has experiment"));
}

}  // namespace
}  // namespace rnnbench
