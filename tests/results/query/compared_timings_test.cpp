// Catches: times of two machines, of two sessions or of other work set against each other; rounds paired by
// their place; warm-up counted.
#include "results/query/compared_timings.hpp"

#include "tests/results/query/verdict_fixture.hpp"

namespace rnnbench {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kOtherMachine = R"({"processor":{"model":"Y 2"},"system":{"host":"two"}})";

class ComparedTimingsTest : public VerdictTest {
 protected:
  void add_seeds(const TrialRecord& trial, const GivenRun& given) {
    for (std::uint64_t seed = 1; seed <= 6; ++seed) add(trial, seed, given);
  }
  static std::string session(const std::string& name) {
    return R"({"bench":{"session":")" + name +
           R"(","subject":"m1","command":"rnnbench bench 'a b.toml' --for 3","parity":"rnnbench parity 'a b.toml'"}})";
  }
};

TEST_F(ComparedTimingsTest, AreOfOneMachine) {
  add_seeds(trial("eigen"), {});
  add_seeds(trial("eigen", "lstm"), {.epochs_ns = {2'000'000}, .environment = kOtherMachine});
  EXPECT_THAT(words({"cell=rnn", "cell=lstm"}),
              AllOf(HasSubstr("they ran on 2 machines (X 1 of one, Y 2 of two): `rnnbench run FILE"),
                    Not(HasSubstr("×"))));
  add_seeds(trial("eigen", "lstm"), {.epochs_ns = {2'000'000}});
  EXPECT_THAT(words({"cell=rnn", "cell=lstm"}), HasSubstr("2.00× slower [2.00, 2.00]; the same engine"));
  execute(path_, "INSERT INTO resumes SELECT 1, 'now', 1, 2, (SELECT max(id) FROM environments), 'two'");
  EXPECT_THAT(words({"cell=rnn", "cell=lstm"}), HasSubstr("they ran on 2 machines"));
}

TEST_F(ComparedTimingsTest, OfMachinesThatAreNotRecordedAreNotCompared) {
  add_seeds(trial("eigen"), {.environment = R"({"processor":"one"})"});
  add_seeds(trial("eigen", "lstm"), {.environment = R"({"processor":"one"})"});
  EXPECT_THAT(words({"cell=rnn", "cell=lstm"}), HasSubstr("the environments don't say on which machine"));
}

TEST_F(ComparedTimingsTest, AreOfTheSameWork) {
  add_seeds(trial("eigen"), {});
  add_seeds(trial("eigen", "rnn", 200), {.epochs_ns = {2'000'000}});
  EXPECT_THAT(words({"length=100", "length=200"}),
              AllOf(HasSubstr("a step is not of the same work, recipe.length differ"), Not(HasSubstr("×"))));
}

// The control of the seeds of both, not of all runs.
TEST_F(ComparedTimingsTest, OfRunsOfTheirOwnSayWhetherTheControlChanged) {
  add_seeds(trial("eigen"), {.control_ns = 1'000'000});
  add(trial("eigen"), 7, {.control_ns = 9'000'000});
  add_seeds(trial("eigen", "lstm"), {.epochs_ns = {2'000'000}, .control_ns = 1'040'000});
  EXPECT_THAT(words({"cell=rnn", "cell=lstm"}),
              HasSubstr("not in turns; a control that is always the same took 1.04 times as long in those of "
                        "cell=lstm"));
  for (const char* control : {"1060000", "900000"}) {
    execute(path_, std::string("UPDATE timings SET median_ns = ") + control +
                       " WHERE phase = 'control' AND run_id > 7");
    EXPECT_THAT(words({"cell=rnn", "cell=lstm"}),
                HasSubstr("not in turns, and the machine changed: a control that is always the same took "));
  }
}

TEST_F(ComparedTimingsTest, AControlWhoseClockWentBackIsNotCounted) {
  add_seeds(trial("eigen"), {.control_ns = 1'000'000});
  add_seeds(trial("eigen", "lstm"), {.epochs_ns = {2'000'000}, .control_ns = -2'000'000});
  EXPECT_THAT(words({"cell=rnn", "cell=lstm"}),
              AllOf(HasSubstr("not in turns: the machine may have changed\nwithout its control: run 7, phase "
                              "control, epoch 1: the clock went back in 1 of 1 samples\n"),
                    HasSubstr("2.00× slower")));
}

TEST_F(ComparedTimingsTest, OneSeedIsRefusedWithWhatToRun) {
  add(trial("eigen"), 1);
  add(trial("eigen", "lstm"), 1, {.epochs_ns = {2'000'000}});
  EXPECT_THAT(words({"cell=rnn", "cell=lstm"}),
              AllOf(HasSubstr("speeds are not compared, "), HasSubstr("rnnbench run FILE --seeds 1..5")));
}

// The rounds' ratios are all 2, and those of rounds shifted by one are not.
TEST_F(ComparedTimingsTest, OfOneSessionAreRounds) {
  add(trial("eigen"), 1,
      {.epochs_ns = {1'000'000, 3'000'000, 1'000'000, 3'000'000, 1'000'000, 5'000'000, 2'000'000},
       .particulars = session("s")},
      "bench");
  add(trial("libtorch"), 1,
      {.epochs_ns = {2'000'000, 6'000'000, 2'000'000, 6'000'000, 2'000'000, 10'000'000},
       .particulars = session("s")},
      "bench");
  store_->add_parity(a_parity_record({a_parity_error("head.bias", 2e-6)}));
  EXPECT_THAT(words({"1", "2"}),
              AllOf(HasSubstr("accuracies are not compared, `rnnbench bench` measures none"),
                    HasSubstr("2.00× slower [2.00, 2.00]; parity shown")));
  EXPECT_EQ(judged({"1", "2"})[0].verdict.speed->n, 6);
}

TEST_F(ComparedTimingsTest, OfTwoSessionsAreNotCompared) {
  const std::vector<std::int64_t> rounds(8, 1'000'000);
  add(trial("eigen"), 1, {.epochs_ns = rounds, .particulars = session("s")}, "bench");
  add(trial("eigen", "lstm"), 1, {.epochs_ns = rounds, .particulars = session("t")}, "bench");
  EXPECT_THAT(words({"1", "2"}), AllOf(HasSubstr("they weren't timed in turns, in one `rnnbench bench`: "
                                                 "`rnnbench bench 'a b.toml' --for 3` with a larger --for"),
                                       Not(HasSubstr("×"))));
}

TEST_F(ComparedTimingsTest, OfABenchWithoutParityNameItsCommand) {
  add(trial("eigen"), 1, {.particulars = session("s")}, "bench");
  add(trial("libtorch"), 1, {.particulars = session("s")}, "bench");
  EXPECT_THAT(words({"1", "2"}), HasSubstr("`rnnbench parity 'a b.toml' --engines eigen,libtorch`"));
}

// The medians over the epochs are above 0: only the samples show it.
TEST_F(ComparedTimingsTest, AClockThatStandsStillInOneEpochGivesNoRatio) {
  add_seeds(trial("eigen"), {.epochs_ns = {1'000'000, 0, 1'000'000}});
  add_seeds(trial("eigen", "lstm"), {});
  EXPECT_THAT(
      words({"cell=rnn", "cell=lstm"}),
      AllOf(HasSubstr("speeds are not compared, run 1, phase step, epoch 2: 3 of 3 samples took 0 ns: the "
                      "clock stands still, or is too coarse: `rnnbench run FILE"),
            Not(HasSubstr("×"))));
}

TEST_F(ComparedTimingsTest, AClockThatGoesBackInOneRoundGivesNoRatio) {
  const std::vector<std::int64_t> rounds(6, 1'000'000);
  add(trial("eigen"), 1, {.epochs_ns = rounds, .particulars = session("s")}, "bench");
  add(trial("eigen", "lstm"), 2, {.epochs_ns = rounds, .particulars = session("s")}, "bench");
  EXPECT_THAT(words({"1", "2"}), HasSubstr("×"));
  turn_clock_back("run_id = 2 AND epoch = 5");
  EXPECT_THAT(
      words({"1", "2"}),
      AllOf(HasSubstr("speeds are not compared, run 2, phase step, epoch 5: the clock went back in 1 of 3 "
                      "samples: `rnnbench bench "),
            Not(HasSubstr("×"))));
}

}  // namespace
}  // namespace rnnbench
