#include "results/store/store.hpp"

#include <sys/wait.h>

#include <cmath>
#include <limits>

#include "results/store/process.hpp"
#include "tests/results/store/store_fixture.hpp"

namespace rnnbench {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

std::string of_run(const char* column, RunId run) {
  return std::string("SELECT ") + column + " FROM run_summary WHERE run = " + std::to_string(run);
}

TEST_F(StoreTest, ARunGoesFromRunningToFinished) {
  Store store(path_);
  const RunId run = store.begin_run(a_start(7));
  EXPECT_EQ(scalar(path_, of_run("status", run)), "running");
  EXPECT_EQ(scalar(path_, of_run("finished IS NULL AND train_seconds IS NULL", run)), "1");
  store.epoch_finished(run, an_epoch(1));
  store.epoch_finished(run, an_epoch(2));
  store.end_run(run, an_end(0.8613));
  EXPECT_EQ(
      scalar(path_, of_run("status||' '||epochs||' '||test_accuracy||' '||train_seconds||' '||seed", run)),
      "finished 2 0.8613 1.5 7");
  EXPECT_EQ(scalar(path_, of_run("started <= finished", run)), "1");
  EXPECT_THAT(store.finished_runs(), ElementsAre(Pair(a_trial().key, 7)));
}

// The columns that lists show are copies: they say what the metrics say, at every moment.
TEST_F(StoreTest, TheRunsRowFollowsItsMetrics) {
  Store store(path_);
  const RunId run = store.begin_run(a_start());
  store.epoch_finished(run, an_epoch(1));
  EXPECT_EQ(scalar(path_, of_run("epochs||' '||validation_accuracy", run)), "1 0.51");
  EXPECT_EQ(scalar(path_, of_run("test_accuracy IS NULL AND test_loss IS NULL", run)), "1");
  EpochRecord second = an_epoch(2);
  second.metrics[1].value = std::nan("");
  store.epoch_finished(run, second);
  EXPECT_EQ(scalar(path_, of_run("epochs||' '||(validation_accuracy IS NULL)", run)), "2 1");
  RunEnd end = an_end();
  end.seconds = 2.5;
  end.output = "last words";
  store.end_run(run, end);
  EXPECT_EQ(scalar(path_, of_run("test_accuracy||' '||seconds", run)), "0.875 2.5");
  EXPECT_EQ(scalar(path_, "SELECT output FROM runs"), "last words");
}

// A worker may be killed after it recorded the end of its run and before it said so.
TEST_F(StoreTest, ALostRunThatIsOverStaysAsItIs) {
  Store store(path_);
  RunEnd lost;
  lost.status = RunStatus::kFailed;
  lost.reason = "its process ended";
  lost.seconds = 9;
  const RunId over = store.begin_run(a_start(1));
  store.end_run(over, an_end());
  EXPECT_EQ(store.end_lost_run(over, lost), RunStatus::kFinished);
  EXPECT_EQ(scalar(path_, of_run("status||reason||train_seconds", over)), "finished1.5");
  const RunId open = store.begin_run(a_start(2));
  EpochRecord epoch = an_epoch(1);
  epoch.train_seconds = 2.5;
  store.epoch_finished(open, epoch);
  EXPECT_EQ(store.end_lost_run(open, lost), std::nullopt);
  EXPECT_EQ(scalar(path_, of_run("status||' '||reason||' '||train_seconds||' '||seconds", open)),
            "failed its process ended 2.5 9.0");
}

// results.db and results.sqlite would both write to results.files.
TEST_F(StoreTest, RefusesANamesakeWhoseFilesItWouldWriteOver) {
  { Store first(path_); }
  std::filesystem::path namesake = path_;
  namesake.replace_extension(".sqlite");
  EXPECT_THAT(message_of<StoreError>([&] { Store second(namesake); }),
              HasSubstr("would keep the files of their runs in one folder"));
  EXPECT_FALSE(std::filesystem::exists(namesake));
  EXPECT_THAT(message_of<StoreError>([&] { Store second(folder_ / "x.db-wal"); }),
              HasSubstr("SQLite gives names"));
  std::filesystem::copy_file(path_, folder_ / "another.db");
  Store again(path_);
}

TEST_F(StoreTest, RunsHaveNamesOfTheirOwn) {
  Store store(path_);
  store.begin_run(a_start());
  store.begin_run(a_start());
  EXPECT_EQ(scalar(path_, "SELECT count(DISTINCT uid)||' '||min(length(uid)) FROM runs"), "2 32");
}

TEST_F(StoreTest, ARunThatIsRecordedAfterwardsMayBeGivenItsName) {
  Store store(path_);
  RunStart start = a_start();
  start.uid = "5e1f";
  EXPECT_FALSE(store.has_runs(start.experiment));
  store.begin_run(start);
  EXPECT_TRUE(store.has_runs(start.experiment));
  EXPECT_FALSE(store.has_runs({"first", "Which is best?", "another"}));
  EXPECT_EQ(scalar(path_, "SELECT uid FROM runs"), "5e1f");
  EXPECT_THROW(store.begin_run(start), StoreError);
}

TEST_F(StoreTest, AnExperimentHasTheTagsAndTheNoteItWasGivenLast) {
  Store store(path_);
  RunStart start = a_start();
  start.experiment.tags = {"paper", "draft"};
  start.experiment.note = "first";
  store.add_trials(start.experiment, {a_trial()});
  const RunId run = store.begin_run(start);
  EXPECT_EQ(scalar(path_, of_run("tags", run)), "draft paper");
  start.experiment.tags = {"paper"};
  start.experiment.note = "second";
  store.add_trials(start.experiment, {a_trial()});
  EXPECT_EQ(scalar(path_, of_run("tags", run)), "paper");
  EXPECT_EQ(scalar(path_, "SELECT note FROM experiments"), "second");
}

TEST_F(StoreTest, OnlyFinishedRunsAreFinished) {
  Store store(path_);
  for (const RunStatus status : {RunStatus::kFailed, RunStatus::kInterrupted}) {
    RunEnd end = an_end();
    end.status = status;
    end.reason = "loss is not finite";
    store.end_run(store.begin_run(a_start()), end);
  }
  store.begin_run(a_start());
  store.skip_run(a_start(), "no GPU");
  EXPECT_TRUE(store.finished_runs().empty());
  EXPECT_EQ(scalar(path_, of_run("status||': '||reason", 1)), "failed: loss is not finite");
}

TEST_F(StoreTest, NonFiniteValuesAreKeptApart) {
  const double infinity = std::numeric_limits<double>::infinity();
  Store store(path_);
  const RunId run = store.begin_run(a_start());
  store.epoch_finished(run, {1,
                             {{"a", "", 1, std::nan(""), ""},
                              {"b", "", 1, infinity, ""},
                              {"c", "", 1, -infinity, ""},
                              {"d", "", 1, 0.0, ""},
                              {"e", "", 1, 5e-324, ""}},
                             {}});
  EXPECT_EQ(
      scalar(path_,
             "SELECT group_concat(name||'='||CASE WHEN value IS NULL THEN 'NaN' WHEN value = 9e999 THEN "
             "'inf' WHEN value = -9e999 THEN '-inf' WHEN value = 0 THEN 'zero' ELSE 'tiny' END) "
             "FROM metrics"),
      "a=NaN,b=inf,c=-inf,d=zero,e=tiny");
}

TEST_F(StoreTest, LargestSeedsComeBack) {
  Store store(path_);
  for (const std::uint64_t seed : {std::uint64_t{0}, std::numeric_limits<std::uint64_t>::max()}) {
    store.end_run(store.begin_run(a_start(seed)), an_end());
    EXPECT_EQ(store.finished_runs().count({a_trial().key, seed}), 1U);
  }
}

TEST_F(StoreTest, HostileTextsAreOnlyTexts) {
  Store store(path_);
  const std::vector<std::string> texts = {"'); DROP TABLE runs; --",
                                          "\x1B]0;owned\a\x1B[2J",
                                          "naïve 評論 🎬",
                                          std::string("nul\0inside", 10),
                                          "\xFF\xFE",
                                          std::string(1 << 20, 'x'),
                                          ""};
  for (const std::string& text : texts) {
    RunStart start = a_start();
    start.experiment = {text, text, text};
    start.trial.key = start.trial.engine = start.trial.cell = start.trial.recipe = text;
    const RunId run = store.begin_run(start);
    store.epoch_finished(run, {1, {{text, text, 1, 0.5, text}}, {{text, "host", 1, false, {1}}}});
    RunEnd end = an_end();
    end.reason = text;
    end.artifacts = {{text, text, text, 3}};
    end.predictions = {{text, text, {1}, {0.5F}}};
    store.end_run(run, end);
    EXPECT_EQ(store.finished_runs().count({text, 1}), 1U);
    SQLite::Database database(path_.string());
    SQLite::Statement row(database, "SELECT reason, experiment, engine FROM run_summary WHERE run = ?");
    row.bind(1, run);
    ASSERT_TRUE(row.executeStep());
    for (int column = 0; column < 3; ++column) EXPECT_EQ(row.getColumn(column).getString(), text);
  }
  EXPECT_EQ(scalar(path_, "SELECT count(*) FROM runs"), std::to_string(texts.size()));
  EXPECT_EQ(scalar(path_, "PRAGMA integrity_check"), "ok");
}

TEST_F(StoreTest, SettingsThatAreNoJsonAreRefused) {
  Store store(path_);
  RunStart start = a_start();
  start.trial.settings = "{";
  EXPECT_THAT(message_of<StoreError>([&] { store.begin_run(start); }), HasSubstr("refuses the record"));
  EXPECT_EQ(scalar(path_, "SELECT count(*) FROM experiments"), "0");
}

TEST_F(StoreTest, AnEpochIsRecordedOnceAndWhole) {
  Store store(path_);
  const RunId run = store.begin_run(a_start());
  store.epoch_finished(run, an_epoch(1));
  EpochRecord half_new = an_epoch(2);
  half_new.metrics.push_back(an_epoch(1).metrics.front());
  EXPECT_THAT(message_of<StoreError>([&] { store.epoch_finished(run, half_new); }), HasSubstr("UNIQUE"));
  EXPECT_EQ(scalar(path_, "SELECT max(epoch) FROM metrics"), "1");
  store.epoch_finished(run, an_epoch(2));
}

TEST_F(StoreTest, UnknownRunsAreRefused) {
  Store store(path_);
  EXPECT_THROW(store.epoch_finished(99, an_epoch(1)), StoreError);
  EXPECT_THAT(message_of<StoreError>([&] { store.end_run(99, an_end()); }),
              HasSubstr("run 99 is not running"));
}

TEST_F(StoreTest, ARunEndsOnce) {
  Store store(path_);
  const RunId run = store.begin_run(a_start());
  store.end_run(run, an_end(0.5));
  EXPECT_THROW(store.end_run(run, an_end(0.9)), StoreError);
  EXPECT_EQ(scalar(path_, of_run("test_accuracy", run)), "0.5");
}

TEST_F(StoreTest, SkippingAgainAddsNothing) {
  Store store(path_);
  store.skip_run(a_start(), "no GPU");
  store.skip_run(a_start(), "no GPU");
  EXPECT_EQ(scalar(path_, "SELECT count(*)||' '||status||' '||reason FROM run_summary"), "1 skipped no GPU");
  store.skip_run(a_start(), "no driver");
  EXPECT_EQ(scalar(path_, "SELECT count(*)||' '||reason FROM run_summary"), "1 no driver");
  store.skip_run(a_start(2), "no GPU");
  store.skip_run(a_start(1, a_trial("libtorch")), "no GPU");
  EXPECT_EQ(scalar(path_, "SELECT count(*) FROM runs WHERE finished IS NOT NULL"), "3");
}

TEST_F(StoreTest, TrialsKeepTheirPositions) {
  Store store(path_);
  const ExperimentRecord experiment = a_start().experiment;
  const std::string positions =
      "SELECT group_concat(engine||position, ' ') FROM (SELECT * FROM experiment_trials JOIN trials ON "
      "trials.id "
      "= trial_id WHERE experiment_id = 1 ORDER BY engine)";
  store.add_trials(experiment, {a_trial("eigen"), a_trial("libtorch")});
  store.add_trials(experiment, {a_trial("eigen"), a_trial("libtorch")});
  EXPECT_EQ(scalar(path_, positions), "eigen1 libtorch2");
  store.add_trials(experiment, {a_trial("libtorch"), a_trial("eigen"), a_trial("fused")});
  EXPECT_EQ(scalar(path_, positions), "eigen2 fused3 libtorch1");
  EXPECT_EQ(scalar(path_, "SELECT count(*) FROM experiments"), "1");
}

// Catches: programs that log to one experiment and forget each other's trials.
TEST_F(StoreTest, AnAddedTrialComesAfterThoseThatAreThere) {
  Store store(path_);
  const ExperimentRecord experiment = a_start().experiment;
  store.add_trials(experiment, {a_trial("libtorch")});
  for (const char* engine : {"mine", "yours", "mine"}) store.add_trial(experiment, a_trial(engine));
  EXPECT_EQ(scalar(path_,
                   "SELECT group_concat(engine || position, ' ') FROM (SELECT engine, position FROM "
                   "experiment_trials JOIN trials ON id = trial_id ORDER BY position)"),
            "libtorch1 mine2 yours3");
}

// Catches: a report that goes on to list a trial that was skipped for want of a file, beside the one that ran
// once it was there.
TEST_F(StoreTest, WhatWasOnlySkippedLeavesAnExperimentThatNoLongerHasIt) {
  Store store(path_);
  const ExperimentRecord experiment = a_start().experiment;
  store.add_trials(experiment, {a_trial("eigen"), a_trial("libtorch"), a_trial("fused")});
  store.skip_run(a_start(1, a_trial("eigen")), "no file");
  store.skip_run(a_start(1, a_trial("libtorch")), "no file");
  store.begin_run(a_start(2, a_trial("libtorch")));
  store.add_trials(experiment, {a_trial("fused"), a_trial("other")});
  EXPECT_EQ(scalar(path_,
                   "SELECT group_concat(engine, ' ') FROM (SELECT engine FROM experiment_trials JOIN "
                   "trials ON id = trial_id ORDER BY engine)"),
            "fused libtorch other");
  EXPECT_EQ(scalar(path_, "SELECT count(*) FROM runs"), "3");
}

TEST_F(StoreTest, AChangedConfigIsAnotherExperiment) {
  Store store(path_);
  store.add_trials({"a", "q", "x = 1"}, {a_trial()});
  store.add_trials({"a", "q", "x = 2"}, {a_trial()});
  EXPECT_EQ(scalar(path_, "SELECT count(*) FROM experiments WHERE name = 'a'"), "2");
  EXPECT_EQ(scalar(path_, "SELECT count(*) FROM trials"), "1");
}

TEST_F(StoreTest, ClaimsNoRunThatIsFinishedOrAtWork) {
  Store store(path_);
  const std::optional<RunId> mine = store.claim_run(a_start(1));
  ASSERT_TRUE(mine);
  EXPECT_FALSE(store.claim_run(a_start(1))) << "a live process runs it";
  store.end_run(*mine, an_end());
  EXPECT_FALSE(store.claim_run(a_start(1))) << "it is finished";
  EXPECT_TRUE(store.claim_run(a_start(2)));

  RunEnd failure = an_end();
  failure.status = RunStatus::kFailed;
  store.end_run(store.claim_run(a_start(3)).value(), failure);
  EXPECT_TRUE(store.claim_run(a_start(3))) << "a failed run is tried again";
  execute(path_, "UPDATE runs SET process_start = process_start - 1 WHERE status = 'running' AND seed = 2");
  EXPECT_TRUE(store.claim_run(a_start(2))) << "its process is gone";
}

// A worker may outlive its killed program by a moment, and so be alive still when the next program begins.
TEST_F(StoreTest, EndsTheRunOfAGoneProcessWhoseTrialAndSeedItClaims) {
  Store store(path_);
  store.claim_run(a_start(1)).value();
  store.claim_run(a_start(2)).value();
  EXPECT_EQ(store.recover_stale_runs(), 0) << "its process is alive";
  execute(path_, "UPDATE runs SET process_start = process_start - 1");
  store.end_run(store.claim_run(a_start(1)).value(), an_end());
  EXPECT_EQ(scalar(path_, "SELECT group_concat(seed||status, ' ') FROM (SELECT * FROM runs ORDER BY id)"),
            "1interrupted 2running 1finished")
      << "what ended another run is its supervisor's to say";
}

TEST_F(StoreTest, RecoversRunsWhoseProcessIsGone) {
  Store store(path_);
  const pid_t child = fork();
  if (child == 0) {
    Store(path_).begin_run(a_start(1));
    _exit(0);
  }
  waitpid(child, nullptr, 0);
  const RunId alive = store.begin_run(a_start(2));
  const RunId reused = store.begin_run(a_start(3));
  const RunId elsewhere = store.begin_run(a_start(4));
  execute(path_, "UPDATE runs SET process_start = process_start - 1 WHERE id = " + std::to_string(reused));
  execute(path_, "UPDATE runs SET process = 0, host = 'other' WHERE id = " + std::to_string(elsewhere));
  EXPECT_EQ(store.recover_stale_runs(), 2);
  EXPECT_EQ(store.recover_stale_runs(), 0);
  EXPECT_EQ(scalar(path_, "SELECT group_concat(seed||status, ' ') FROM (SELECT * FROM runs ORDER BY seed)"),
            "1interrupted 2running 3interrupted 4running");
  EXPECT_EQ(scalar(path_, of_run("reason||(finished IS NOT NULL)", reused)),
            "the process ended without saying so1");
  store.end_run(alive, an_end());
}

// A task that was queued again on another machine, which nobody can ask about the one before.
TEST_F(StoreTest, RecoversRunsOfAnyMachineForASoleWriter) {
  Store store(path_);
  const RunId elsewhere = store.begin_run(a_start(1));
  execute(path_, "UPDATE runs SET host = 'other'");
  EXPECT_EQ(store.recover_stale_runs(Store::Writers::kThis), 1);
  EXPECT_EQ(scalar(path_, of_run("status||' '||reason", elsewhere)),
            "interrupted its process or machine was lost");
}

}  // namespace
}  // namespace rnnbench
