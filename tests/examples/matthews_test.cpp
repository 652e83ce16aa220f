// Catches: a metric of the docs that doesn't build, is computed wrongly, or isn't recorded when it is given.
#include "examples/metric/matthews.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "harness/runner/run_trial.hpp"
#include "tests/harness/runner/fakes.hpp"
#include "tests/support/temporary_folder.hpp"

namespace rnnbench {
namespace {

TEST(Matthews, OfAWorkedExample) {
  // 3 true positives, 1 false positive, 2 false negatives, 4 true negatives: (12 − 2) / √(4 · 5 · 5 · 6).
  const std::vector<float> positive = {0.9F, 0.8F, 0.5F, 0.6F, 0.1F, 0.2F, 0.3F, 0.4F, 0.0F, 0.49F};
  const std::vector<std::uint8_t> labels = {1, 1, 1, 0, 1, 1, 0, 0, 0, 0};
  EXPECT_DOUBLE_EQ(matthews(positive, labels), 10 / std::sqrt(600.0));
}

TEST(Matthews, IsRecordedOfEachEvaluation) {
  const TemporaryFolder folder;
  EngineScript script;
  script.positive_by_evaluation = {0.75F, kRight};  // all alike in the first epoch, then all right
  RunServices services = fake_services(script, folder.path());
  services.metrics.push_back({"matthews", "", matthews});
  RecordingSink sink;
  ProgressListener quiet;
  run_trial(tiny_trial(2), {{"e", "q", "c"}, tiny_record("k"), 1, "", "{}"}, /*repeat=*/true, services, sink,
            quiet);
  std::vector<MetricRecord> recorded;
  for (const EpochRecord& epoch : sink.at(1).epochs) {
    for (const MetricRecord& metric : epoch.metrics) {
      if (metric.name == "matthews") recorded.push_back(metric);
    }
  }
  ASSERT_EQ(recorded.size(), 3U);
  EXPECT_EQ(recorded[0].split, "validation");
  EXPECT_TRUE(std::isnan(recorded[0].value));
  EXPECT_EQ(recorded[1].value, 1);
  EXPECT_EQ(recorded[2].split, "test");
  EXPECT_EQ(recorded[2].value, 1);
}

}  // namespace
}  // namespace rnnbench
