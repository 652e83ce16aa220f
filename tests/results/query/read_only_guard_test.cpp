#include "results/query/read_only_guard.hpp"

#include "harness/core/files.hpp"
#include "tests/results/query/query_fixture.hpp"

namespace rnnbench {
namespace {

using testing::AnyOf;
using testing::HasSubstr;

// Catches: a guard that looks at the text, a read-only file as the only protection, VACUUM INTO writing a
// copy.
TEST_F(QueryTest, RefusesWhateverIsNotReading) {
  const std::string before = read_file(path_);
  const std::string other = (folder_ / "other.db").string();
  for (const std::string& sql : {
           std::string("INSERT INTO review_sets VALUES ('a', x'00')"),
           std::string("UPDATE runs SET seed = 5"),
           std::string("DELETE FROM runs"),
           std::string("REPLACE INTO review_sets VALUES ('a', x'00')"),
           std::string("WITH a AS (SELECT 1) DELETE FROM runs WHERE id IN a RETURNING id"),
           std::string("/* SELECT */ delete from runs"),
           std::string("DROP TABLE runs"),
           std::string("ALTER TABLE runs RENAME TO walks"),
           std::string("CREATE TABLE t (a)"),
           std::string("CREATE TEMP TABLE t AS SELECT 1"),
           std::string("CREATE TEMP VIEW v AS SELECT 1"),
           std::string("CREATE TEMP TRIGGER t AFTER INSERT ON runs BEGIN SELECT 1; END"),
           std::string("CREATE VIRTUAL TABLE temp.f USING fts5(a)"),
           std::string("CREATE INDEX i ON runs (seed)"),
           std::string("REINDEX"),
           std::string("ANALYZE"),
           "ATTACH '" + other + "' AS other",
           std::string("ATTACH ':memory:' AS other"),
           std::string("DETACH main"),
           "VACUUM INTO '" + other + "'",
           std::string("VACUUM"),
           std::string("BEGIN"),
           std::string("BEGIN IMMEDIATE"),
           std::string("COMMIT"),
           std::string("SAVEPOINT s"),
           std::string("PRAGMA writable_schema = 1"),
           std::string("PRAGMA journal_mode = delete"),
           std::string("PRAGMA user_version = 5"),
           std::string("PRAGMA query_only = 0"),
           std::string("PRAGMA temp_store_directory = '/'"),
           std::string("PRAGMA wal_checkpoint(TRUNCATE)"),
           std::string("PRAGMA optimize"),
           std::string("PRAGMA foreign_keys = 0"),
           std::string("SELECT load_extension('/lib/x.so')"),
           std::string("SELECT fts3_tokenizer('simple')"),
           std::string("EXPLAIN DELETE FROM runs"),
       }) {
    EXPECT_THAT(refusal(sql), AnyOf(HasSubstr("queries only read"), HasSubstr("not authorized"))) << sql;
  }
  EXPECT_EQ(read_file(path_), before);
  EXPECT_FALSE(std::filesystem::exists(other));
}

TEST_F(QueryTest, NamesWhatIsRefused) {
  EXPECT_THAT(refusal("DELETE FROM runs"), HasSubstr("(DELETE from runs)"));
  EXPECT_THAT(refusal("PRAGMA writable_schema = 1"), HasSubstr("(PRAGMA writable_schema)"));
  EXPECT_THAT(refusal("SELECT load_extension('x')"), HasSubstr("(function load_extension)"));
  EXPECT_THAT(refusal("SELECT 1 FROM nothing"), testing::Not(HasSubstr("only read")));
}

TEST_F(QueryTest, ShellFunctionsDoNotExist) {
  for (const char* sql :
       {"SELECT writefile('/tmp/x', 'y')", "SELECT readfile('/etc/passwd')", "SELECT edit('a')"}) {
    EXPECT_THAT(refusal(sql), HasSubstr("no such function"));
  }
}

TEST_F(QueryTest, AllowsWhatReads) {
  for (const char* sql :
       {"SELECT * FROM run_summary", "PRAGMA table_info(runs)", "SELECT name FROM pragma_table_info('runs')",
        "PRAGMA integrity_check", "PRAGMA user_version", "SELECT * FROM sqlite_schema", "EXPLAIN SELECT 1",
        "EXPLAIN QUERY PLAN SELECT * FROM run_summary", "VALUES (1), (2)",
        "SELECT value FROM json_each('[1,2]')", "SELECT sqrt(4), json_extract('{\"a\":1}', '$.a')",
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 3) SELECT i FROM n"}) {
    EXPECT_FALSE(query(sql).rows.empty()) << sql;
  }
}

}  // namespace
}  // namespace rnnbench
