#include "harness/workers/worker_messages.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "harness/core/error.hpp"

namespace rnnbench {
namespace {

template <typename Message>
Message said_and_heard(const Message& message) {
  const std::string line = to_line(WorkerMessage(message));
  EXPECT_EQ(line.find('\n'), line.size() - 1);
  return std::get<Message>(worker_message(line.substr(0, line.size() - 1)));
}

TEST(WorkerMessages, RequestsComeAcross) {
  RunRequest request{
      {"first", "Which\nis best?", "name = \"x\"\n"}, "key", R"({"a": 1})", "glove", UINT64_MAX, true, 2.5};
  request.experiment.tags = {"paper"};
  request.experiment.note = "a \x1b note";
  const std::string line = to_line(request);
  EXPECT_EQ(line.find('\n'), line.size() - 1);
  const RunRequest heard = run_request(line);
  EXPECT_EQ(heard.experiment.name, "first");
  EXPECT_EQ(heard.experiment.question, "Which\nis best?");
  EXPECT_EQ(heard.experiment.config, "name = \"x\"\n");
  EXPECT_EQ(heard.experiment.tags, request.experiment.tags);
  EXPECT_EQ(heard.experiment.note, request.experiment.note);
  EXPECT_EQ(heard.key, "key");
  EXPECT_EQ(heard.settings, R"({"a": 1})");
  EXPECT_EQ(heard.vectors, "glove");
  EXPECT_EQ(heard.seed, UINT64_MAX);
  EXPECT_TRUE(heard.repeat);
  EXPECT_EQ(heard.estimated_seconds, 2.5);
}

TEST(WorkerMessages, WhatAWorkerSaysComesAcross) {
  said_and_heard(WorkerReady{});
  EXPECT_EQ(said_and_heard(RunTaken{12}).run, 12);
  const StepDone step = said_and_heard(StepDone{2, 0.25, std::nan(""), 0.5});
  EXPECT_EQ(step.epoch, 2);
  EXPECT_EQ(step.share_of_epoch, 0.25);
  EXPECT_TRUE(std::isnan(step.loss));
  EXPECT_EQ(step.accuracy, 0.5);
  EXPECT_EQ(said_and_heard(BegunAnew{"damaged"}).why, "damaged");
  EXPECT_EQ(said_and_heard(EvaluationBegun{3, "test"}).split, "test");
  const RunOver over = said_and_heard(RunOver{true, RunStatus::kFailed, "it \"broke\"\n\xff", 1.5});
  EXPECT_EQ(over.seconds, 1.5);
  EXPECT_EQ(over.status, RunStatus::kFailed);
  EXPECT_EQ(over.reason, "it \"broke\"\n\xef\xbf\xbd");
  const WorkerFailed failed = said_and_heard(WorkerFailed{2, "no data"});
  EXPECT_EQ(failed.exit_code, 2);
  EXPECT_EQ(failed.message, "no data");
}

TEST(WorkerMessages, AnEpochBringsItsMetrics) {
  const EpochDone epoch = said_and_heard(EpochDone{{4, {{"loss", "train", 4, 0.1, "nats"}}, {}}});
  EXPECT_EQ(epoch.record.epoch, 4);
  ASSERT_EQ(epoch.record.metrics.size(), 1U);
  EXPECT_EQ(epoch.record.metrics[0].name, "loss");
  EXPECT_EQ(epoch.record.metrics[0].split, "train");
  EXPECT_EQ(epoch.record.metrics[0].epoch, 4);
  EXPECT_EQ(epoch.record.metrics[0].value, 0.1);
}

TEST(WorkerMessages, OtherLinesAreRefused) {
  for (const char* line :
       {"", "x", "{", "[]", "{}", "3", R"({"taken": "x"})", R"({"unknown": 1})",
        R"({"over": {"taken": true, "status": "lost", "reason": ""}})", R"({"taken": 1, "step": 2})"}) {
    EXPECT_THROW(worker_message(line), EnvironmentError) << line;
    EXPECT_THROW(run_request(line), EnvironmentError) << line;
  }
}

}  // namespace
}  // namespace rnnbench
