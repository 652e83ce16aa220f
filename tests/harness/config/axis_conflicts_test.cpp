#include "harness/config/axis_conflicts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/harness/config/small_experiment_file.hpp"

namespace rnnbench {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

TEST(AxisConflicts, RefuseAnAxisThatIsFixedTooWithBothPlaces) {
  EXPECT_THAT(refusal("[axes]\n\"training.batch\" = [8, 16]\n[training]\nbatch = 4\n"),
              AllOf(StartsWith("dir/x.toml:6: training.batch: is an axis here and training.batch is fixed at "
                               "dir/x.toml:8"),
                    HasSubstr("take one of them out")));
  EXPECT_THAT(refusal("engine = \"e\"\n[[zip]]\nengine = [\"e\", \"f\"]\n"),
              AllOf(StartsWith("dir/x.toml:7: engine: "), HasSubstr("dir/x.toml:5")));
  EXPECT_THAT(refusal("[axes]\n\"model.embedding\" = [{ size = 3 }]\n[model]\nembedding.l2 = true\n"),
              HasSubstr("model.embedding.l2 is fixed at dir/x.toml:8"));
  EXPECT_THAT(refusal("[axes]\nengine = [\"e\"]\n[[axes.x]]\n"), HasSubstr("'x' is no setting"));
}

TEST(AxisConflicts, LetAnAxisChangeAnElementOfAFixedList) {
  EXPECT_NO_THROW(
      parse("[axes]\n\"model.layers.0.cell\" = [\"rnn\"]\n[model]\nlayers = [{ cell = \"lstm\" }]\n"));
  EXPECT_THAT(refusal("[axes]\n\"model.layers\" = [[]]\n[model]\nlayers = [{ cell = \"lstm\" }]\n"),
              HasSubstr("model.layers is fixed"));
}

TEST(AxisConflicts, LetAnAxisOfRecipesStandOnTopOfFixedOnes) {
  EXPECT_NO_THROW(parse("[axes]\nrecipe = [{ length = 5 }]\n[recipe]\nvocabulary = 3\n[model]\n"));
}

TEST(AxisConflicts, AreNoneWhereTheCommandLineFixesAnAxis) {
  EXPECT_EQ(parse("[axes]\nengine = [\"e\", \"f\"]\n", {"engine=g"}).axes[0].values.size(), 1U);
}

}  // namespace
}  // namespace rnnbench
