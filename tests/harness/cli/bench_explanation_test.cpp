#include "harness/cli/bench_explanation.hpp"

#include <gtest/gtest.h>

#include "harness/model/arithmetic.hpp"
#include "results/query/table_format.hpp"
#include "tests/support/sample_models.hpp"

namespace rnnbench {
namespace {

TEST(BenchExplanation, HasARowAShortcutAndAPhase) {
  TrialSpec trial;
  trial.model = tiny_rnn();
  trial.training.batch = 2;
  trial.recipe.length = 10;
  const double written = step_operations(trial.model, 2, 10);
  StepExplanation explanation{.written = written, .shortcuts = {}, .phases = {}};
  explanation.shortcuts = {{"words", "products made", 7, 20, written / 4}};
  explanation.phases = {{"forward", written / 2, 1.5e6}, {"optimizer", written / 4, 2e6}};
  Table table = explanation_table();
  add_explanation(table, {"m1", "eigen", "imdb"}, trial, std::nullopt);
  add_explanation(table, {"m1", "fused", "drawn"}, trial, explanation);
  const std::string text = format_table(table, TableFormat::kCsv);
  EXPECT_NE(text.find("m1,eigen,\"2 × 10, imdb\",as written,"), std::string::npos) << text;
  EXPECT_NE(text.find(",-25,,7 of 20 products made"), std::string::npos) << text;
  EXPECT_NE(text.find(",50,1.5,"), std::string::npos) << text;
  EXPECT_NE(text.find("m1,fused,\"2 × 10, drawn\",needed,"), std::string::npos) << text;
  EXPECT_EQ(table.rows.size(), 6U);
}

}  // namespace
}  // namespace rnnbench
