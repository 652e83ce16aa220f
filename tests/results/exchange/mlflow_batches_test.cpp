#include "results/exchange/mlflow_batches.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace rnnbench {
namespace {

MlflowRun a_run(int metrics, int params, int tags, std::size_t tag_bytes = 10) {
  MlflowRun run;
  for (int i = 0; i < metrics; ++i) run.metrics.push_back({"loss", 0.5, 1, i});
  for (int i = 0; i < params; ++i) run.params.emplace(fmt::format("p{}", i), "1");
  for (int i = 0; i < tags; ++i) run.tags[fmt::format("t{}", i)] = std::string(tag_bytes, 'x');
  return run;
}

TEST(MlflowBatches, AreOneWhereAllFits) {
  const auto batches = log_batches("id", a_run(800, 100, 100));
  ASSERT_EQ(batches.size(), 1U);
  EXPECT_EQ(batches[0]["run_id"], "id");
  EXPECT_EQ(batches[0]["metrics"].size(), 800U);
}

// Catches: a request that the server refuses, and what is lost where two meet.
TEST(MlflowBatches, KeepEveryLimitAndLoseNothing) {
  for (const auto& run : {a_run(2500, 101, 0), a_run(1000, 1, 1), a_run(0, 250, 250), a_run(10, 0, 300, 5000),
                          a_run(999, 1, 0)}) {
    std::size_t metrics = 0, params = 0, tags = 0;
    for (const Json& batch : log_batches("id", run)) {
      EXPECT_LE(batch["metrics"].size() + batch["params"].size() + batch["tags"].size(), 1000U);
      EXPECT_LE(batch["params"].size(), 100U);
      EXPECT_LE(batch["tags"].size(), 100U);
      EXPECT_LE(batch.dump().size(), 1'000'000U);
      metrics += batch["metrics"].size();
      params += batch["params"].size();
      tags += batch["tags"].size();
    }
    EXPECT_EQ(metrics, run.metrics.size());
    EXPECT_EQ(params, run.params.size());
    EXPECT_EQ(tags, run.tags.size());
  }
  EXPECT_TRUE(log_batches("id", {}).empty());
}

TEST(MlflowBatches, KeepTheLimitOfBytes) {
  const auto batches = log_batches("id", a_run(0, 0, 100, 5000), {.bytes = 100'000});
  EXPECT_GE(batches.size(), 5U);
  for (const Json& batch : batches) EXPECT_LE(batch.dump().size(), 100'200U);
}

}  // namespace
}  // namespace rnnbench
