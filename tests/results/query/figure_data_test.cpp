#include "results/query/figure_data.hpp"

#include "results/query/mean_interval.hpp"
#include "tests/results/query/query_fixture.hpp"

namespace rnnbench {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class FigureDataTest : public QueryTest {
 protected:
  void with_store(const std::function<void(Store&)>& write) {
    Store store(path_);
    write(store);
  }
  FigureData load(const std::optional<std::string>& experiment = {}) {
    return load_figure_data(*database_, experiment);
  }
};

TEST_F(FigureDataTest, LoadsTrialsRunsCurvesAndTimings) {
  const FigureData data = load("first");
  ASSERT_EQ(data.experiments.size(), 1U);
  EXPECT_EQ(data.experiments[0].question, "Which is best?");
  ASSERT_EQ(data.environments.size(), 1U);
  EXPECT_EQ(data.environments[0].content, R"({"processor":"a"})");

  const TrialData& eigen = data.trials.at(0);
  EXPECT_EQ(eigen.key, a_trial().key);
  EXPECT_EQ(eigen.settings, a_trial().settings);
  EXPECT_EQ(eigen.engine, "eigen");
  EXPECT_EQ(eigen.vocabulary, 5000);
  ASSERT_EQ(eigen.runs.size(), 5U);
  const RunData& run = eigen.runs[1];
  EXPECT_EQ(run.seed, 2U);
  EXPECT_EQ(run.status, "finished");
  EXPECT_DOUBLE_EQ(run.test_accuracy, 0.81);
  EXPECT_DOUBLE_EQ(run.train_seconds, 1.5);
  EXPECT_EQ(run.engine, "{}");
  const Curve* loss = find_curve(run, "loss", "train");
  ASSERT_NE(loss, nullptr);
  ASSERT_EQ(loss->points.size(), 2U);
  EXPECT_EQ(loss->points[1].epoch, 2);
  EXPECT_DOUBLE_EQ(loss->points[1].value, 0.5);
  EXPECT_EQ(find_curve(run, "loss", "validation"), nullptr);
  EXPECT_THAT(phase_samples(run, "step"), ElementsAre(30, 10, 20, 30, 10, 20));
  EXPECT_THAT(phase_samples(run, "step", "device"), ElementsAre());
}

// Published exports have no samples of most phases.
TEST_F(FigureDataTest, AMedianStandsForSamplesThatWereLeftOut) {
  with_store([](Store& store) {
    store.add_trials(a_start().experiment, {a_trial()});
    const RunId run = store.begin_run(a_start());
    store.epoch_finished(run, an_epoch(1));
    store.end_run(run, an_end(0.75));
  });
  SQLite::Database(path_, SQLite::OPEN_READWRITE).exec("UPDATE timings SET samples = x''");
  EXPECT_THAT(phase_samples(load().trials.at(0).runs.at(0), "step"), ElementsAre(20));
}

// Catches: an older record that outlives a newer one, the order of the two engines taken for another pair.
TEST_F(FigureDataTest, LoadsTheNewestParityOfTheTrialsModels) {
  TrialRecord trial = a_trial();
  trial.settings = R"({"engine":"eigen","model":{"cell":"rnn"}})";
  trial.key = sha256_hex(trial.settings);
  ParityRecord failed = a_parity_record({a_parity_error("head.bias", std::nan(""))});
  std::swap(failed.reference, failed.candidate);
  with_store([&](Store& store) { store.add_trials(a_start().experiment, {trial}); });
  ASSERT_EQ(load().parity.size(), 1U);
  EXPECT_TRUE(load().parity[0].shown);
  EXPECT_EQ(load().parity[0].gradient_error, 2e-6);
  with_store([&](Store& store) { store.add_parity(failed); });
  ASSERT_EQ(load().parity.size(), 1U);
  EXPECT_FALSE(load().parity[0].shown);
  EXPECT_TRUE(std::isnan(load().parity[0].gradient_error));
}

// A check made again, without seeds and the other way round, must not hide what seeds showed.
TEST_F(FigureDataTest, LoadsTheNewestSeedsOfTheEngines) {
  TrialRecord trial = a_trial();
  trial.settings = R"({"engine":"eigen","model":{"cell":"rnn"}})";
  trial.key = sha256_hex(trial.settings);
  ParityRecord again = a_parity_record({a_parity_error("head.bias", 1e-7)});
  std::swap(again.reference, again.candidate);
  with_store([&](Store& store) { store.add_trials(a_start().experiment, {trial}); });
  EXPECT_FALSE(load().parity.at(0).seeds);
  with_store([&](Store& store) {
    ParitySeeds seeds = some_parity_seeds();
    seeds.verdict = kNotShown;
    store.add_parity_seeds(store.add_parity(again), seeds);
    store.add_parity_seeds(store.add_parity(again), some_parity_seeds());
    store.add_parity(a_parity_record({a_parity_error("head.bias", 3e-7)}));
  });
  const FigureData data = load();
  ASSERT_EQ(data.parity.size(), 1U);
  EXPECT_EQ(data.parity[0].gradient_error, 3e-7);
  ASSERT_TRUE(data.parity[0].seeds);
  const SeedsData& seeds = *data.parity[0].seeds;
  EXPECT_EQ(seeds.verdict, kEquivalent);
  EXPECT_EQ(seeds.seeds, 2);
  EXPECT_EQ(seeds.margin, 1);
  EXPECT_EQ(seeds.p, 0.045);
  EXPECT_EQ(seeds.low, -0.33);
  EXPECT_EQ(seeds.high, 0.93);
  EXPECT_FALSE(seeds.near_chance);
  EXPECT_FALSE(seeds.checked.empty());
}

TEST_F(FigureDataTest, LeavesOutParityOfOtherModels) { EXPECT_TRUE(load().parity.empty()); }

// A NaN that came back as 0 would be the best loss of all.
TEST_F(FigureDataTest, NanStaysNanAndMissingIsNan) {
  const FigureData data = load();
  const RunData& failed = data.trials[0].runs.back();
  EXPECT_EQ(failed.seed, 9U);
  EXPECT_EQ(failed.status, "failed");
  EXPECT_THAT(failed.reason, HasSubstr("loss is not finite"));
  EXPECT_TRUE(std::isnan(find_curve(failed, "loss", "train")->points[0].value));
  const RunData& running = data.trials[0].runs[3];
  EXPECT_EQ(running.status, "running");
  EXPECT_TRUE(std::isnan(running.test_accuracy));
  EXPECT_TRUE(std::isnan(running.train_seconds));
}

// Repeats of one seed are no replicates: n would grow without evidence.
TEST_F(FigureDataTest, ASeedCountsOnceByItsNewestFinishedRun) {
  with_store([](Store& store) {
    RunStart again = a_start(2);
    again.engine = R"({"threads":2})";
    store.end_run(store.begin_run(again), an_end(0.5));
    RunEnd failure = an_end(0.1);
    failure.status = RunStatus::kFailed;
    store.end_run(store.begin_run(a_start(2)), failure);
  });
  const FigureData data = load();
  ASSERT_EQ(data.trials[0].runs.size(), 5U);
  EXPECT_DOUBLE_EQ(data.trials[0].runs[1].test_accuracy, 0.5);
  EXPECT_EQ(data.trials[0].runs[1].engine, R"({"threads":2})");
}

TEST_F(FigureDataTest, AnExperimentIsItsNewestVersionWithRunsOfOthers) {
  with_store([](Store& store) {
    store.add_trials({"first", "Which now?", "# changed\n"}, {a_trial()});
    store.add_trials({"second", "", ""}, {a_trial("libtorch"), a_trial()});
  });
  EXPECT_EQ(load("first").trials.size(), 1U);
  EXPECT_EQ(load("first").experiments[0].question, "Which now?");
  const FigureData second = load("second");
  ASSERT_EQ(second.trials.size(), 2U);
  EXPECT_EQ(second.trials[0].engine, "libtorch");
  EXPECT_EQ(second.trials[0].runs.size(), 3U);
  EXPECT_THAT(experiment_names(*database_), ElementsAre("first", "second"));
}

TEST_F(FigureDataTest, RunsHaveWhatFollowsFromTheirPredictions) {
  const TrialData trial = load("first").trials[0];
  ASSERT_TRUE(trial.runs[0].predictions);
  EXPECT_EQ(trial.runs[0].predictions->report.counts.true_positive, 1);
  EXPECT_EQ(trial.runs[0].predictions->bins[7].positive, 1);
  execute(path_, "UPDATE predictions SET positive = x'0000803f'");
  EXPECT_FALSE(load("first").trials[0].runs[0].predictions);
}

TEST_F(FigureDataTest, UnknownExperimentsGetTheNearest) {
  EXPECT_THAT(message_of<ConfigError>([&] { load("frist"); }), HasSubstr("did you mean 'first'?"));
}

TEST_F(FigureDataTest, IntervalIsThatOfTheSqlAggregate) {
  const std::vector<double> values = {0.8, 0.81, 0.85};
  const MeanInterval interval = mean_interval(values);
  const TableCell half = value("SELECT ci95(column1) FROM (VALUES (0.8), (0.81), (0.85))");
  ASSERT_TRUE(interval.bounds);
  EXPECT_NEAR(interval.bounds->high - interval.mean, std::get<double>(half), 1e-12);
  EXPECT_NEAR(interval.mean - interval.bounds->low, std::get<double>(half), 1e-12);
}

}  // namespace
}  // namespace rnnbench
