#include "results/serve/sql_answer.hpp"

#include "tests/results/query/query_fixture.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;

using SqlAnswerTest = QueryTest;

TEST_F(SqlAnswerTest, TenMillionRowsAreCut) {
  const SqlAnswer answer = ask_sql(
      *database_,
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 10000000) SELECT i FROM n");
  EXPECT_TRUE(answer.cut);
  EXPECT_EQ(answer.table.rows.size(), kMostSqlRows);
  EXPECT_EQ(std::get<std::int64_t>(answer.table.rows.back()[0]), static_cast<std::int64_t>(kMostSqlRows));
}

TEST_F(SqlAnswerTest, LargeRowsAreCutByTheirBytes) {
  const SqlAnswer answer = ask_sql(*database_,
                                   "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT "
                                   "1000) SELECT zeroblob(900000) FROM n");
  EXPECT_TRUE(answer.cut);
  EXPECT_LT(answer.table.rows.size(), 40U);
}

TEST_F(SqlAnswerTest, ALoopWithoutEndIsStopped) {
  EXPECT_THAT(message_of<ConfigError>([&] {
                ask_sql(
                    *database_,
                    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n");
              }),
              HasSubstr("5"));
}

TEST_F(SqlAnswerTest, ASmallAnswerIsWhole) {
  const SqlAnswer answer = ask_sql(*database_, "SELECT count(*) AS runs FROM runs");
  EXPECT_FALSE(answer.cut);
  EXPECT_EQ(answer.table.columns.at(0), "runs");
}

}  // namespace
}  // namespace rnnbench
