#include "harness/config/merge_trees.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rnnbench {
namespace {

using testing::ElementsAre;

TEST(MergeTrees, PutsTheOwnOnTopKeyByKeyWithTheirPlaces) {
  const SettingsTree tree = merge_trees(parse_toml("[a]\nx = 1\ny = [1, 2]\n[b]\nz = 3\n", "base"),
                                        parse_toml("[a]\ny = [9]\nw = 4\n[b]\n", "own"));
  EXPECT_EQ(tree.values, Json::parse(R"({"a": {"x": 1, "y": [9], "w": 4}, "b": {"z": 3}})"));
  EXPECT_EQ(tree.origins.at("a.x"), "base:2");
  EXPECT_EQ(tree.origins.at("a.y"), "own:2");
  EXPECT_FALSE(tree.origins.contains("a.y.1"));
  EXPECT_EQ(tree.origins.at("b.z"), "base:5") << "an empty table takes nothing away";
  EXPECT_EQ(tree.origins.at(""), "own");
}

TEST(MergeTrees, KeepsTheOrderOfTheBaseAndForgetsWhatIsGone) {
  const SettingsTree tree = merge_trees(parse_toml("b = 1\na = [{ c = 1 }]\n", "base"),
                                        parse_toml("d = 1\na = [{ e = 1 }]\n", "own"));
  EXPECT_THAT(tree.written, ElementsAre("b", "a", "d", "a", "a.0", "a.0.e"));
}

}  // namespace
}  // namespace rnnbench
