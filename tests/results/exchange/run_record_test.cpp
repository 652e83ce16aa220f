#include "results/exchange/run_record.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/core/error.hpp"
#include "results/exchange/staged_runs.hpp"
#include "tests/results/exchange/exchanged_runs.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/thrown.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;

class RunRecordTest : public testing::Test {
 protected:
  RunRecordTest() { make_exchanged_runs(path_); }

  RunRecord record(RunId run = 1) {
    SQLite::Database database(path_.string());
    return read_run(database, run);
  }

  TemporaryFolder folder_;
  std::filesystem::path path_ = folder_.path() / "results.db", copy_ = folder_.path() / "copy.db";
};

// Catches: a column or table that is forgotten, NaN or an infinity that is lost, bytes that are no UTF-8.
TEST_F(RunRecordTest, GivesTheRunAgain) {
  StagedRuns staged;
  for (const RunId run : all_runs(path_)) staged.add(record(run));
  const MergeReport report = staged.merge_into(copy_);
  EXPECT_EQ(report.added, 4);
  EXPECT_EQ(report.running, 1);
  EXPECT_EQ(contents_of(copy_), contents_of(path_));
  EXPECT_EQ(contents_of(copy_).size(), 4U);

  StagedRuns again;
  for (const RunId run : all_runs(path_)) again.add(record(run));
  EXPECT_EQ(again.merge_into(copy_).added, 0);
}

TEST_F(RunRecordTest, OfHostileFormIsRefusedAndTheOthersStay) {
  StagedRuns staged;
  staged.add(record(1));
  const auto refused = [&](const auto& change) {
    RunRecord changed = record(2);
    change(changed);
    return message_of<EnvironmentError>([&] { staged.add(changed); });
  };
  EXPECT_THAT(refused([](RunRecord& run) { run.rows["run"]["x; DROP TABLE runs"] = 1; }),
              HasSubstr("doesn't know"));
  EXPECT_THAT(refused([](RunRecord& run) { run.rows["run"].erase("seed"); }), HasSubstr("NOT NULL"));
  EXPECT_THAT(refused([](RunRecord& run) { run.rows["run"]["seed"] = "x"; }),
              HasSubstr("no results database can hold it"));
  EXPECT_THAT(refused([](RunRecord& run) { run.rows["run"]["status"] = "well"; }),
              HasSubstr("no results database can hold it"));
  EXPECT_THAT(refused([](RunRecord& run) { run.rows["run"]["note"] = Json::array({1}); }),
              HasSubstr("no column can have"));
  EXPECT_THAT(refused([](RunRecord& run) { run.rows["trial"]["settings"] = "{}"; }),
              HasSubstr("key stands for"));
  EXPECT_THAT(refused([](RunRecord& run) { run.rows.erase("timings"); }), HasSubstr("lacks a part"));
  EXPECT_THAT(refused([](RunRecord& run) {
                run.rows["tags"] = {1, Json::object()};
              }),
              HasSubstr("no column can have"));
  EXPECT_THAT(refused([](RunRecord& run) {
                run.metrics = {{"a", "", "", {{1, -1, 1}, {1, -1, 2}}}};
              }),
              HasSubstr("UNIQUE"));
  staged.merge_into(copy_);
  EXPECT_EQ(all_runs(copy_).size(), 1U);
}

}  // namespace
}  // namespace rnnbench
