#include "results/store/salvage.hpp"

#include "results/store/check.hpp"
#include "tests/results/store/damaged_database.hpp"
#include "tests/results/store/database_dump.hpp"
#include "tests/results/store/past_schemas.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;
namespace fs = std::filesystem;

class SalvageTest : public StoreTest {
 protected:
  SalvagedTable saved(const std::string& table) {
    for (const SalvagedTable& one : tables_) {
      if (one.table == table) return one;
    }
    ADD_FAILURE() << table;
    return {};
  }
  long count(const fs::path& path, const std::string& table) {
    return std::stol(scalar(path, "SELECT count(*) FROM " + table));
  }
  /// What was saved is sound, and part of what was there.
  void expect_part_of(const std::multiset<std::string>& whole) {
    EXPECT_FALSE(check_database(output_).is_damaged);
    const auto part = rows_of(output_);
    EXPECT_TRUE(std::includes(whole.begin(), whole.end(), part.begin(), part.end()));
    for (const SalvagedTable& one : tables_) EXPECT_EQ(count(output_, one.table), one.saved) << one.table;
  }

  const fs::path output_ = folder_ / "new" / "saved.db";
  std::vector<SalvagedTable> tables_;
};

TEST_F(SalvageTest, AWholeDatabaseComesOutWhole) {
  make_whole_database(path_);
  tables_ = salvage(path_, output_);
  EXPECT_EQ(rows_of(output_), rows_of(path_));
  for (const SalvagedTable& one : tables_) EXPECT_EQ(one.unreadable + one.refused, 0) << one.table;
}

TEST_F(SalvageTest, AllButADamagedPageOfMetricsIsSaved) {
  make_whole_database(path_);
  const auto whole = rows_of(path_);
  const long metrics = count(path_, "metrics");
  damage_page_of(path_, "metrics");
  tables_ = salvage(path_, output_);
  expect_part_of(whole);
  EXPECT_EQ(count(output_, "runs"), kRunsOfAWholeDatabase);
  EXPECT_EQ(count(output_, "timings"), kRunsOfAWholeDatabase * 30);
  EXPECT_LT(saved("metrics").saved, metrics);
  EXPECT_GT(saved("metrics").saved, metrics - 250);  // a page holds about 100
  EXPECT_GE(saved("metrics").unreadable, 1);
}

TEST_F(SalvageTest, RunsOnBothSidesOfADamagedPageAreSavedWithTheirMetrics) {
  make_whole_database(path_);
  const auto whole = rows_of(path_);
  damage_page_of(path_, "runs");
  tables_ = salvage(path_, output_);
  expect_part_of(whole);
  EXPECT_GT(saved("runs").saved, kRunsOfAWholeDatabase / 2);
  EXPECT_LT(saved("runs").saved, kRunsOfAWholeDatabase);
  EXPECT_GE(saved("runs").unreadable, kRunsOfAWholeDatabase - saved("runs").saved);
  EXPECT_EQ(scalar(output_, "SELECT max(id) FROM runs"), std::to_string(kRunsOfAWholeDatabase));
  EXPECT_EQ(scalar(output_, "SELECT count(*) FROM run_summary WHERE epochs <> 30"), "0");
  EXPECT_EQ(count(output_, "metrics"), saved("runs").saved * 61);
  EXPECT_GT(saved("timings").refused, 0);  // those of lost runs
}

// Catches: numbers that were tried counted as rows that are lost.
TEST_F(SalvageTest, CountsTheRowsThatWereThereWhenTheLastPageIsDamaged) {
  make_whole_database(path_);
  damage_page_of(path_, "runs", Page::kLast);
  tables_ = salvage(path_, output_);
  EXPECT_LT(saved("runs").saved, kRunsOfAWholeDatabase);
  EXPECT_EQ(saved("runs").unreadable, kRunsOfAWholeDatabase - saved("runs").saved);
  EXPECT_FALSE(saved("runs").is_more);
}

TEST_F(SalvageTest, SaysThatThereMayBeMoreWhereNoIndexKnows) {
  make_whole_database(path_);
  execute(path_,
          scalar(path_, "SELECT group_concat('DROP INDEX ' || name, ';') FROM pragma_index_list('runs')"));
  damage_page_of(path_, "runs", Page::kLast);
  tables_ = salvage(path_, output_);
  EXPECT_EQ(saved("runs").unreadable, 1);
  EXPECT_TRUE(saved("runs").is_more);
}

TEST_F(SalvageTest, AnOlderSchemaIsBroughtToThisOne) {
  make_past_database(path_, 1);
  tables_ = salvage(path_, output_);
  EXPECT_EQ(scalar(output_, "SELECT group_concat(id||status) FROM (SELECT id, status FROM runs ORDER BY id)"),
            "1finished,2failed,3interrupted,4skipped,7running");
  EXPECT_EQ(scalar(output_, "PRAGMA user_version"), std::to_string(migrations().size()));
  EXPECT_EQ(scalar(path_, "PRAGMA user_version"), "1");
}

TEST_F(SalvageTest, ReplacesNothing) {
  make_whole_database(path_);
  EXPECT_THAT(message_of<EnvironmentError>([&] { salvage(path_, path_); }), HasSubstr("exists already"));
}

}  // namespace
}  // namespace rnnbench
