// tag and note as a person calls them.
#include <gmock/gmock.h>

#include "results/store/store.hpp"
#include "tests/e2e/fixture.hpp"

namespace rnnbench {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class TagTest : public ProgramTest {
 protected:
  TagTest() {
    Store store(database());
    const TrialRecord trial{std::string(64, 'a'), "{}", "eigen", "rnn", "cpu", "toy", "toy", 256, 20};
    for (const std::uint64_t seed : {1U, 2U, 3U}) {
      const RunId run = store.begin_run({{"tagged", "Which?", "x", {"paper"}}, trial, seed, "{}"});
      const double accuracy = 0.7 + 0.1 * static_cast<double>(seed);
      store.end_run(run,
                    {RunStatus::kFinished, "", 1, {{"accuracy", "test", 1, accuracy, "fraction"}}, {}, {}});
    }
  }

  std::string labels() { return program_.run({"list", "--columns", "run,tags,note", "--format", "csv"}).out; }
  std::string refusal(const std::vector<std::string>& arguments) {
    const ProgramResult result = program_.run(arguments);
    EXPECT_EQ(result.exit_code, 2) << result.out;
    return result.err;
  }
};

TEST_F(TagTest, TagsRunsByNumberAndByCondition) {
  EXPECT_THAT(program_.run({"tag", "1", "2", "--add", "draft", "--add", "old"}).out,
              HasSubstr("2 of 2 runs"));
  EXPECT_EQ(program_.run({"tag", "2", "--where", "test_accuracy>0.95", "--add", "best", "--remove", "draft"})
                .exit_code,
            0);
  EXPECT_EQ(program_.run({"note", "3", "shown in figure 2"}).exit_code, 0);
  EXPECT_EQ(labels(), "run,tags,note\n1,draft old,\"\"\n2,best old,\"\"\n3,best,shown in figure 2\n");
  EXPECT_EQ(program_.run({"list", "--tag", "best", "--columns", "run", "--format", "csv"}).out,
            "run\n2\n3\n");
  EXPECT_THAT(program_.run({"show", "3"}).out, AllOf(HasSubstr("best"), HasSubstr("shown in figure 2")));
}

TEST_F(TagTest, RefusesWhatIsNoTagNoRunAndNoChange) {
  EXPECT_THAT(refusal({"tag", "1", "--add", "two words"}), HasSubstr("--add: a tag is one word"));
  EXPECT_THAT(refusal({"tag", "1", "--add", "\x1b[31m"}),
              AllOf(HasSubstr("one word"), Not(HasSubstr("\x1b"))));
  EXPECT_THAT(refusal({"tag", "1", "--add", "a", "--remove", "a"}), HasSubstr("both added and removed"));
  EXPECT_THAT(refusal({"tag", "1"}), HasSubstr("Give --add TAG or --remove TAG"));
  EXPECT_THAT(refusal({"tag", "--add", "a"}), HasSubstr("which runs?"));
  EXPECT_THAT(refusal({"tag", "--where", "seed=9", "--add", "a"}), HasSubstr("--where finds no run"));
  EXPECT_THAT(refusal({"tag", "first", "--add", "a"}), HasSubstr("'first' is no run's number"));
  EXPECT_THAT(refusal({"note", "9", "x"}), HasSubstr("no run 9 in"));
  EXPECT_EQ(labels(), "run,tags,note\n1,\"\",\"\"\n2,\"\",\"\"\n3,\"\",\"\"\n");
}

TEST_F(TagTest, HostileLabelsAreInert) {
  const std::string hostile = "\x1b[2J<script>';DROP TABLE runs;--";
  EXPECT_THAT(program_.run({"note", "1", hostile}).out, Not(HasSubstr("\x1b")));
  EXPECT_EQ(program_.run({"tag", "1", "--add", "<b>';--\xe2\x80\xae"}).exit_code, 0);
  for (const std::vector<std::string>& command :
       {std::vector<std::string>{"list", "--columns", "run,tags,note"}, {"show", "1"}}) {
    EXPECT_THAT(program_.run(command).out, AllOf(Not(HasSubstr("\x1b")), Not(HasSubstr("\xe2\x80\xae"))));
  }
  EXPECT_EQ(ask("SELECT count(*) FROM runs"), "3");
}

TEST_F(TagTest, NumbersOfRunsAndLinesAreChecked) {
  EXPECT_THAT(refusal({"show", "abc"}), HasSubstr("'abc' is no run's number"));
  EXPECT_THAT(refusal({"diff-env", "1", "2x"}), HasSubstr("'2x' is no run's number"));
  EXPECT_THAT(refusal({"rerun", "1.5"}), HasSubstr("'1.5' is no run's number"));
  EXPECT_THAT(refusal({"list", "--limit", "-1"}), HasSubstr("--limit is a number of lines, or 0 for all"));
}

}  // namespace
}  // namespace rnnbench
