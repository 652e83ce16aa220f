#include "results/store/statement_cache.hpp"

#include "tests/results/store/store_fixture.hpp"

namespace rnnbench {
namespace {

class StatementCacheTest : public testing::Test {
 protected:
  std::int64_t count() { return database_.execAndGet("SELECT count(*) FROM t").getInt64(); }

  SQLite::Database database_{":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE};
  StatementCache statements_{database_};
};

constexpr const char* kInsert = "INSERT INTO t VALUES (?, ?)";

TEST_F(StatementCacheTest, OneTextIsPreparedOnce) {
  database_.exec("CREATE TABLE t (a, b)");
  for (int i = 0; i < 3; ++i) EXPECT_EQ(statements_.get(kInsert).execute(i, "text"), 1);
  EXPECT_EQ(count(), 3);
  EXPECT_EQ(statements_.get(kInsert).operator->(), statements_.get(kInsert).operator->());
}

// A statement left open would keep its transaction from ending.
TEST_F(StatementCacheTest, AReturnedStatementIsReset) {
  database_.exec("CREATE TABLE t (a UNIQUE, b); INSERT INTO t VALUES (1, 2), (3, 4)");
  for (int i = 0; i < 2; ++i) {
    LentStatement rows = statements_.get("SELECT a FROM t ORDER BY a");
    ASSERT_TRUE(rows->executeStep());
    EXPECT_EQ(rows->getColumn(0).getInt(), 1);
  }
  database_.exec("DROP TABLE t");
}

TEST_F(StatementCacheTest, AFailureLeavesTheStatementUsable) {
  database_.exec("CREATE TABLE t (a UNIQUE, b)");
  statements_.get(kInsert).execute(1, 2);
  EXPECT_THROW(statements_.get(kInsert).execute(1, 2), SQLite::Exception);
  EXPECT_EQ(statements_.get(kInsert).execute(2, 2), 1);
}

TEST_F(StatementCacheTest, NoBytesAreABlobAndNotNull) {
  database_.exec("CREATE TABLE t (a, b)");
  LentStatement insert = statements_.get(kInsert);
  insert.bind(1);
  insert.bind_blob(2, {});
  insert->exec();
  EXPECT_EQ(database_.execAndGet("SELECT typeof(b)||length(b) FROM t").getString(), "blob0");
}

}  // namespace
}  // namespace rnnbench
