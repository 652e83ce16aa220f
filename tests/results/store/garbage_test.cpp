#include "results/store/garbage.hpp"

#include "harness/core/files.hpp"
#include "results/store/backup.hpp"
#include "results/store/store.hpp"
#include "tests/results/store/database_dump.hpp"
#include "tests/results/store/past_schemas.hpp"
#include "tests/results/store/store_fixture.hpp"

namespace rnnbench {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;
namespace fs = std::filesystem;
using std::chrono::seconds;

class GarbageTest : public StoreTest {
 protected:
  /// A finished run with a file, and things that nothing needs: two files, an environment, a trial, labels.
  GarbageTest() {
    Store store(path_);
    const RunId run = store.begin_run(a_start());
    RunEnd end = an_end();
    end.artifacts = {file("named")};
    store.end_run(run, end);
    file("unnamed");
    file("old-checkpoint");
    execute(path_,
            "INSERT INTO environments (digest, content) VALUES ('x', '{}'); INSERT INTO review_sets VALUES "
            "('y', x'0100');"
            "INSERT INTO checkpoints VALUES (1, 1, 'results.files/old-checkpoint', '', 1);"
            "INSERT INTO experiments (name, question, config, created) VALUES ('e', '', 'abc', '')");
    store.add_trials(a_start().experiment, {a_trial()});
    store.add_trials({"planned", "", ""}, {a_trial("libtorch")});
    execute(path_, "INSERT INTO trials SELECT NULL, 'k', '{}', '', '', '', '', '', 0, 0");
  }

  ArtifactRecord file(const std::string& name) const {
    write_file_atomically(files_ / name, name);
    return {name, "results.files/" + name, sha256_hex(name), static_cast<std::int64_t>(name.size())};
  }
  std::set<std::string> files() const {
    std::set<std::string> names;
    for (const auto& entry : fs::directory_iterator(files_)) names.insert(entry.path().filename().string());
    return names;
  }
  static std::vector<std::int64_t> counts(const GarbageReport& report) {
    std::vector<std::int64_t> counts;
    for (const Garbage& garbage : report.removed) counts.push_back(garbage.count);
    return counts;
  }

  const fs::path files_ = folder_ / "results.files";
};

TEST_F(GarbageTest, WhatNothingNeedsIsRemovedAndTheRestStays) {
  const GarbageReport report = collect_garbage(path_, Removal::kReal, seconds(0));
  EXPECT_THAT(counts(report), ElementsAre(1, 1, 1, 1, 1, 2));
  EXPECT_EQ(report.removed[3].bytes, 2);   // {}
  EXPECT_EQ(report.removed[5].bytes, 21);  // unnamed, old-checkpoint
  EXPECT_THAT(files(), ElementsAre("named"));
  EXPECT_EQ(scalar(path_,
                   "SELECT (SELECT count(*) FROM runs)||(SELECT count(*) FROM trials)||"
                   "(SELECT count(*) FROM experiments)||(SELECT count(*) FROM environments)"),
            "1221");
  EXPECT_EQ(scalar(path_, "SELECT count(*) FROM pragma_foreign_key_check"), "0");
  EXPECT_THAT(counts(collect_garbage(path_, Removal::kReal, seconds(0))), ElementsAre(0, 0, 0, 0, 0, 0));
}

TEST_F(GarbageTest, ADryRunSaysTheSameAndChangesNothing) {
  const auto before = rows_of(path_);
  const auto files_before = files();
  EXPECT_THAT(counts(collect_garbage(path_, Removal::kDry, seconds(0))), ElementsAre(1, 1, 1, 1, 1, 2));
  EXPECT_EQ(rows_of(path_), before);
  EXPECT_EQ(files(), files_before);
}

TEST_F(GarbageTest, NoFileGoesWhileARunMayUseIt) {
  Store store(path_);
  const RunId run = store.begin_run(a_start(2));
  const GarbageReport report = collect_garbage(path_, Removal::kReal, seconds(0));
  EXPECT_THAT(report.files_kept_because, HasSubstr("run 2 is running"));
  EXPECT_EQ(files().size(), 3U);
  execute(path_, "UPDATE runs SET host = 'elsewhere' WHERE id = 2");
  EXPECT_THAT(collect_garbage(path_, Removal::kReal, seconds(0)).files_kept_because, HasSubstr("elsewhere"));
  store.end_run(run, an_end());
  collect_garbage(path_, Removal::kReal, seconds(0));
  EXPECT_THAT(files(), ElementsAre("named"));
}

TEST_F(GarbageTest, ARunOfADeadProcessKeepsItsCheckpointOnly) {
  execute(path_, "UPDATE runs SET status = 'running', process = 999999999");
  collect_garbage(path_, Removal::kReal, seconds(0));
  EXPECT_THAT(files(), UnorderedElementsAre("named", "old-checkpoint"));
}

TEST_F(GarbageTest, YoungFilesStay) {
  EXPECT_THAT(collect_garbage(path_, Removal::kReal).files, IsEmpty());
  fs::last_write_time(files_ / "unnamed", fs::file_time_type::clock::now() - std::chrono::hours(2));
  EXPECT_THAT(collect_garbage(path_, Removal::kReal).files, ElementsAre("results.files/unnamed"));
}

// A backup beside the database names the same files.
TEST_F(GarbageTest, FilesThatADatabaseBesideItNamesStay) {
  back_up(path_, folder_ / "copy.db");
  execute(path_, "DELETE FROM artifacts");
  collect_garbage(path_, Removal::kReal, seconds(0));
  EXPECT_TRUE(fs::exists(files_ / "named"));
  make_past_database(folder_ / "past.db", 1);
  fs::remove(folder_ / "copy.db");
  collect_garbage(path_, Removal::kReal, seconds(0));
  EXPECT_FALSE(fs::exists(files_ / "named"));
}

TEST_F(GarbageTest, NoDatabaseIsMade) {
  EXPECT_THAT(message_of<StoreError>([&] { collect_garbage(folder_ / "none.db", Removal::kReal); }),
              HasSubstr("no results yet"));
  EXPECT_FALSE(fs::exists(folder_ / "none.db"));
}

}  // namespace
}  // namespace rnnbench
