#include "results/exchange/parquet_sql.hpp"

#include "tests/results/exchange/exchange_fixture.hpp"
#include "tests/support/python.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;
namespace fs = std::filesystem;

TEST(ParquetSql, NamesEachTableWithItsTypes) {
  const TableShape table{
      "shape",
      {{"number", ColumnType::kInteger}, {"real", ColumnType::kReal}, {"text"}, {"bytes", ColumnType::kBlob}},
      {}};
  EXPECT_THAT(parquet_sql({table}),
              HasSubstr("{'number': 'BIGINT', 'real': 'DOUBLE', 'text': 'VARCHAR', 'bytes': 'VARCHAR'}"));
  EXPECT_THAT(parquet_sql({table}), HasSubstr("REPLACE (from_base64(\"bytes\") AS \"bytes\")"));
  EXPECT_THAT(parquet_sql({table}), HasSubstr("TO 'shape.parquet' (FORMAT parquet);"));
}

class Parquet : public ExchangeTest {};

// Catches: a value that DuckDB reads otherwise: an empty text as NULL, digits as a number, a line end as a
// row's.
TEST_F(Parquet, HoldsTheValuesOfTheDatabase) {
  if (!python_has("duckdb"))
    GTEST_SKIP() << python() << " has no duckdb (RNNBENCH_PYTHON names another Python)";
  const fs::path tables = folder_ / "tables";
  write_csv(tables, all_runs());
  const std::string write =
      fmt::format("cd '{}' && '{}' -c 'import duckdb; duckdb.sql(open(\"parquet.sql\").read())'",
                  tables.string(), python());
  ASSERT_EQ(std::system(write.c_str()), 0);
  const std::string compare = fmt::format("'{}' '{}/tests/results/exchange/parquet_equals.py' '{}' '{}'",
                                          python(), RNNBENCH_SOURCE_DIR, path_.string(), tables.string());
  EXPECT_EQ(std::system(compare.c_str()), 0);
}

}  // namespace
}  // namespace rnnbench
