#include "results/query/named_queries.hpp"

#include <cstdio>
#include <fstream>

#include "results/query/table_format.hpp"
#include "tests/results/query/query_fixture.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::string sql_of(std::string_view name) { return find_query(named_queries(), name).sql; }

const QueryLimits& some_values() {
  static const QueryLimits kLimits = [] {
    QueryLimits limits;
    limits.named = {{"seconds", 60.0}, {"one", "rnn"}, {"other", "rnn"}};
    return limits;
  }();
  return kLimits;
}

/// Those of them that the query asks for.
QueryLimits values_for(const NamedQuery& query) {
  QueryLimits limits = some_values();
  std::erase_if(limits.named,
                [&](const auto& value) { return query.sql.find(":" + value.first) == std::string::npos; });
  return limits;
}

TEST_F(QueryTest, EveryNamedQueryRunsAndSaysWhatItShows) {
  ASSERT_EQ(named_queries().size(), 12U);
  for (const NamedQuery& named : named_queries()) {
    EXPECT_FALSE(query_table(*database_, named.sql, {}, values_for(named)).rows.empty()) << named.name;
    EXPECT_FALSE(named.description.empty()) << named.name;
    EXPECT_THAT(named.description, Not(HasSubstr("SELECT"))) << named.name;
    EXPECT_THAT(named.sql, StartsWith("-- " + named.description)) << named.name;
  }
  EXPECT_EQ(named_query_list(named_queries()).rows.size(), named_queries().size());
}

TEST_F(StoreTest, EveryNamedQueryRunsOnAnEmptyDatabase) {
  { Store store(path_); }
  Database database(path_);
  for (const NamedQuery& named : named_queries()) {
    EXPECT_TRUE(query_table(database, named.sql, {}, values_for(named)).rows.empty()) << named.name;
  }
}

TEST_F(QueryTest, SummaryGivesMeanAndIntervalByTrial) {
  const Table table =
      query("SELECT engine, n, round(accuracy, 6), round(sd, 6), round(ci95, 6), lowest, highest FROM (" +
            sql_of("summary").substr(0, sql_of("summary").rfind(';')) + ")");
  EXPECT_EQ(csv_text(table),
            "engine,n,\"round(accuracy, 6)\",\"round(sd, 6)\",\"round(ci95, 6)\",lowest,highest\n"
            "eigen,3,0.81,0.01,0.024841,0.8,0.82\n"
            "libtorch,3,0.91,0.01,0.024841,0.9,0.92\n");
}

// Catches: a seed that was run twice counted as two replicates.
TEST_F(QueryTest, SummaryCountsASeedOnce) {
  Store store(path_);
  store.end_run(store.begin_run(a_start(1)), an_end(0.5));
  const Table table = query(sql_of("summary"));
  EXPECT_EQ(table.rows[0][7], TableCell(std::int64_t{3}));
  EXPECT_EQ(table.rows[0][11], TableCell(0.5));
}

// Catches: rows with nothing but '-' of what trained nothing, and its times among those of trials.
TEST_F(QueryTest, WhatTrainedNothingIsNoResult) {
  Store store(path_);
  for (const char* experiment : {"bench", "benchmarks"}) {
    RunStart start = a_start(1, a_trial(experiment));
    start.experiment.name = experiment;
    RunEnd end = an_end();
    end.metrics.clear();
    store.end_run(store.begin_run(start), end);
  }
  QueryLimits limits;
  limits.named = {{"one", "rnn"}, {"other", "rnn"}};
  EXPECT_EQ(query(sql_of("summary")).rows.size(), 2U);
  EXPECT_EQ(query(sql_of("best")).rows.size(), 6U);
  EXPECT_EQ(query_table(*database_, sql_of("compare-cells"), {}, limits).rows.size(), 2U);
}

TEST_F(QueryTest, EpochsKeepNanApartFromNothing) {
  const std::string text = csv_text(query(sql_of("epochs")));
  EXPECT_THAT(text, HasSubstr("7,eigen,rnn,cpu,5000,100,9,1,NaN,,,,,\n"));
  EXPECT_THAT(text, HasSubstr("1,eigen,rnn,cpu,5000,100,1,2,0.5,,,0.52,,0.8\n"));
}

TEST_F(QueryTest, TimingsAreMediansInMilliseconds) {
  const Table table = query(sql_of("timings"));
  ASSERT_EQ(table.rows.size(), 2U);
  EXPECT_EQ(table.rows[0][8], TableCell(std::int64_t{3}));
  EXPECT_EQ(table.rows[0][9], TableCell(std::int64_t{18}));
  EXPECT_EQ(table.rows[0][10], TableCell(20e-6));
}

TEST_F(QueryTest, FailuresAndSkippedGiveReasons) {
  EXPECT_THAT(aligned_text(query(sql_of("failures"))), HasSubstr("loss is not finite\\x1b[31m"));
  EXPECT_THAT(aligned_text(query(sql_of("skipped"))), HasSubstr("no GPU found"));
}

TEST_F(QueryTest, ParityGivesTheWorstErrors) {
  Store store(path_);
  store.add_parity(
      a_parity_record({a_parity_error("head.bias", 2e-6), a_parity_error("head.kernel", std::nan(""))}));
  const Table table = query("SELECT record, verdict, gradients, loss, failed, comparisons FROM (" +
                            sql_of("parity").substr(0, sql_of("parity").rfind(';')) + ")");
  EXPECT_EQ(csv_text(table),
            "record,verdict,gradients,loss,failed,comparisons\n"
            "2,not shown,NaN,,1,2\n"
            "1,shown,2e-06,,0,2\n");
}

TEST_F(QueryTest, ParityEndsWithWhatSeedsShow) {
  Store store(path_);
  store.add_parity_seeds(
      store.add_parity(a_parity_record({a_parity_error("a", 1e-7), a_parity_error("b", 1)})),
      some_parity_seeds());
  const Table table = query(sql_of("parity"));
  ASSERT_EQ(table.rows.size(), 2U);
  EXPECT_EQ(table.columns.back(), "accuracy");
  EXPECT_EQ(table.rows[0].back(), TableCell("equivalent (margin 1, 2 seeds, p = 0.045)"));
  EXPECT_EQ(table.rows[1].back(), TableCell());
  for (const auto& [change, text] : {std::pair{"p = 0.0009", "p < 0.001"},
                                     std::pair{"low = 0.3, high = 0.3, p = 0", "every seed alike"}}) {
    execute(path_, std::string("UPDATE parity_equivalences SET ") + change);
    EXPECT_EQ(query(sql_of("parity")).rows[0].back(),
              TableCell(std::string("equivalent (margin 1, 2 seeds, ") + text + ")"));
  }
  EXPECT_EQ(table.rows[0][table.columns.size() - 3], TableCell(std::int64_t{2})) << "errors counted twice";
}

TEST(NamedQueries, UnknownNamesGetTheNearest) {
  EXPECT_THAT(message_of<ConfigError>([] { sql_of("sumary"); }), HasSubstr("did you mean 'summary'?"));
  EXPECT_EQ(sql_of("SELECT 1"), "SELECT 1");
  EXPECT_EQ(sql_of("VALUES(1)"), "VALUES(1)");
}

TEST_F(QueryTest, BestWithinLeavesOutWhatTrainsLonger) {
  QueryLimits limits;
  limits.named = {{"seconds", 1.0}};
  EXPECT_TRUE(query_table(*database_, sql_of("best-within"), {}, limits).rows.empty());
  limits.named = {{"seconds", 1.5}};
  EXPECT_EQ(query_table(*database_, sql_of("best-within"), {}, limits).rows.size(), 2U);
  EXPECT_THAT(message_of<ConfigError>([&] { query(sql_of("best-within")); }),
              HasSubstr("--param seconds=VALUE"));
  limits.named["secnds"] = 1.0;
  EXPECT_THAT(message_of<ConfigError>([&] { query_table(*database_, sql_of("best-within"), {}, limits); }),
              HasSubstr("did you mean 'seconds'?"));
}

TEST_F(QueryTest, OnesOwnQueriesAreFilesWithPlaceInMessages) {
  const auto write = [&](const std::string& name, const std::string& text) {
    std::ofstream(folder_ / name) << text;
  };
  write("mine.sql", "-- what I want\nSELECT count(*) FROM run_summary\nWHERE sed = 1;\n");
  write("best.sql", "-- another best\nSELECT 1;\n");
  const std::vector<NamedQuery> queries = named_queries(folder_);
  EXPECT_EQ(queries.size(), named_queries().size() + 1);
  EXPECT_EQ(find_query(queries, "best").description, "another best");
  QueryLimits limits;
  limits.place = find_query(queries, "mine").place;
  EXPECT_THAT(
      message_of<ConfigError>([&] { query_table(*database_, find_query(queries, "mine").sql, {}, limits); }),
      HasSubstr((folder_ / "mine.sql").string() + ":3: the query fails: no such column: sed"));
  write("bare.sql", "SELECT 1;\n");
  EXPECT_THAT(message_of<ConfigError>([&] { named_queries(folder_); }),
              HasSubstr("bare.sql:1: the first line"));
}

// The plain sqlite3 program, without this project's functions, answers the common question.
TEST_F(QueryTest, TheSqliteProgramAnswersInOneReadableQuery) {
  if (std::system("command -v sqlite3 >/dev/null") != 0) GTEST_SKIP() << "no sqlite3 program";
  const std::string command =
      "sqlite3 '" + path_.string() +
      "' \"SELECT engine, cell, vocabulary, length, round(avg(test_accuracy), 4), count(*) FROM run_summary "
      "WHERE status = 'finished' GROUP BY engine, cell, vocabulary, length\"";
  FILE* pipe = popen(command.c_str(), "r");
  ASSERT_NE(pipe, nullptr);
  std::string output;
  for (int letter = 0; (letter = fgetc(pipe)) != EOF;) output += static_cast<char>(letter);
  EXPECT_EQ(pclose(pipe), 0);
  EXPECT_EQ(output, "eigen|rnn|5000|100|0.81|3\nlibtorch|rnn|5000|100|0.91|3\n");
}

}  // namespace
}  // namespace rnnbench
