#include "results/query/run_groups.hpp"

#include "results/query/table_format.hpp"
#include "tests/results/query/query_fixture.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;

class RunGroupsTest : public QueryTest {
 protected:
  std::string csv(const RunFilter& filter, const RunGroupView& view) {
    Table table = group_runs(*database_, filter, view);
    for (auto& row : table.rows) {
      for (TableCell& cell : row) {
        if (auto* number = std::get_if<double>(&cell)) *number = std::round(*number * 1e6) / 1e6;
      }
    }
    return csv_text(table);
  }
};

TEST_F(RunGroupsTest, GivesMeanDeviationAndCount) {
  EXPECT_EQ(csv({}, {.by = {"engine"}, .measures = {"test_accuracy"}}),
            "engine,runs,test_accuracy,test_accuracy_sd,test_accuracy_n\n"
            "eigen,3,0.81,0.01,3\nlibtorch,3,0.91,0.01,3\n");
  EXPECT_EQ(group_runs(*database_, {}, {.by = {"cell", "trial"}}).columns.size(), 2U + 1 + 3 * 3);
}

TEST_F(RunGroupsTest, SortsByItsOwnColumns) {
  const Table table = group_runs(*database_, {}, {.by = {"trial"}, .sort = "test_accuracy:desc", .limit = 1});
  ASSERT_EQ(table.rows.size(), 1U);
  EXPECT_EQ(table.rows[0][0], TableCell(a_trial("libtorch").key.substr(0, 8)));
  EXPECT_THAT(
      message_of<ConfigError>([&] { group_runs(*database_, {}, {.by = {"trial"}, .sort = "test_acuracy"}); }),
      HasSubstr("did you mean 'test_accuracy'?"));
}

// Catches: a seed that was run twice counted as two replicates, and the older one taken.
TEST_F(RunGroupsTest, CountsASeedOnce) {
  Store store(path_);
  store.end_run(store.begin_run(a_start(1)), an_end(0.5));
  EXPECT_THAT(csv({.engine = "eigen"}, {.by = {"engine"}, .measures = {"test_accuracy"}}),
              HasSubstr("eigen,3,0.71,"));
}

TEST_F(RunGroupsTest, LeavesOutWhatIsMissingAndSaysSo) {
  execute(path_, "UPDATE runs SET test_accuracy = NULL WHERE id = 1");
  EXPECT_THAT(csv({}, {.by = {"engine"}, .measures = {"test_accuracy"}}),
              HasSubstr("eigen,3,0.815,0.007071,2\n"));
  EXPECT_THAT(csv({.where = {"run=4"}}, {.by = {"engine"}, .measures = {"test_accuracy", "test_loss"}}),
              HasSubstr("libtorch,1,0.9,,1,,,0\n"));
}

TEST_F(RunGroupsTest, TakesOtherStatusesWhereAsked) {
  EXPECT_THAT(csv({.status = "failed"}, {.by = {"status"}, .measures = {"epochs"}}), HasSubstr("failed,1,"));
}

TEST_F(RunGroupsTest, GroupsBySettingsAndMetrics) {
  execute(path_, R"(UPDATE trials SET settings = json_set(settings, '$.units', 8 * id))");
  EXPECT_EQ(csv({}, {.by = {"units"}, .measures = {"loss:train", "units"}}),
            "units,runs,loss:train,loss:train_sd,loss:train_n,units,units_sd,units_n\n"
            "8,3,0.5,0,3,8,0,3\n16,3,0.5,0,3,16,0,3\n");
}

TEST_F(RunGroupsTest, RefusesMeansOfTexts) {
  EXPECT_THAT(message_of<ConfigError>([&] { csv({}, {.by = {"engine"}, .measures = {"started"}}); }),
              HasSubstr("'started' is no number"));
}

}  // namespace
}  // namespace rnnbench
