#include "harness/executor/hand_over.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/core/error.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/thrown.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;

/// A scheduler that takes jobs, or doesn't, and says so, or doesn't.
class FakeScheduler final : public Executor {
 public:
  bool takes = true, answers = true, can_be_asked = true;
  std::map<std::string, std::string> jobs;  ///< by name

  std::string submit(const std::filesystem::path&, const std::vector<int>&,
                     const std::string& name) override {
    if (takes) jobs[name] = std::to_string(jobs.size() + 1);
    if (!takes && answers) throw SubmissionRefused("sbatch: invalid partition");
    if (!answers) {
      can_be_asked = can_be_asked && !goes_away_then;
      throw EnvironmentError("sbatch: Socket timed out");
    }
    return jobs[name];
  }
  std::optional<std::string> find(const std::string& name) override {
    if (!can_be_asked) throw EnvironmentError("squeue: no answer");
    const auto job = jobs.find(name);
    return job == jobs.end() ? std::nullopt : std::optional(job->second);
  }
  std::map<int, TaskState> states(const std::string&) override { return {}; }
  void cancel(const std::string&) override {}
  bool goes_away_then = false;
};

class HandOverTest : public testing::Test {
 protected:
  TemporaryFolder folder_;
  Submission submission_ = Submission::create_in(folder_.path() / "matrix", {{std::string(64, 'a'), 1}}, 3);
  FakeScheduler scheduler_;
  std::string said_;

  void hand_over() {
    rnnbench::hand_over(submission_, {1, 2, 3}, scheduler_,
                        [this](const std::string& text) { said_ += text; });
  }
  std::optional<Submission> open() const { return Submission::open_in(folder_.path() / "matrix"); }
};

TEST_F(HandOverTest, GivesTheJobANameOfItsOwn) {
  hand_over();
  EXPECT_THAT(scheduler_.jobs.begin()->first, testing::MatchesRegex("rnnbench-matrix-[0-9a-f]+-1"));
  EXPECT_EQ(submission_.job(), "1");
  EXPECT_EQ(said_, "job 1: 3 tasks");
  hand_over();
  EXPECT_EQ(scheduler_.jobs.size(), 2U) << "the second try has another name";
  EXPECT_EQ(submission_.attempts(), 2);
}

// Catches: tasks done twice, once by a job that nobody waits for.
TEST_F(HandOverTest, FindsTheJobOfAnAnswerThatGotLost) {
  scheduler_.answers = false;
  hand_over();
  EXPECT_EQ(submission_.job(), "1");
  EXPECT_EQ(scheduler_.jobs.size(), 1U);
}

TEST_F(HandOverTest, FindsTheJobOfACallThatWasKilled) {
  submission_.begins({1, 2, 3});
  scheduler_.jobs[submission_.next_name()] = "77";
  submission_ = *open();
  hand_over();
  EXPECT_EQ(submission_.job(), "77");
  EXPECT_EQ(scheduler_.jobs.size(), 1U);
}

// Catches: a controller that takes the job a moment after it was asked for it, which is handed over twice.
TEST_F(HandOverTest, StaysOpenWhereTheJobMayComeLater) {
  scheduler_.takes = scheduler_.answers = false;
  EXPECT_THAT(message_of<EnvironmentError>([&] { hand_over(); }), HasSubstr("may be taken all the same"));
  ASSERT_TRUE(open());
  scheduler_.jobs[submission_.next_name()] = "77";
  submission_ = *open();
  hand_over();
  EXPECT_EQ(submission_.job(), "77");
}

TEST_F(HandOverTest, StaysOpenWhereNobodyCanSay) {
  scheduler_.takes = scheduler_.answers = false;
  scheduler_.goes_away_then = true;
  EXPECT_THAT(message_of<EnvironmentError>([&] { hand_over(); }),
              testing::AllOf(HasSubstr("sbatch: Socket timed out"), HasSubstr("squeue: no answer"),
                             HasSubstr("the same command looks for them")));
  ASSERT_TRUE(open());
  EXPECT_EQ(open()->job(), "");
}

TEST_F(HandOverTest, IsOverWhereTheFirstTryIsRefused) {
  scheduler_.takes = false;
  EXPECT_THROW(hand_over(), EnvironmentError);
  EXPECT_FALSE(open()) << "the next call asks anew";
}

// What tasks left before is not given up because a try more is refused.
TEST_F(HandOverTest, StaysOpenWhereALaterTryIsRefused) {
  hand_over();
  scheduler_.takes = false;
  EXPECT_THROW(hand_over(), EnvironmentError);
  ASSERT_TRUE(open());
  EXPECT_EQ(open()->job(), "") << "not the job before";
  EXPECT_EQ(open()->attempts(), 1);
}

}  // namespace
}  // namespace rnnbench
