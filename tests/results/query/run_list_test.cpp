#include "results/query/run_list.hpp"

#include "results/query/table_format.hpp"
#include "tests/results/query/query_fixture.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;

class RunListTest : public QueryTest {
 protected:
  std::size_t count(const RunFilter& filter) { return list_runs(*database_, filter).rows.size(); }
};

TEST_F(RunListTest, ListsAllInOrder) {
  const Table table = list_runs(*database_);
  ASSERT_EQ(table.rows.size(), 9U);
  EXPECT_EQ(table.rows.front()[0], TableCell(std::int64_t{1}));
  EXPECT_EQ(table.rows.back()[0], TableCell(std::int64_t{9}));
}

TEST_F(RunListTest, FiltersCombine) {
  EXPECT_EQ(count({.status = "finished"}), 6U);
  EXPECT_EQ(count({.engine = "libtorch", .status = "finished"}), 3U);
  EXPECT_EQ(count({.engine = "libtorch", .cell = "rnn", .device = "cpu", .data_set = "toy"}), 4U);
  EXPECT_EQ(count({.trial = a_trial().key.substr(0, 8)}), 5U);
  EXPECT_EQ(count({.experiment = "first", .engine = "eigen", .status = "skipped"}), 0U);
}

TEST_F(RunListTest, TheNewestKeepTheirOrder) {
  const Table table = list_runs(*database_, {}, {.newest = 2});
  ASSERT_EQ(table.rows.size(), 2U);
  EXPECT_EQ(table.rows[0][0], TableCell(std::int64_t{8}));
  EXPECT_EQ(csv_text(list_runs(*database_, {.engine = "eigen"}, {.columns = {"run"}, .newest = 2})),
            "run\n7\n9\n");
}

TEST_F(RunListTest, SortsWithWhatIsMissingLast) {
  EXPECT_EQ(
      csv_text(list_runs(*database_, {}, {.columns = {"run"}, .sort = "test_accuracy:desc", .limit = 4})),
      "run\n6\n5\n4\n3\n");
  EXPECT_EQ(
      csv_text(list_runs(*database_, {.engine = "eigen"}, {.columns = {"run"}, .sort = "test_accuracy"})),
      "run\n1\n2\n3\n7\n9\n");
  // The newest three, the most accurate of them first.
  EXPECT_EQ(csv_text(list_runs(*database_, {.status = "finished"},
                               {.columns = {"run"}, .sort = "test_accuracy:desc", .newest = 3, .limit = 2})),
            "run\n6\n5\n");
  EXPECT_EQ(
      csv_text(list_runs(*database_, {}, {.columns = {"run"}, .sort = "engine:desc,run:desc", .limit = 2})),
      "run\n8\n6\n");
}

TEST_F(RunListTest, ShowsColumnsSettingsAndMetrics) {
  EXPECT_EQ(
      csv_text(list_runs(*database_, {.where = {"run=1"}},
                         {.columns = {"run", "trial", "length", "accuracy:validation", "loss:train"}})),
      "run,trial,length,accuracy:validation,loss:train\n1," + a_trial().key.substr(0, 8) + ",100,0.52,0.5\n");
  EXPECT_EQ(csv_text(list_runs(*database_, {.where = {"run=7"}}, {.columns = {"loss:train", "test_loss"}})),
            "loss:train,test_loss\nNaN,\n");
  EXPECT_THAT(message_of<ConfigError>([&] { list_runs(*database_, {}, {.columns = {"epoch"}}); }),
              HasSubstr("did you mean 'epochs'?"));
}

// Catches: two builds of one engine that look alike, a list of comparisons without their times.
TEST_F(RunListTest, SidesOfABenchHaveTheirLabelsAndTimes) {
  Store store(path_);
  for (const char* side : {"eigen", "eigen@1a2b3c4"}) {
    RunStart start = a_start(1);
    start.experiment.name = "bench";
    start.particulars = R"({"bench":{"session":"s","subject":"m1","side":")" + std::string(side) + R"("}})";
    const RunId run = store.begin_run(start);
    store.epoch_finished(run,
                         {1, {}, {{"step", "host", 1, false, {3'000'000}}, {"step", "host", 1, true, {9}}}});
    store.epoch_finished(run, {2, {}, {{"step", "host", 2, false, {5'000'000}}}});
  }
  EXPECT_EQ(csv_text(list_runs(*database_, {.where = {"step_ms>1"}},
                               {.columns = {"run", "subject", "side", "engine", "step_ms"}})),
            "run,subject,side,engine,step_ms\n10,m1,eigen,eigen,4\n11,m1,eigen@1a2b3c4,eigen,4\n");
  EXPECT_EQ(
      csv_text(list_runs(*database_, {.where = {"run=1"}}, {.columns = {"side", "subject", "step_ms"}})),
      "side,subject,step_ms\neigen,,2e-05\n");
  const Table all = list_runs(*database_);
  EXPECT_EQ(all.columns[5], "engine");
  EXPECT_EQ(all.rows[10][5], TableCell("eigen@1a2b3c4"));
  EXPECT_EQ(all.rows[0][5], TableCell("eigen"));
  const Table comparisons = list_runs(*database_, {.experiment = "bench"});
  EXPECT_THAT(comparisons.columns, testing::IsSupersetOf({"subject", "side", "step_ms"}));
  EXPECT_EQ(comparisons.rows.size(), 2U);
}

TEST_F(RunListTest, CountsWhatTheFilterTakes) {
  EXPECT_EQ(count_runs(*database_, {}), 9);
  EXPECT_EQ(count_runs(*database_, {.where = {"test_accuracy>=0.81", "engine=eigen"}}), 2);
}

TEST_F(RunListTest, MisspeltValuesGetTheNearest) {
  EXPECT_THAT(message_of<ConfigError>([&] { count({.engine = "libtorhc"}); }),
              HasSubstr("did you mean 'libtorch'?"));
  EXPECT_THAT(message_of<ConfigError>([&] { count({.experiment = "x' OR 1 --"}); }),
              HasSubstr("no run has experiment"));
}

}  // namespace
}  // namespace rnnbench
