#include "harness/measure/environment.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace rnnbench {
namespace {

TEST(Environment, NamesProcessorSystemAndBuild) {
  const Json environment = capture_environment();
  EXPECT_FALSE(environment.at("processor").at("model").get<std::string>().empty());
  EXPECT_GT(environment.at("processor").at("cores").get<int>(), 0);
  EXPECT_GT(environment.at("memory_gib").get<double>(), 0.1);
  EXPECT_FALSE(environment.at("build").at("revision").get<std::string>().empty());
  EXPECT_FALSE(environment.at("build").at("compiler").get<std::string>().empty());
}

TEST(Environment, HasTheDiffOfABuildFromChangedSources) {
  const Json build = capture_environment().at("build");
  EXPECT_EQ(build.contains("diff_sha256"), build.at("dirty").get<bool>());
  if (build.contains("diff")) {
    EXPECT_EQ(build.at("diff").get<std::string>().substr(0, 5), "diff ");
  }
}

// Runs of one build on one machine must share one environment row.
TEST(Environment, IsTheSameAtEveryCall) {
  EXPECT_EQ(capture_environment().dump(), capture_environment().dump());
}

TEST(Environment, ListsTheInstructionSetsThatItsShortNameStandsFor) {
  const std::vector<std::string> sets = instruction_sets();
  const std::string name = capture_environment().at("processor").at("vector_extensions");
  const auto has = [&](const char* set) { return std::find(sets.begin(), sets.end(), set) != sets.end(); };
  EXPECT_EQ(has("avx512f"), name == "avx512");
  EXPECT_EQ(has("avx2"), name == "avx512" || name == "avx2");
}

}  // namespace
}  // namespace rnnbench
