#include "results/store/merge.hpp"

#include <cmath>

#include "harness/core/files.hpp"
#include "results/store/merge_files.hpp"
#include "results/store/store.hpp"
#include "tests/results/store/database_dump.hpp"
#include "tests/results/store/past_schemas.hpp"
#include "tests/results/store/store_fixture.hpp"

namespace rnnbench {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
namespace fs = std::filesystem;

class MergeTest : public StoreTest {
 protected:
  /// A database with two finished runs with files, one that failed, one that is not over, tags and parity.
  void make_database(const fs::path& path, const TrialRecord& trial, std::uint64_t seed) {
    Store store(path);
    RunStart start = a_start(seed, trial);
    start.experiment.tags = {"tag-of-" + path.stem().string()};
    store.add_trials(start.experiment, {trial});
    for (const std::uint64_t add : {0, 1}) {
      start.seed = seed + add;
      const RunId run = store.begin_run(start);
      store.epoch_finished(run, an_epoch(1));
      EpochRecord second = an_epoch(2);
      second.metrics[0].value = std::nan("");
      store.epoch_finished(run, second);
      RunEnd end = an_end();
      end.predictions = {{"test", "digest", {1, 0}, {0.5F, 0.25F}}};
      end.artifacts = {file_of(path, run, "parameters_best", "weights " + std::to_string(seed + add))};
      store.end_run(run, end);
    }
    RunEnd failed = an_end();
    failed.status = RunStatus::kFailed;
    failed.reason = "out of memory";
    start.seed = seed + 2;
    store.end_run(store.begin_run(start), failed);
    start.seed = seed + 3;
    store.begin_run(start);
    store.add_parity_seeds(store.add_parity(a_parity_record({a_parity_error("a", std::nan(""))})),
                           some_parity_seeds());
  }

  static ArtifactRecord file_of(const fs::path& database, RunId run, const std::string& kind,
                                const std::string& content) {
    const std::string name =
        files_folder(database).filename().string() + "/run-" + std::to_string(run) + "-best.safetensors";
    write_file_atomically(database.parent_path() / name, content);
    return {kind, name, sha256_hex(content), static_cast<std::int64_t>(content.size())};
  }

  const fs::path a_ = folder_ / "a" / "a.db", b_ = folder_ / "b" / "b.db",
                 into_ = folder_ / "into" / "all.db";
};

// Clocks of machines may differ by hours: what a later call planned is the newest all the same.
TEST_F(MergeTest, TakesNoExperimentForOneOfTheFuture) {
  make_database(a_, a_trial(), 1);
  execute(a_, "UPDATE experiments SET created = '2999-01-01T00:00:00Z'");
  merge_database(a_, b_);
  EXPECT_LT(scalar(b_, "SELECT max(created) FROM experiments"), "2900");
  EXPECT_GT(scalar(b_, "SELECT max(created) FROM experiments"), "2026");
}

TEST_F(MergeTest, TheUnionHoldsEachRunOnceWhateverTheOrder) {
  make_database(a_, a_trial("eigen"), 1);
  make_database(b_, a_trial("libtorch"), 1);
  const MergeReport first = merge_database(a_, into_), second = merge_database(b_, into_);
  EXPECT_EQ(first.added, 3);
  EXPECT_EQ(first.running, 1);
  EXPECT_EQ(first.files, 2);
  EXPECT_EQ(first.experiments, 1);
  EXPECT_EQ(second.added, 3);
  EXPECT_EQ(second.experiments, 0);
  EXPECT_EQ(second.trials, 1);
  EXPECT_THAT(second.conflicts, IsEmpty());
  EXPECT_THAT(second.missing_files, IsEmpty());
  EXPECT_EQ(scalar(into_, "SELECT count(*)||' '||count(DISTINCT uid) FROM runs"), "6 6");
  EXPECT_EQ(scalar(into_, "SELECT count(*) FROM metrics"), "22");
  EXPECT_EQ(scalar(into_, "SELECT count(*) FROM metrics WHERE value IS NULL"), "4");
  EXPECT_EQ(scalar(into_, "SELECT count(*)||hex(max(positive)) FROM predictions"), "40000003F0000803E");
  EXPECT_EQ(scalar(into_, "SELECT group_concat(tag) FROM experiment_tags"), "tag-of-a,tag-of-b");
  EXPECT_EQ(scalar(into_, "SELECT count(*) FROM parity_records"), "2");
  EXPECT_EQ(scalar(into_, "SELECT count(*) FROM parity_errors WHERE error IS NULL"), "2");
  EXPECT_EQ(scalar(into_, "PRAGMA integrity_check"), "ok");
  EXPECT_EQ(scalar(into_, "SELECT count(*) FROM pragma_foreign_key_check"), "0");
  SQLite::Database merged(into_.string());
  SQLite::Statement files(merged, "SELECT path, sha256 FROM artifacts");
  while (files.executeStep()) {
    EXPECT_TRUE(
        is_sound(into_.parent_path() / files.getColumn(0).getString(), files.getColumn(1).getString()));
  }

  const fs::path other_order = folder_ / "other" / "all.db";
  merge_database(b_, other_order);
  merge_database(a_, other_order);
  const std::string contents =
      "SELECT group_concat(line) FROM (SELECT uid||status||test_accuracy||(SELECT count(*) FROM metrics "
      "WHERE run_id = runs.id) AS line FROM runs ORDER BY uid)";
  EXPECT_EQ(scalar(into_, contents), scalar(other_order, contents));
}

TEST_F(MergeTest, AgainAddsNothing) {
  make_database(a_, a_trial("eigen"), 1);
  make_database(into_, a_trial("eigen"), 1);
  merge_database(a_, into_);
  const auto once = rows_of(into_);
  const MergeReport again = merge_database(a_, into_);
  EXPECT_EQ(again.added + again.completed + again.files + again.trials + again.parity_records, 0);
  EXPECT_EQ(again.known, 3);
  EXPECT_THAT(again.conflicts, IsEmpty());
  EXPECT_EQ(rows_of(into_), once);
}

// Numbers of runs in the two databases are the same: a file's name must not be.
TEST_F(MergeTest, FilesOfTheTargetStayItsOwn) {
  make_database(a_, a_trial("eigen"), 1);
  make_database(into_, a_trial("libtorch"), 11);
  merge_database(a_, into_);
  EXPECT_EQ(read_file(files_folder(into_) / "run-1-best.safetensors"), "weights 11");
  EXPECT_EQ(scalar(into_, "SELECT count(DISTINCT path) FROM artifacts"), "4");
}

// Catches: a file of the target is replaced by another one that its own name leads to.
TEST_F(MergeTest, AVocabularyOfAnotherContentGetsAnotherName) {
  make_database(a_, a_trial("eigen"), 1);
  make_database(b_, a_trial("eigen"), 11);
  for (const auto& [database, content] : {std::pair(a_, "ours"), std::pair(b_, "theirs")}) {
    const std::string name = files_folder(database).filename().string() + "/vocabulary-1.json";
    write_file_atomically(database.parent_path() / name, content);
    execute(database, "INSERT INTO artifacts SELECT id, 'vocabulary', '" + name + "', '" +
                          sha256_hex(content) + "', 4 FROM runs WHERE id = 1");
    EXPECT_THAT(merge_database(database, into_).missing_files, IsEmpty());
  }
  EXPECT_EQ(read_file(files_folder(into_) / "vocabulary-1.json"), "ours");
  EXPECT_EQ(read_file(into_.parent_path() /
                      scalar(into_, "SELECT min(path) FROM artifacts WHERE kind = 'vocabulary'")),
            "theirs");
}

TEST_F(MergeTest, OneFileOfTwoKindsStaysOneFile) {
  make_database(a_, a_trial("eigen"), 1);
  execute(a_, "INSERT INTO artifacts SELECT run_id, 'parameters_last', path, sha256, bytes FROM artifacts");
  EXPECT_EQ(merge_database(a_, into_).files, 2);
  EXPECT_EQ(scalar(into_, "SELECT count(*)||' '||count(DISTINCT path) FROM artifacts"), "4 2");
}

TEST_F(MergeTest, MissingFilesAreNamedAndTheRunsAdded) {
  make_database(a_, a_trial("eigen"), 1);
  fs::remove(files_folder(a_) / "run-1-best.safetensors");
  write_file_atomically(files_folder(a_) / "run-2-best.safetensors", "changed");
  const MergeReport report = merge_database(a_, into_);
  EXPECT_EQ(report.added, 3);
  EXPECT_THAT(report.missing_files, ElementsAre(HasSubstr("run-1-best"), HasSubstr("run-2-best")));
}

// A database from elsewhere must not make the program copy files from outside its folder.
TEST_F(MergeTest, PathsDoNotLeaveTheFolder) {
  make_database(a_, a_trial("eigen"), 1);
  write_file_atomically(folder_ / "secret", "secret");
  execute(a_, "UPDATE artifacts SET path = '../secret', sha256 = '" + sha256_hex("secret") +
                  "' WHERE run_id = 1");
  EXPECT_THAT(merge_database(a_, into_).missing_files, ElementsAre(HasSubstr("secret")));
}

TEST_F(MergeTest, AnInterruptedRunIsCompletedAndNeverTakenBack) {
  {
    Store store(a_);
    const RunId run = store.begin_run(a_start());
    store.epoch_finished(run, an_epoch(1));
    RunEnd end{RunStatus::kInterrupted, "interrupted", 1.0, {}, {}, {}};
    store.end_run(run, end);
  }
  fs::create_directories(b_.parent_path());
  fs::copy_file(a_, b_);
  execute(b_, "UPDATE runs SET status = 'running'");
  {
    Store store(b_);
    store.epoch_finished(1, an_epoch(2));
    store.end_run(1, an_end());
  }
  EXPECT_EQ(merge_database(a_, into_).added, 1);
  EXPECT_EQ(merge_database(b_, into_).completed, 1);
  EXPECT_EQ(merge_database(a_, into_).known, 1);
  EXPECT_EQ(scalar(into_, "SELECT count(*)||status||epochs FROM runs"), "1finished2");
  EXPECT_EQ(scalar(into_, "SELECT count(*) FROM metrics WHERE name = 'loss'"), "2");
}

TEST_F(MergeTest, OtherContentUnderOneNameIsAConflict) {
  make_database(a_, a_trial("eigen"), 1);
  merge_database(a_, into_);
  const auto before = rows_of(into_);
  execute(a_, "UPDATE metrics SET value = 0.9 WHERE run_id = 1 AND name = 'accuracy' AND split = 'test'");
  execute(a_, "DELETE FROM metrics WHERE run_id = 2 AND epoch = 2");  // a finished run against a longer one
  const MergeReport report = merge_database(a_, into_);
  EXPECT_THAT(
      report.conflicts,
      ElementsAre(AllOf(HasSubstr("run 1"), HasSubstr("finished here, finished there")), HasSubstr("run 2")));
  EXPECT_EQ(report.added, 0);
  EXPECT_EQ(rows_of(into_), before);
}

TEST_F(MergeTest, AnyOtherContentOfARunIsAConflict) {
  make_database(a_, a_trial("eigen"), 1);
  execute(a_, "INSERT INTO review_facts VALUES ('digest', x'0100000001000000', x'0909')");
  merge_database(a_, into_);
  fs::create_directories(b_.parent_path());
  for (const char* change : {"runs SET particulars = '{\"a\": 1}'", "runs SET output = output || char(0, 66)",
                             "timings SET median_ns = median_ns + 1", "timings SET count = count + 1"}) {
    fs::copy_file(a_, b_, fs::copy_options::overwrite_existing);
    execute(b_, std::string("UPDATE ") + change);
    EXPECT_GE(merge_database(b_, into_).differing, 2) << change;
  }
  execute(a_, "UPDATE review_facts SET ratings = x'0101'");
  EXPECT_THAT(merge_database(a_, into_).conflicts, ElementsAre(HasSubstr("review_facts")));
}

// Catches: a run is filed under a trial that isn't its own, or judged by the labels of others.
TEST_F(MergeTest, LeavesOutRunsOfWhatHasOtherContentHere) {
  make_database(a_, a_trial("eigen"), 1);
  merge_database(a_, into_);
  const auto before = rows_of(into_);
  const std::tuple<const char*, const char*, int> changes[] = {
      {"trials SET settings = '{\"epochs\": 9}'", "its trial has other content here", 3},
      {"environments SET content = '{}'", "its environment has other content here", 3},
      {"review_sets SET labels = x'0000'", "its set of reviews has other content here", 2}};
  for (const auto& [change, why, left_out] : changes) {
    fs::remove_all(b_.parent_path());
    make_database(b_, a_trial("eigen"), 11);
    execute(b_, std::string("UPDATE ") + change);
    const MergeReport report = merge_database(b_, into_);
    EXPECT_EQ(report.differing, left_out) << change;
    EXPECT_EQ(report.added, 3 - left_out) << change;
    EXPECT_THAT(report.conflicts, testing::Contains(HasSubstr(why)));
    EXPECT_EQ(scalar(into_, "SELECT count(*) FROM predictions"), "2");
  }
}

// Catches: half of a damaged source is added before the error.
TEST_F(MergeTest, RefusesReferencesToNothingBeforeItAddsAny) {
  for (const char* column : {"trial_id", "environment_id", "experiment_id"}) {
    fs::remove_all(a_.parent_path());
    make_database(a_, a_trial("eigen"), 1);
    execute(a_, std::string("UPDATE runs SET ") + column + " = 99 WHERE id = 2");
    try {
      merge_database(a_, into_);
      ADD_FAILURE() << column;
    } catch (const StoreError& error) {
      EXPECT_THAT(error.what(), AllOf(HasSubstr("rows of runs refer to none of"), HasSubstr("check --db")));
    }
    EXPECT_EQ(scalar(into_, "SELECT count(*) FROM trials"), "0");
  }
}

TEST_F(MergeTest, NotesAreKeptAndAddedWhereNoneIs) {
  make_database(a_, a_trial("eigen"), 1);
  merge_database(a_, into_);
  execute(a_, "UPDATE runs SET note = 'a note'; INSERT INTO run_tags VALUES (1, 'best')");
  EXPECT_THAT(merge_database(a_, into_).conflicts, IsEmpty());
  EXPECT_EQ(scalar(into_, "SELECT note||(SELECT tag FROM run_tags) FROM runs WHERE id = 1"), "a notebest");
  execute(a_, "UPDATE runs SET note = 'another' WHERE id = 1");
  EXPECT_THAT(merge_database(a_, into_).conflicts, ElementsAre("run 1: another note"));
}

TEST_F(MergeTest, OlderSchemasAreReadAndNotChanged) {
  for (int schema = 1; schema <= kPastSchemas; ++schema) {
    const fs::path past = folder_ / ("past" + std::to_string(schema) + ".db");
    make_past_database(past, schema);
    const std::string before = read_file(past);
    const MergeReport report = merge_database(past, into_);
    EXPECT_EQ(report.added, schema == 1 ? 4 : 0);
    EXPECT_EQ(report.known, schema == 1 ? 0 : 4);
    EXPECT_EQ(report.running, 1);
    EXPECT_EQ(read_file(past), before);
  }
  EXPECT_EQ(scalar(into_, "SELECT count(*) FROM parity_equivalences"), "1");
}

TEST_F(MergeTest, ADatabaseIsNotMergedIntoItself) {
  make_database(a_, a_trial("eigen"), 1);
  EXPECT_THAT(message_of<ConfigError>([&] { merge_database(a_, a_.parent_path() / "." / "a.db"); }),
              HasSubstr("itself"));
}

}  // namespace
}  // namespace rnnbench
