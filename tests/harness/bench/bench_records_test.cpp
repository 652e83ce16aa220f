#include "harness/bench/bench_records.hpp"

#include <gtest/gtest.h>

#include <map>

namespace rnnbench {
namespace {

TEST(EpochRecordOfARound, KeepsSamplesByPhaseAndWhatTheMachineDid) {
  BenchRound round{.number = 3, .sides = std::vector<SideRound>(1)};
  round.sides[0].warm_up_ns = {9, 8};
  round.sides[0].samples_ns = {{"step", {5, 6}}, {"predict", {}}};
  round.sides[0].memory_peak = 4096;
  round.control_ns = {1, 2};
  round.use = {.steal = 0.25, .joules = 7, .frequency_hz = 2e9, .suspended_seconds = 60};
  const EpochRecord record = epoch_record(round, 0, 2.5, 12.5);
  EXPECT_EQ(record.epoch, 3);
  EXPECT_EQ(record.seconds, 12.5);
  EXPECT_EQ(record.train_seconds, 2.5);
  std::map<std::string, double> metrics;
  for (const MetricRecord& metric : record.metrics) metrics[metric.name + " " + metric.unit] = metric.value;
  EXPECT_EQ(metrics, (std::map<std::string, double>{{"memory_peak bytes", 4096},
                                                    {"steal fraction", 0.25},
                                                    {"energy joules", 7},
                                                    {"frequency hertz", 2e9},
                                                    {"suspended seconds", 60}}));
  ASSERT_EQ(record.timings.size(), 3U) << "an empty phase is none";
  EXPECT_EQ(record.timings[0].phase, "step");
  EXPECT_TRUE(record.timings[0].warmup);
  EXPECT_EQ(record.timings[1].samples_ns, (std::vector<std::int64_t>{5, 6}));
  EXPECT_FALSE(record.timings[1].warmup);
  EXPECT_EQ(record.timings[2].phase, "control");
}

TEST(EpochRecordOfARound, LeavesOutWhatIsNotKnown) {
  const BenchRound round{.number = 1, .sides = std::vector<SideRound>(1)};
  const EpochRecord record = epoch_record(round, 0, 0, 0);
  ASSERT_EQ(record.metrics.size(), 1U);
  EXPECT_EQ(record.metrics[0].name, "memory_peak");
}

// Catches: predictions, the control or the pauses between turns counted as training.
TEST(TrainSecondsOfARound, AreOfAllTrainingSteps) {
  SideRound round;
  EXPECT_EQ(train_seconds(round), 0);
  round.warm_up_ns = {4'000'000'000};
  round.samples_ns = {{"step", {1'000'000'000, 500'000'000}},
                      {"phases", {2'000'000'000}},
                      {"forward", {1'000'000'000}},
                      {"predict", {8'000'000'000}}};
  EXPECT_DOUBLE_EQ(train_seconds(round), 7.5);
}

}  // namespace
}  // namespace rnnbench
