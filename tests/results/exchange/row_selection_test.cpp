#include "results/exchange/row_selection.hpp"

#include "tests/results/exchange/exchange_fixture.hpp"

namespace rnnbench {
namespace {

class RowSelection : public ExchangeTest {
 protected:
  /// The first columns of the chosen rows.
  std::string chosen(const std::string& table, const std::string& column, const std::string& runs) {
    SQLite::Database database(path_.string(), SQLite::OPEN_READONLY);
    SQLite::Statement select(
        database,
        fmt::format(
            "SELECT coalesce(group_concat(found), '') FROM (SELECT {} AS found FROM {} WHERE {} ORDER BY 1)",
            column, table, rows_of_runs(shapes_, table)));
    if (select.getBindParameterCount() > 0) select.bind(1, runs);
    select.executeStep();
    return select.getColumn(0).getString();
  }

  const std::vector<TableShape> shapes_ = table_shapes(newest_schema());
};

// Run 3: experiment 2, trial 1, environment 2, resumed in environment 1. Run 2: trial 2, environment 1.
TEST_F(RowSelection, TakesWhatRunsReferToAndWhatIsPartOfThem) {
  EXPECT_EQ(chosen("runs", "id", "[3]"), "3");
  EXPECT_EQ(chosen("experiments", "id", "[3]"), "2");
  EXPECT_EQ(chosen("trials", "id", "[3]"), "1");
  EXPECT_EQ(chosen("experiment_trials", "experiment_id || trial_id", "[3]"), "21");
  EXPECT_EQ(chosen("environments", "id", "[3]"), "1,2");
  EXPECT_EQ(chosen("environments", "id", "[7]"), "2")
      << "also that of the parity record on its trial's model";
  EXPECT_EQ(chosen("metrics", "run_id", "[3,2]"), "2,2,3");
  EXPECT_EQ(chosen("run_tags", "run_id", "[7]"), "7");
  EXPECT_EQ(chosen("experiment_tags", "tag", "[1]"), "paper");
  EXPECT_EQ(chosen("review_sets", "digest", "[1]"), "empty,r1");
  EXPECT_EQ(chosen("review_facts", "digest", "[1]"), "r1");
  EXPECT_EQ(chosen("review_sets", "digest", "[3]"), "");
  EXPECT_EQ(chosen("checkpoints", "run_id", "[1,2]"), "");
}

TEST_F(RowSelection, TakesParityRecordsOnTheModelsOfTheTrials) {
  EXPECT_EQ(chosen("parity_records", "id", "[3]"), "1");
  EXPECT_EQ(chosen("parity_errors", "parity_id", "[3]"), "1,1");
  EXPECT_EQ(chosen("parity_records", "id", "[2]"), "");
  EXPECT_EQ(chosen("parity_seeds", "parity_id", "[2]"), "");
}

}  // namespace
}  // namespace rnnbench
