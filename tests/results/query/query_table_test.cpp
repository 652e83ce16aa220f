#include "results/query/query_table.hpp"

#include "tests/results/query/query_fixture.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

constexpr const char* kEndless =
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";

TEST_F(QueryTest, CellsKeepTheirTypes) {
  const Table table =
      query("SELECT NULL AS a, 7 AS b, 0.5 AS c, 'x' AS d, x'00FF' AS e, '' AS f, 9e999 AS g");
  EXPECT_EQ(table.columns, (std::vector<std::string>{"a", "b", "c", "d", "e", "f", "g"}));
  EXPECT_EQ(table.rows.at(0),
            (std::vector<TableCell>{std::monostate{}, std::int64_t{7}, 0.5, std::string("x"),
                                    Blob{std::string("\0\xFF", 2)}, std::string(),
                                    std::numeric_limits<double>::infinity()}));
}

TEST_F(QueryTest, ParametersAreBound) {
  const std::vector<TableCell> parameters = {std::monostate{}, std::int64_t{7}, 0.5, std::string("'; DROP"),
                                             Blob{"\xFF"}};
  EXPECT_EQ(query_table(*database_, "SELECT ?, ?, ?, ?, ?", parameters).rows.at(0), parameters);
}

TEST_F(QueryTest, RefusesASecondStatement) {
  for (const char* sql : {"SELECT 1; DELETE FROM runs", "SELECT 1; SELECT 2", "SELECT 1; nonsense",
                          "SELECT 1;;; /* a */ -- b\n VACUUM"}) {
    EXPECT_THAT(refusal(sql), HasSubstr("more than one statement")) << sql;
  }
  EXPECT_EQ(std::get<std::int64_t>(value("SELECT 1; ; -- the end\n /* really */ ")), 1);
}

TEST_F(QueryTest, RefusesNothingToRun) {
  for (const char* sql : {"", "  ", ";", "-- only a comment"})
    EXPECT_THAT(refusal(sql), HasSubstr("is empty")) << sql;
}

TEST_F(QueryTest, RefusesNulBytes) {
  EXPECT_THAT(refusal(std::string_view("SELECT 1\0; DROP TABLE runs", 26)), HasSubstr("NUL"));
}

TEST_F(QueryTest, SyntaxErrorsSayWhere) { EXPECT_THAT(refusal("SELEC 1"), HasSubstr("near \"SELEC\"")); }

TEST_F(QueryTest, UnknownNamesGetTheNearestKnownOne) {
  EXPECT_THAT(refusal("SELECT test_acuracy FROM run_summary"), HasSubstr("did you mean 'test_accuracy'?"));
  EXPECT_THAT(refusal("SELECT s.test_acuracy FROM run_summary s"),
              HasSubstr("did you mean 'test_accuracy'?"));
  EXPECT_THAT(refusal("SELECT * FROM run_sumary"), HasSubstr("did you mean 'run_summary'?"));
}

TEST_F(QueryTest, MessagesAreInert) {
  EXPECT_THAT(refusal("SELECT \x1B[31m"), testing::Not(HasSubstr("\x1B")));
  EXPECT_THAT(refusal("SELECT * FROM \"\x1B[31m\""), HasSubstr("\\x1b"));
}

TEST_F(QueryTest, EndlessQueriesMeetTheTimeLimit) {
  QueryLimits limits;
  limits.time = std::chrono::milliseconds(30);
  EXPECT_THAT(message_of<ConfigError>([&] { query_table(*database_, kEndless, {}, limits); }),
              StartsWith("the query took longer than 30 ms"));
  EXPECT_EQ(std::get<std::int64_t>(value("SELECT 1")), 1);
}

TEST_F(QueryTest, EndlessQueriesCanBeInterrupted) {
  QueryLimits limits;
  int asked = 0;
  limits.stop = [&] { return ++asked > 3; };
  EXPECT_THROW(query_table(*database_, kEndless, {}, limits), Interrupted);
  EXPECT_EQ(asked, 4);
}

TEST_F(QueryTest, EndlessResultsMeetTheSizeLimit) {
  QueryLimits limits;
  limits.bytes = 1 << 20;
  EXPECT_THAT(message_of<ConfigError>([&] {
                query_table(
                    *database_,
                    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n", {},
                    limits);
              }),
              HasSubstr("larger than 1 MB"));
  EXPECT_THROW(query_table(*database_, "SELECT randomblob(2000000)", {}, limits), ConfigError);
  EXPECT_THAT(refusal("SELECT zeroblob(300000000)"), HasSubstr("too big"));
}

}  // namespace
}  // namespace rnnbench
