#include "harness/executor/submission.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/core/error.hpp"
#include "harness/core/files.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/thrown.hpp"

namespace rnnbench {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

const std::string kTrial(64, 'a');

class SubmissionTest : public testing::Test {
 protected:
  Submission made(int tasks = 3) {
    return Submission::create_in(folder_.path(), {{kTrial, 1}, {kTrial, 18446744073709551615U}, {kTrial, 2}},
                                 tasks);
  }
  TemporaryFolder folder_;
};

TEST_F(SubmissionTest, IsFoundAgainUntilItIsOver) {
  EXPECT_FALSE(Submission::open_in(folder_.path()));
  Submission submission = made();
  EXPECT_FALSE(Submission::open_in(folder_.path())) << "it was never handed over";
  submission.handed_over("17");
  const auto found = Submission::open_in(folder_.path());
  ASSERT_TRUE(found);
  EXPECT_EQ(found->job(), "17");
  EXPECT_EQ(found->tasks(), 3);
  EXPECT_EQ(found->attempts(), 1);
  submission.close();
  EXPECT_FALSE(Submission::open_in(folder_.path()));
  EXPECT_NE(made().folder(), submission.folder());
}

TEST_F(SubmissionTest, KnowsItsRuns) {
  EXPECT_THAT(read_runs_file(made().runs_file()),
              ElementsAre(Pair(kTrial, 1), Pair(kTrial, 18446744073709551615U), Pair(kTrial, 2)));
  for (const std::string& line :
       std::vector<std::string>{"abc 1", kTrial, kTrial + " x", kTrial + " 1 2", " "}) {
    const auto file = folder_.write("runs.txt", kTrial + " 1\n" + line + "\n");
    EXPECT_THAT(message_of<ConfigError>([&] { read_runs_file(file); }),
                HasSubstr("runs.txt:2: expected a trial and a seed"));
  }
}

TEST_F(SubmissionTest, TellsShardsByWhereTheyAre) {
  Submission submission = made();
  make_folder(submission.part(1));
  make_folder(submission.shard(2));
  write_file_atomically(submission.database(submission.shard(2)), "x");
  EXPECT_THAT(submission.whole(), ElementsAre(2));
  EXPECT_THAT(submission.pending(), ElementsAre(1, 2, 3));
  submission.merged(2);
  EXPECT_THAT(submission.whole(), IsEmpty());
  EXPECT_THAT(submission.pending(), ElementsAre(1, 3));
  EXPECT_FALSE(exists(submission.folder() / "merged" / "2" / "results.db")) << "its room is given back";
}

// Catches: a task's shard that comes after it was given up stays where nobody looks.
TEST_F(SubmissionTest, FindsThoseThatAreOver) {
  Submission first = made(), second = made(), third = made();
  for (Submission* each : {&first, &second}) each->close();
  third.handed_over("3");
  write_file_atomically(second.folder() / "submission.json", "{");
  const std::vector<Submission> over = Submission::over_in(folder_.path());
  ASSERT_EQ(over.size(), 1U) << "a damaged one stands in nobody's way";
  EXPECT_EQ(over[0].folder(), first.folder());
}

TEST_F(SubmissionTest, KnowsHowATaskEndedUntilItIsHandedOverAgain) {
  Submission submission = made();
  EXPECT_FALSE(submission.end_of(2));
  write_file_atomically(submission.folder() / "ends" / "2", "127\n");
  EXPECT_EQ(submission.end_of(2), 127);
  submission.begins({2});
  EXPECT_FALSE(submission.end_of(2));
}

TEST_F(SubmissionTest, RemembersThatTasksWereCancelled) {
  Submission submission = made();
  submission.handed_over("3");
  submission.cancelled();
  EXPECT_TRUE(Submission::open_in(folder_.path())->is_cancelled());
}

TEST_F(SubmissionTest, KnowsTheLastWordsOfATask) {
  Submission submission = made();
  EXPECT_EQ(submission.last_words(1), "");
  write_file_atomically(submission.folder() / "logs" / "1.txt", "begun\nno such trial\n\n");
  EXPECT_EQ(submission.last_words(1), "no such trial");
}

TEST_F(SubmissionTest, PutsShardsAwayOneAfterTheOther) {
  Submission submission = made();
  make_folder(submission.part(1));
  submission.set_aside(1, submission.part(1));
  make_folder(submission.shard(1));
  submission.set_aside(1, submission.shard(1));
  EXPECT_TRUE(exists(submission.folder() / "damaged" / "1.1"));
  EXPECT_TRUE(exists(submission.folder() / "damaged" / "1.2"));
  EXPECT_THAT(submission.pending(), ElementsAre(1, 2, 3));
}

TEST_F(SubmissionTest, SaysWhatToDoWhereItsDescriptionIsDamaged) {
  Submission submission = made();
  for (const char* text :
       {"", "{", "[]", R"({"job": 1, "tasks": 1, "attempts": 1, "over": false})", R"({"job": "1"})"}) {
    write_file_atomically(submission.folder() / "submission.json", text);
    EXPECT_THAT(message_of<EnvironmentError>([&] { Submission::open_in(folder_.path()); }),
                HasSubstr("is no description of tasks; remove "));
  }
}

}  // namespace
}  // namespace rnnbench
