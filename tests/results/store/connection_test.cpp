#include "results/store/connection.hpp"

#include <SQLiteCpp/Transaction.h>
#include <sys/stat.h>

#include <fstream>

#include "harness/core/files.hpp"
#include "results/store/store.hpp"
#include "tests/results/store/ordinary_user.hpp"
#include "tests/results/store/store_fixture.hpp"

namespace rnnbench {
namespace {

using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
namespace fs = std::filesystem;

class ConnectionTest : public StoreTest {
 protected:
  std::string refusal() {
    return message_of<StoreError>([&] { open_for_writing(path_, std::chrono::milliseconds(50)); });
  }
  std::string reading_refusal() {
    return message_of<StoreError>([&] { open_for_reading(path_, std::chrono::milliseconds(50)); });
  }
  void write(const std::string& content) { std::ofstream(path_, std::ios::binary) << content; }
};

TEST_F(ConnectionTest, CreatesTheFileAndItsFolders) {
  const fs::path deep = folder_ / "a" / "b" / "results.db";
  open_for_writing(deep);
  EXPECT_EQ(scalar(deep, "PRAGMA user_version"), "6");
  EXPECT_EQ(scalar(deep, "PRAGMA application_id"), std::to_string(0x524E4E42));
  EXPECT_EQ(scalar(deep, "PRAGMA journal_mode"), "wal");
  EXPECT_EQ(scalar(deep, "SELECT count(*) FROM run_summary"), "0");
}

TEST_F(ConnectionTest, EnforcesForeignKeysAndFullSynchronisation) {
  Connection connection = open_for_writing(path_);
  EXPECT_EQ(connection.database.execAndGet("PRAGMA foreign_keys").getInt(), 1);
  EXPECT_EQ(connection.database.execAndGet("PRAGMA synchronous").getInt(), 2);
}

TEST_F(ConnectionTest, OpensAgainWithItsContent) {
  open_for_writing(path_).database.exec("INSERT INTO review_sets VALUES ('digest', x'01')");
  Connection again = open_for_writing(path_);
  EXPECT_EQ(again.database.execAndGet("SELECT count(*) FROM review_sets").getInt(), 1);
}

TEST_F(ConnectionTest, TakesAnEmptyFileAsNew) {
  write("");
  open_for_writing(path_);
  EXPECT_EQ(scalar(path_, "PRAGMA user_version"), "6");
}

TEST_F(ConnectionTest, SpecialNamesAreFiles) {
  const fs::path old = fs::current_path();
  fs::current_path(folder_);
  Store(fs::path(":memory:")).begin_run(a_start());
  Store(fs::path("file:x?mode=memory#%41")).begin_run(a_start());
  fs::current_path(old);
  EXPECT_EQ(scalar(folder_ / ":memory:", "SELECT count(*) FROM runs"), "1");
  EXPECT_EQ(scalar(folder_ / "file:x?mode=memory#%41", "SELECT count(*) FROM runs"), "1");
}

TEST_F(ConnectionTest, RefusesANewerSchemaAndLeavesIt) {
  open_for_writing(path_);
  execute(path_, "PRAGMA user_version = 9");
  const std::string before = read_file(path_);
  const std::string expected =
      path_.string() +
      " was written by a newer rnnbench (schema 9; this one knows 6); update rnnbench or give another file "
      "with --db";
  EXPECT_EQ(refusal(), expected);
  EXPECT_EQ(reading_refusal(), expected);
  EXPECT_EQ(read_file(path_), before);
}

TEST_F(ConnectionTest, RefusesAnotherProgramsDatabaseAndLeavesIt) {
  for (const char* sql :
       {"CREATE TABLE songs (name)", "PRAGMA application_id = 7", "PRAGMA user_version = 1"}) {
    fs::remove(path_);
    execute(path_, sql);
    const std::string before = read_file(path_);
    EXPECT_THAT(refusal(), AllOf(HasSubstr(path_.string()), HasSubstr("another program"), HasSubstr("--db")));
    EXPECT_THAT(reading_refusal(), HasSubstr("another program"));
    EXPECT_EQ(read_file(path_), before) << sql;
    EXPECT_EQ(scalar(path_, "PRAGMA journal_mode"), "delete");
  }
}

TEST_F(ConnectionTest, RefusesWhatIsNoDatabaseAndLeavesIt) {
  for (const std::string& content : {std::string("hello"), std::string(5000, 'x'), std::string(4096, '\0')}) {
    write(content);
    EXPECT_THAT(refusal(), AllOf(HasSubstr(path_.string()), HasSubstr("no results database")));
    EXPECT_THAT(reading_refusal(), HasSubstr("no results database"));
    EXPECT_EQ(read_file(path_), content);
  }
}

TEST_F(ConnectionTest, SaysWhenTheFileIsTruncated) {
  Store(path_).begin_run(a_start());
  const std::string whole = read_file(path_);
  write(whole.substr(0, whole.size() / 2));
  EXPECT_THAT(refusal(), AllOf(HasSubstr(path_.string()), HasSubstr("damaged"), HasSubstr(".recover")));
  EXPECT_THAT(reading_refusal(), HasSubstr("damaged"));
}

TEST_F(ConnectionTest, SaysWhenPagesAreOverwritten) {
  Store(path_).begin_run(a_start());
  std::string content = read_file(path_);
  content.replace(4096, content.size() - 4096, content.size() - 4096, '\x5A');
  write(content);
  EXPECT_THAT(message_of<StoreError>([&] { Store(path_).begin_run(a_start()); }), HasSubstr("damaged"));
}

TEST_F(ConnectionTest, RefusesAFolder) {
  EXPECT_THAT(message_of<StoreError>([&] { open_for_writing(folder_); }),
              AllOf(HasSubstr("is a folder"), EndsWith((folder_ / "results.db").string())));
  EXPECT_THAT(message_of<StoreError>([&] { open_for_reading(folder_); }), HasSubstr("is a folder"));
}

TEST_F(ConnectionTest, RefusesAnEmptyPath) {
  EXPECT_THAT(message_of<StoreError>([] { open_for_writing(""); }), HasSubstr("--db"));
}

TEST_F(ConnectionTest, RefusesAFolderThatCannotBeMade) {
  write("a file");
  EXPECT_THAT(message_of<StoreError>([&] { open_for_writing(path_ / "results.db"); }),
              AllOf(HasSubstr(path_.string()), HasSubstr("--db")));
}

TEST_F(ConnectionTest, RefusesAnUnwritableFolder) {
  chmod(folder_.c_str(), 0555);
  const OrdinaryUser user;
  EXPECT_THAT(refusal(), AllOf(HasSubstr(path_.string()), HasSubstr("permissions"), HasSubstr("--db")));
  EXPECT_FALSE(fs::exists(path_));
}

TEST_F(ConnectionTest, RefusesAReadOnlyFile) {
  Store(path_).begin_run(a_start());
  const std::string before = read_file(path_);
  chmod(folder_.c_str(), 0777);
  chmod(path_.c_str(), 0444);
  {
    const OrdinaryUser user;
    EXPECT_THAT(refusal(), AllOf(HasSubstr(path_.string()), HasSubstr("read-only"), HasSubstr("--db")));
  }
  EXPECT_EQ(read_file(path_), before);
}

TEST_F(ConnectionTest, ReadsFromAReadOnlyFolder) {
  const fs::path odd = folder_ / "50%?#.db";
  Store(odd).begin_run(a_start());
  chmod(odd.c_str(), 0444);
  chmod(folder_.c_str(), 0555);
  {
    const OrdinaryUser user;
    Connection connection = open_for_reading(odd);
    EXPECT_EQ(connection.database.execAndGet("SELECT count(*) FROM runs").getInt(), 1);
  }
  chmod(folder_.c_str(), 0755);
}

TEST_F(ConnectionTest, ReadsNothingWhereNothingIs) {
  const std::string expected =
      "no results yet at " + path_.string() + "; run `rnnbench run experiments/quick.toml` first";
  EXPECT_EQ(reading_refusal(), expected);
  EXPECT_FALSE(fs::exists(path_));
  write("");
  EXPECT_EQ(reading_refusal(), expected);
}

TEST_F(ConnectionTest, SaysWhenAnotherProcessKeepsTheLock) {
  open_for_writing(path_);
  SQLite::Database other(path_.string(), SQLite::OPEN_READWRITE);
  const SQLite::Transaction lock(other, SQLite::TransactionBehavior::IMMEDIATE);
  Store store(std::make_unique<Connection>(open_for_writing(path_, std::chrono::milliseconds(20))));
  EXPECT_THAT(message_of<StoreError>([&] { store.begin_run(a_start()); }),
              AllOf(HasSubstr(path_.string()), HasSubstr("another process keeps it locked")));
}

}  // namespace
}  // namespace rnnbench
