#include "results/query/comparison.hpp"

#include "tests/results/query/query_fixture.hpp"

namespace rnnbench {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class ComparisonTest : public QueryTest {
 protected:
  std::string text(const std::vector<std::string>& names, TableFormat format = TableFormat::kTable) {
    std::vector<Subject> subjects;
    for (const std::string& name : names) subjects.push_back(find_subject(*database_, name));
    return comparison_text(compare_subjects(*database_, subjects), format);
  }
};

TEST_F(ComparisonTest, ShowsSettingsThatDifferAndMeansOverSeeds) {
  EXPECT_THAT(
      text({"engine=eigen", "engine=libtorch"}),
      AllOf(HasSubstr("settings  engine=eigen  engine=libtorch\nengine    eigen         libtorch\n"),
            Not(HasSubstr("length")), HasSubstr("accuracy:test"), HasSubstr("0.81 ± 0.01 (3)"),
            HasSubstr("0.91 ± 0.01 (3)"), HasSubstr("step ms"), HasSubstr("environments: nothing differs")));
}

TEST_F(ComparisonTest, RunsAreShownByTheirNumbersAndNan) {
  EXPECT_THAT(text({"1", "7"}), AllOf(HasSubstr("run 1  run 7"), HasSubstr("settings: nothing differs"),
                                      HasSubstr("NaN"), Not(HasSubstr("±"))));
}

TEST_F(ComparisonTest, ProgramsGetOneTable) {
  const std::string csv = text({"engine=eigen", "4"}, TableFormat::kCsv);
  EXPECT_THAT(
      csv,
      AllOf(testing::StartsWith("section,name,subject,value,sd,n\nsettings,engine,engine=eigen,eigen,,0\n"),
            HasSubstr("metrics,accuracy:test,run 4,0.9,,1\n")));
  EXPECT_THAT(text({"1", "2"}, TableFormat::kMarkdown), HasSubstr("| metrics | run 1 | run 2 |"));
}

TEST_F(ComparisonTest, VerdictsComeFirst) {
  const std::string table = text({"engine=eigen", "engine=libtorch"});
  EXPECT_THAT(table, testing::StartsWith(
                         "engine=libtorch against engine=eigen: accuracies are +10.00 points apart "
                         "with every seed, n = 3 pairs, which says nothing of their spread; different "
                         "by more than 1 point; speeds not compared; parity not shown\n  speeds are not"));
  EXPECT_THAT(table, HasSubstr("\n\nsettings  "));
  EXPECT_THAT(text({"1", "2"}, TableFormat::kMarkdown), testing::StartsWith("| verdict |\n"));
}

// Catches: a page of a hundred columns.
TEST_F(ComparisonTest, ManySubjectsAreLines) {
  EXPECT_THAT(text({"1", "2", "3", "4", "5", "6", "7"}),
              AllOf(HasSubstr("settings  engine\nrun 1     eigen\n"), HasSubstr("\nrun 7 ")));
}

TEST_F(ComparisonTest, LargeGroupsShowWhatTheSummaryHas) {
  execute(
      path_,
      "INSERT INTO runs (experiment_id, trial_id, environment_id, seed, engine_details, status, host, "
      "process, "
      "process_start, started, uid, test_accuracy) WITH RECURSIVE c(i) AS (SELECT 100 UNION ALL SELECT i + 1 "
      "FROM c WHERE i < 700) SELECT 1, 1, 1, i, '{}', 'finished', '', 1, 1, '', i, 0.5 FROM c");
  EXPECT_THAT(text({"engine=eigen", "engine=libtorch"}),
              AllOf(HasSubstr("more than 500"), HasSubstr("test_accuracy"), HasSubstr("(604)"),
                    Not(HasSubstr("accuracy:test")), Not(HasSubstr("environments:"))));
}

}  // namespace
}  // namespace rnnbench
