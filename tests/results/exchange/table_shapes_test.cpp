#include "results/exchange/table_shapes.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <set>

#include "tests/results/store/database_dump.hpp"
#include "tests/results/store/past_schemas.hpp"

namespace rnnbench {
namespace {

TEST(TableShapes, AreThoseThatTheMigrationsMake) {
  for (int schema = 1; schema <= newest_schema(); ++schema) {
    SQLite::Database database(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    migrate(database, ":memory:", schema);
    TableColumns found;
    for (const TableShape& table : table_shapes(schema)) {
      for (const ColumnShape& column : table.columns) found[table.name].push_back(column.name);
    }
    EXPECT_EQ(found, tables_of(database)) << schema;
  }
}

TEST(TableShapes, ComeAfterThoseThatTheyReferTo) {
  std::set<std::string> before;
  int references = 0;
  for (const TableShape& table : table_shapes(newest_schema())) {
    for (const TableReference& reference : table.references) {
      EXPECT_TRUE(before.contains(reference.table)) << table.name << " before " << reference.table;
      ++references;
    }
    before.insert(table.name);
  }
  EXPECT_GT(references, 15);
}

TEST(TableShapes, KnowTypesAndParts) {
  const auto tables = table_shapes(newest_schema());
  const auto timings = std::ranges::find(tables, "timings", &TableShape::name);
  EXPECT_EQ(timings->columns.front().type, ColumnType::kInteger);
  EXPECT_EQ(timings->columns.back().type, ColumnType::kBlob);
  ASSERT_EQ(timings->references.size(), 1U);
  EXPECT_EQ(timings->references[0].table, "runs");
  EXPECT_EQ(timings->references[0].to, "id");
  EXPECT_TRUE(timings->references[0].is_part);
  const auto predictions = std::ranges::find(tables, "predictions", &TableShape::name);
  EXPECT_EQ(std::ranges::count(predictions->references, false, &TableReference::is_part), 1)
      << "reviews are shared";
}

}  // namespace
}  // namespace rnnbench
