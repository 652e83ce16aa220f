#include "tests/results/store/past_schemas.hpp"

#include <sys/stat.h>

#include "results/store/connection.hpp"
#include "results/store/store.hpp"
#include "tests/results/store/database_dump.hpp"
#include "tests/results/store/ordinary_user.hpp"
#include "tests/results/store/store_fixture.hpp"

namespace rnnbench {
namespace {

namespace fs = std::filesystem;

struct PastSchemas : StoreTest, testing::WithParamInterface<int> {
  PastSchemas() {
    make_past_database(path_, GetParam());
    SQLite::Database past(path_.string(), SQLite::OPEN_READONLY);
    tables_ = tables_of(past);
    rows_ = rows_of(past, tables_);
  }

  /// Each row of before is there, and the columns that were added since say what the rows say.
  void expect_migrated(SQLite::Database& database) const {
    const auto text = [&](const std::string& sql) { return database.execAndGet(sql).getString(); };
    EXPECT_EQ(rows_of(database, tables_), rows_);
    EXPECT_EQ(text("PRAGMA user_version"), std::to_string(migrations().size()));
    EXPECT_EQ(text("PRAGMA integrity_check"), "ok");
    EXPECT_EQ(text("SELECT count(*) FROM pragma_foreign_key_check"), "0");
    EXPECT_EQ(text("SELECT group_concat(uid) FROM (SELECT uid FROM runs ORDER BY id)"),
              "here-100-5000-1,here-100-5000-2,there-7-9-3,there-7-9-4,there-8-10-7");
    EXPECT_EQ(text("SELECT group_concat(epochs) FROM (SELECT epochs FROM runs ORDER BY id)"), "2,1,1,0,0");
    EXPECT_EQ(text("SELECT validation_accuracy||' '||test_accuracy||' '||test_loss||' '||round(seconds, 3) "
                   "FROM run_summary WHERE run = 1"),
              "0.8125 0.875 0.4375 2.5");
    EXPECT_EQ(text("SELECT count(*) FROM run_summary WHERE test_accuracy IS NOT NULL"), "1");
    EXPECT_EQ(text("SELECT seconds IS NULL AND estimated_seconds IS NULL FROM runs WHERE id = 7"), "1");
    EXPECT_EQ(text("SELECT count(*) FROM run_summary WHERE tags||note = '' AND resumes = 0"), "5");
  }

  TableColumns tables_;
  std::multiset<std::string> rows_;
};

TEST_P(PastSchemas, OpenForWriting) {
  Connection connection = open_for_writing(path_);
  expect_migrated(connection.database);
}

TEST_P(PastSchemas, GoOnWithNewRuns) {
  Store store(path_);
  const RunId run = store.begin_run(a_start());
  store.epoch_finished(run, an_epoch(1));
  store.end_run(run, an_end());
  EXPECT_EQ(scalar(path_, "SELECT count(*)||' '||count(DISTINCT uid) FROM runs"), "6 6");
}

// A reader gets the newest schema and leaves the file to the programs that know it.
TEST_P(PastSchemas, OpenForReadingAndStayAsTheyWere) {
  const std::string before = read_file(path_);
  {
    Connection connection = open_for_reading(path_);
    expect_migrated(connection.database);
  }
  EXPECT_EQ(read_file(path_), before);
}

// What another process has committed and not yet moved from its log into the file.
TEST_P(PastSchemas, ReadersSeeTheLogOfAWriter) {
  SQLite::Database writer(path_.string(), SQLite::OPEN_READWRITE);
  writer.exec("INSERT INTO review_sets VALUES ('late', x'01')");
  ASSERT_GT(fs::file_size(path_.string() + "-wal"), 0U);
  Connection connection = open_for_reading(path_);
  EXPECT_EQ(connection.database.execAndGet("SELECT count(*) FROM review_sets").getInt(), 2);
}

TEST_P(PastSchemas, AreReadFromAReadOnlyFileInAReadOnlyFolder) {
  chmod(path_.c_str(), 0444);
  chmod(folder_.c_str(), 0555);
  {
    const OrdinaryUser user;
    Connection connection = open_for_reading(path_);
    expect_migrated(connection.database);
  }
  chmod(folder_.c_str(), 0755);
}

INSTANTIATE_TEST_SUITE_P(Schemas, PastSchemas, testing::Range(1, kPastSchemas + 1));

// Catches: a migration that was added without rows of the schema before it.
TEST(PastSchemasTest, EveryPastSchemaHasItsRows) { EXPECT_EQ(kPastSchemas + 1, migrations().size()); }

}  // namespace
}  // namespace rnnbench
