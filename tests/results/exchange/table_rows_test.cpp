#include "results/exchange/table_rows.hpp"

#include "tests/results/exchange/exchange_fixture.hpp"

namespace rnnbench {
namespace {

class CountingWriter : public TableWriter {
 public:
  void begin_table(const TableShape& table) override { table_ = table.name; }
  void row(const std::vector<TableCell>& /*cells*/) override {
    ++counts[table_];
    if (on_first_row) std::exchange(on_first_row, nullptr)();
  }
  void end_table(std::int64_t rows) override { EXPECT_EQ(rows, counts[table_]); }

  std::map<std::string, int> counts;
  std::function<void()> on_first_row;

 private:
  std::string table_;
};

using TableRows = ExchangeTest;

TEST_F(TableRows, OfAllRunsAreTheWholeDatabase) {
  execute(path_,
          "INSERT INTO trials SELECT 99, 'planned', settings, engine, cell, device, data_set, recipe, "
          "vocabulary, length FROM trials WHERE id = 1");
  Database database(path_);
  CountingWriter writer;
  const TablesReport report = write_tables(database, all_runs(), writer, {});
  EXPECT_EQ(writer.counts, counts(path_));
  EXPECT_EQ(report.runs, 5);
  EXPECT_EQ(report.tables, static_cast<int>(counts(path_).size()));
}

// Catches: tables that are read at different moments, so that rows refer to none.
TEST_F(TableRows, AreOfOneMomentWhileOthersWrite) {
  const auto before = counts(path_);
  Database database(path_);
  CountingWriter writer;
  writer.on_first_row = [&] {
    execute(
        path_,
        "PRAGMA foreign_keys = ON; DELETE FROM runs WHERE id = 1; INSERT INTO run_tags VALUES (2, 'late')");
  };
  write_tables(database, all_runs(), writer, {});
  EXPECT_EQ(writer.counts, before);
  EXPECT_NE(counts(path_), before);
}

TEST_F(TableRows, EndWhereTheyAreAskedTo) {
  Database database(path_);
  CountingWriter writer;
  std::stop_source stop;
  writer.on_first_row = [&] { stop.request_stop(); };
  execute(path_,
          "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000) INSERT INTO "
          "metrics SELECT 1, 'many', '', i, -1, 0, '' FROM n");
  EXPECT_THROW(write_tables(database, all_runs(), writer, stop.get_token()), Interrupted);
}

}  // namespace
}  // namespace rnnbench
