#include "harness/config/seed_sets.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/harness/config/small_experiment_file.hpp"

namespace rnnbench {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

constexpr const char* kSets = "[seed_sets]\nthree = [1, 2, 3]\nten = \"1..10\"\n";

TEST(SeedSets, GiveTheirSeedsByName) {
  const ExperimentFile file = parse(std::string("seeds = \"three\"\n") + kSets);
  EXPECT_THAT(file.seeds, ElementsAre(1, 2, 3));
  EXPECT_EQ(seeds_of("ten", file.seed_sets, "").size(), 10U);
  EXPECT_THAT(seeds_of("4..5", file.seed_sets, ""), ElementsAre(4, 5));
  EXPECT_THAT(parse("seeds = \"7..8\"\n").seeds, ElementsAre(7, 8));
  EXPECT_EQ(parse(std::string("seeds = \"three\"\n") + kSets, {"seeds=ten"}).seeds.size(), 10U);
}

TEST(SeedSets, RefuseOtherNamesWithTheNearest) {
  EXPECT_THAT(
      refusal(std::string("seeds = \"tree\"\n") + kSets),
      AllOf(StartsWith("dir/x.toml:4: seeds: no set of seeds is named 'tree'"), HasSubstr("'three'")));
  EXPECT_THAT(refusal("seeds = \"three\"\n"), StartsWith("dir/x.toml:4: seeds: 'three' is no whole number"));
  EXPECT_THAT(message_of<ConfigError>([] {
                seeds_of("tree", {{"three", {1}}}, "--seeds tree");
              }),
              StartsWith("--seeds tree: no set of seeds"));
}

TEST(SeedSets, RefuseBadSets) {
  const auto bad = [](const std::string& set) { return refusal("seeds = [1]\n[seed_sets]\n" + set + "\n"); };
  EXPECT_THAT(bad("a = []"), StartsWith("dir/x.toml:6: seed_sets.a: give a list"));
  EXPECT_THAT(bad("a = [1, 1]"), HasSubstr("1 stands there twice"));
  EXPECT_THAT(bad("a = \"3..1\""), AllOf(StartsWith("dir/x.toml:6: seed_sets.a: "), HasSubstr("backwards")));
  EXPECT_THAT(bad("a = 3"), HasSubstr("give a list"));
  EXPECT_THAT(bad("1 = [1]"), StartsWith("dir/x.toml:6: seed_sets.1: a set's name begins with a letter"));
  EXPECT_THAT(refusal("seeds = [1]\nseed_sets = 3\n"), HasSubstr("expected a table"));
}

}  // namespace
}  // namespace rnnbench
