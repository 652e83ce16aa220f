#include "harness/config/cell_patterns.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "harness/config/experiment_file.hpp"
#include "harness/core/error.hpp"
#include "tests/harness/config/small_experiment_file.hpp"
#include "tests/support/thrown.hpp"

namespace rnnbench {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

TEST(CellPatterns, RefusesBadExcludesAndIncludes) {
  EXPECT_THAT(refusal("[[exclude]]\n"), StartsWith("dir/x.toml:5: exclude: gives no setting"));
  EXPECT_THAT(refusal("[[include]]\n"), StartsWith("dir/x.toml:5: include: gives no setting"));
  EXPECT_THAT(refusal("[exclude]\nengine = \"e\"\n"), HasSubstr("expected an array of tables"));
  EXPECT_THAT(refusal("[[exclude]]\nengin = \"e\"\n"),
              AllOf(StartsWith("dir/x.toml:6: engin: "), HasSubstr("'engine'")));
}

TEST(CellPatterns, MatchTheCellAsItIsShown) {
  const ExperimentFile experiment = parse("[[exclude]]\ncell = \"lstm+rnn\"\n");
  EXPECT_EQ(experiment.excludes[0].settings[0].path, kCellKey);
  EXPECT_THAT(refusal("[[exclude]]\ncell = [\"lstm\"]\n"),
              AllOf(StartsWith("dir/x.toml:6: cell: give it as `list` shows it"), HasSubstr("lstm+rnn")));
  EXPECT_THAT(refusal("[[include]]\ncell = \"lstm\"\n"),
              StartsWith("dir/x.toml:6: cell: 'cell' is no setting"));
}

TEST(CellPatterns, ReadWhens) {
  const ExperimentFile experiment = parse(
      "[[when]]\nif = { engine = \"e\", cell = \"gru\" }\nset = { training.batch = 8 }\n"
      "[[when]]\nif.model.layers.0.units = 3\nset.model.pooling = \"max\"\n");
  ASSERT_EQ(experiment.whens.size(), 2U);
  EXPECT_EQ(experiment.whens[0].origin, "dir/x.toml:5");
  EXPECT_EQ(experiment.whens[0].matched.size(), 2U);
  ASSERT_EQ(experiment.whens[0].set.size(), 1U);
  EXPECT_EQ(experiment.whens[0].set[0].path, "training.batch");
  EXPECT_EQ(experiment.whens[0].set[0].origin, "dir/x.toml:7");
  EXPECT_EQ(experiment.whens[1].matched[0].path, "model.layers.0.units");
}

TEST(CellPatterns, RefuseBadWhens) {
  const std::string set = "set = { training.batch = 8 }\n";
  const std::string when = "if = { engine = \"e\" }\n";
  EXPECT_THAT(refusal("[[when]]\n" + set), StartsWith("dir/x.toml:5: when: 'if' gives no setting"));
  EXPECT_THAT(refusal("[[when]]\n" + when), StartsWith("dir/x.toml:5: when: 'set' gives no setting"));
  EXPECT_THAT(refusal("[[when]]\nset = {}\n" + when), HasSubstr("'set' gives no setting"));
  EXPECT_THAT(refusal("[[when]]\nif = \"lstm\"\n" + set),
              StartsWith("dir/x.toml:6: when.0.if: expected a table"));
  EXPECT_THAT(refusal("[[when]]\nsets = 1\n" + when + set), HasSubstr("did you mean 'set'?"));
  EXPECT_THAT(refusal("[[when]]\nif = { engin = 1 }\n" + set), HasSubstr("did you mean 'engine'?"));
  EXPECT_THAT(refusal("[[when]]\nset = { cell = \"rnn\" }\n" + when), HasSubstr("'cell' is no setting"));
  EXPECT_THAT(refusal("[when]\n" + when + set), HasSubstr("expected an array of tables"));
}

TEST(CellPatterns, RefuseAWhenThatSetsAnAxis) {
  EXPECT_THAT(refusal("[axes]\n\"training.batch\" = [8]\n[[when]]\nif = { engine = \"e\" }\n"
                      "set = { training.batch = 8 }\n"),
              AllOf(StartsWith("dir/x.toml:9: training.batch: a [[when]] can't set what the axis"),
                    HasSubstr("dir/x.toml:6")));
  EXPECT_THAT(refusal("[axes]\n\"model.layers.0.units\" = [8]\n[[when]]\nif = { engine = \"e\" }\n"
                      "set = { model.layers = [] }\n"),
              HasSubstr("can't set what the axis model.layers.0.units"));
}

}  // namespace
}  // namespace rnnbench
