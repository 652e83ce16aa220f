#include "harness/config/matrix_axes.hpp"

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

std::vector<std::string> axis_paths(const std::vector<MatrixAxis>& axes) {
  std::vector<std::string> paths;
  for (const MatrixAxis& axis : axes) paths.push_back(axis.path);
  return paths;
}

TEST(MatrixAxes, KeepsTheWrittenOrderOfAxes) {
  const ExperimentFile experiment = parse(
      "[axes]\n\"recipe.length\" = [1]\nengine = [\"e\"]\nmodel.layers.0.cell = [\"rnn\"]\n"
      "device = [\"cpu\"]\n\"data.set\" = [\"toy\"]\n");
  EXPECT_THAT(axis_paths(experiment.axes),
              ElementsAre("recipe.length", "engine", "model.layers.0.cell", "device", "data.set"));
  EXPECT_THAT(axis_paths(parse("axes = { engine = [\"e\"], device = [\"cpu\"] }\n").axes),
              ElementsAre("engine", "device"));
}

TEST(MatrixAxes, RefusesBadAxes) {
  EXPECT_THAT(refusal("[axes]\nengine = []\n"), StartsWith("dir/x.toml:6: engine: an axis needs a list"));
  EXPECT_THAT(refusal("[axes]\nengine = \"e\"\n"), HasSubstr("an axis needs a list"));
  EXPECT_THAT(refusal("[axes]\nmodel = {}\n"), HasSubstr("an axis needs a list"));
  EXPECT_THAT(refusal("axes = 3\n"), HasSubstr("expected a table"));
  EXPECT_THAT(refusal("[[axes]]\nengine = [1]\n"), HasSubstr("expected a table"));
  EXPECT_THAT(refusal("[axes]\nseeds = [1]\n"), HasSubstr("'seeds' is no setting of a trial"));
  EXPECT_THAT(refusal("[axes]\n\"modle.pooling\" = [1]\n"),
              AllOf(StartsWith("dir/x.toml:6: modle.pooling: "), HasSubstr("did you mean 'model'?")));
  EXPECT_THAT(refusal("[axes]\nengine = [\"e\", \"f\", \"e\"]\n"),
              StartsWith("dir/x.toml:6: engine: \"e\" stands there twice"));
}

TEST(MatrixAxes, RefusesDuplicateAxis) {
  EXPECT_THAT(refusal("[axes]\n\"model.pooling\" = [1]\nmodel.pooling = [2]\n"),
              HasSubstr("stands at dir/x.toml:"));
  EXPECT_THAT(refusal("[axes]\nengine = [1]\nengine = [2]\n"), StartsWith("dir/x.toml:7:"));
  EXPECT_THAT(
      refusal("[axes]\n\"model.layers\" = [1]\n\"model.layers.0.cell\" = [2]\n"),
      StartsWith("dir/x.toml:7: model.layers.0.cell: lies within the axis model.layers at dir/x.toml:6"));
}

constexpr const char* kZip =
    "[axes]\nengine = [\"e\", \"f\"]\n[[zip]]\n\"recipe.length\" = [100, 200, 400]\ntraining.batch = [64, "
    "32, 32]\n";

TEST(MatrixAxes, ReadsZipsAfterTheAxesInTheFilesOrder) {
  const std::vector<MatrixAxis> axes = parse(std::string(kZip) + "[[zip]]\ndevice = [\"cpu\"]\n").axes;
  EXPECT_THAT(axis_paths(axes), ElementsAre("engine", "recipe.length", "training.batch", "device"));
  EXPECT_EQ(axes[0].zip, 0);
  EXPECT_EQ(axes[1].zip, 1);
  EXPECT_EQ(axes[2].zip, 1);
  EXPECT_EQ(axes[3].zip, 2);
  EXPECT_THAT(axes[2].values, ElementsAre(64, 32, 32)) << "one list of a zip may repeat a value";
  EXPECT_EQ(axes[2].origin, "dir/x.toml:9");
}

TEST(MatrixAxes, RefusesBadZips) {
  EXPECT_THAT(
      refusal("[[zip]]\n\"recipe.length\" = [100, 200]\n\"training.batch\" = [64]\n"),
      StartsWith("dir/x.toml:7: training.batch: has 1 values, but recipe.length at dir/x.toml:6 has 2"));
  EXPECT_THAT(refusal("[[zip]]\nengine = [1, 2, 1]\ndevice = [3, 4, 3]\n"),
              StartsWith("dir/x.toml:5: zip: the values 1 and 3 of each list are the same"));
  EXPECT_THAT(refusal("[[zip]]\n"), StartsWith("dir/x.toml:5: zip: gives no setting"));
  EXPECT_THAT(refusal("[[zip]]\nengine = \"e\"\n"), StartsWith("dir/x.toml:6: engine: an axis needs a list"));
  EXPECT_THAT(refusal("[zip]\nengine = [1]\n"), HasSubstr("expected an array of tables"));
  EXPECT_THAT(refusal("[[zip]]\nengin = [1]\n"), HasSubstr("did you mean 'engine'?"));
}

TEST(MatrixAxes, RefusesAPathInTwoZipsOrInAnAxisToo) {
  EXPECT_THAT(refusal("[axes]\nengine = [1]\n[[zip]]\nengine = [2]\n"),
              AllOf(HasSubstr("dir/x.toml:6"), HasSubstr("dir/x.toml:8"), HasSubstr("take one out")));
  EXPECT_THAT(refusal("[[zip]]\nengine = [1]\n[[zip]]\nengine = [2]\n"),
              AllOf(HasSubstr("dir/x.toml:6"), HasSubstr("dir/x.toml:8"), HasSubstr("take one out")));
}

TEST(MatrixAxes, TakesAnOverriddenListOutOfItsZip) {
  const std::vector<MatrixAxis> axes = parse(kZip, {"recipe.length=300"}).axes;
  EXPECT_THAT(axis_paths(axes), ElementsAre("engine", "recipe.length", "training.batch"));
  EXPECT_EQ(axes[1].zip, 0);
  EXPECT_THAT(axes[1].values, ElementsAre(300));
  EXPECT_THAT(axes[2].values, ElementsAre(64, 32)) << "rows that became equal are one";
  const std::vector<MatrixAxis> other = parse(kZip, {"training.batch=16"}).axes;
  EXPECT_THAT(axis_paths(other), ElementsAre("engine", "training.batch", "recipe.length"));
  EXPECT_THAT(other[2].values, ElementsAre(100, 200, 400));
}

}  // namespace
}  // namespace rnnbench
