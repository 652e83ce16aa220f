#include "harness/measure/environment.hpp"

#include <gtest/gtest.h>

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

// Runs of one build on one machine must share one environment row.
TEST(Environment, IsTheSameAtEveryCall) {
  EXPECT_EQ(capture_environment().dump(), capture_environment().dump());
}

TEST(Environment, SaysWhyThereIsNoCuda) {
  const std::string obstacle = cuda_obstacle();
  if (obstacle.empty()) GTEST_SKIP() << "a GPU is here";
  EXPECT_NE(obstacle.find("NVIDIA"), std::string::npos);
}

}  // namespace
}  // namespace rnnbench
