// Catches: a number that looks right of runs that can't be compared.
#include "results/query/compared_runs.hpp"

#include <algorithm>
#include <cmath>

#include "tests/results/query/verdict_fixture.hpp"

namespace rnnbench {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class ComparedRunsTest : public VerdictTest {
 protected:
  void add_seeds(const TrialRecord& trial, std::uint64_t first, std::uint64_t last,
                 const GivenRun& given = {}) {
    for (std::uint64_t seed = first; seed <= last; ++seed) {
      GivenRun run = given;
      run.accuracy *= 1 + 0.001 * static_cast<double>(seed * seed % 5);
      add(trial, seed, run);
    }
  }
};

TEST_F(ComparedRunsTest, OneOfEachIsJudgedByItsPredictions) {
  std::vector<float> all_right, all_wrong;
  for (int i = 0; i < 20; ++i) {
    all_right.push_back(i % 2 == 0 ? 0.5F : 0.4F);  // 0.5 is positive, as in the metric `accuracy`
    all_wrong.push_back(i % 2 == 0 ? 0.4F : 0.5F);
  }
  add(trial("eigen"), 1, {.accuracy = 0, .positive = all_wrong});
  add(trial("eigen"), 2, {.accuracy = 1, .positive = all_right});
  EXPECT_THAT(words({"1", "2"}), HasSubstr("run 2 is more accurate by 100.0 points [66.3, 100.0], p < 0.001 "
                                           "(Holm), one run of each on 20 reviews (McNemar)"));
}

TEST_F(ComparedRunsTest, OfOtherReviewsNoAccuracyIsCompared) {
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    const double luck = 0.001 * static_cast<double>(seed * seed);
    add(trial("eigen"), seed, {.accuracy = 0.8, .positive = {1, 0}});
    add(trial("libtorch"), seed, {.accuracy = 0.9 + luck, .positive = {1, 0}, .reviews = "others"});
  }
  EXPECT_THAT(words({"engine=eigen", "engine=libtorch"}),
              AllOf(HasSubstr("accuracies not compared"), Not(HasSubstr("points")),
                    HasSubstr("runs 1 and 2 were tested on different reviews")));
}

TEST_F(ComparedRunsTest, OfOtherDataSetsNothingIsCompared) {
  add_seeds(trial("eigen"), 1, 6);
  add_seeds(trial("eigen", "rnn", 100, R"({"set":"toy","fingerprint":"g","limit":{"test":0}})"), 1, 6);
  EXPECT_THAT(words({"1", "7"}), HasSubstr("accuracies are not compared, the test sets differ"));
  EXPECT_THAT(words({"data.fingerprint=f", "data.fingerprint=g"}),
              AllOf(HasSubstr("the test sets differ"),
                    HasSubstr("a step is not of the same work, data.fingerprint differ")));
}

// A smaller training set is a question, a smaller test set is not the same measure.
TEST_F(ComparedRunsTest, TrainingOnLessIsCompared) {
  add_seeds(trial("eigen"), 1, 4, {.accuracy = 0.8});
  add_seeds(trial("eigen", "rnn", 100, R"({"set":"toy","fingerprint":"f","limit":{"test":0,"train":9}})"), 1,
            4, {.accuracy = 0.7});
  EXPECT_TRUE(judged({"1", "5"})[0].verdict.missing.at(0).find("test sets") == std::string::npos);
}

TEST_F(ComparedRunsTest, SeedsThatDoNotPairAreNotPaired) {
  add_seeds(trial("eigen"), 1, 6);
  add_seeds(trial("eigen", "lstm"), 11, 16);
  EXPECT_THAT(words({"cell=rnn", "cell=lstm"}), AllOf(HasSubstr("n = 12 runs, fewer than two pairs of seeds"),
                                                      HasSubstr("no seed is of both"), Not(HasSubstr("×"))));
}

TEST_F(ComparedRunsTest, SeveralTrialsAreNoReplicates) {
  add_seeds(trial("eigen"), 1, 3);
  add_seeds(trial("eigen", "rnn", 200), 1, 3);
  add_seeds(trial("libtorch"), 1, 3, {.accuracy = 0.9});
  store_->add_parity(a_parity_record({a_parity_error("head.bias", 2e-6)}));
  EXPECT_THAT(words({"engine=libtorch", "engine=eigen"}),
              AllOf(HasSubstr("accuracies not compared; speeds not compared; parity not shown"),
                    HasSubstr("engine=eigen is of 2 trials")));
}

TEST_F(ComparedRunsTest, RunsOfNanOrWithoutAnEndAreNamed) {
  add_seeds(trial("eigen"), 1, 4);
  add(trial("libtorch"), 1, {.accuracy = std::nan("")});
  add_seeds(trial("libtorch"), 2, 4, {.accuracy = 0.88});
  EXPECT_THAT(
      words({"engine=eigen", "engine=libtorch"}),
      AllOf(HasSubstr("n = 3 pairs"), HasSubstr("seed 1 of engine=libtorch ended without an accuracy")));
  const RunId failed = add(trial("libtorch"), 9, {.accuracy = 0.9, .status = RunStatus::kFailed});
  const std::string run = std::to_string(failed);
  EXPECT_THAT(words({"1", run}),
              AllOf(HasSubstr("run " + run + " did not finish (failed)"),
                    HasSubstr("no run of run " + run + " is finished"), Not(HasSubstr("points"))));
}

TEST_F(ComparedRunsTest, OfManyRunsWithoutAnEndThreeAreNamed) {
  add_seeds(trial("eigen"), 1, 3);
  add_seeds(trial("libtorch"), 1, 9, {.status = RunStatus::kInterrupted});
  EXPECT_THAT(words({"engine=eigen", "engine=libtorch,status=interrupted"}),
              AllOf(HasSubstr("run 6 did not finish (interrupted)"), Not(HasSubstr("run 7 ")),
                    HasSubstr("6 more runs of engine=libtorch,status=interrupted did not finish")));
}

TEST_F(ComparedRunsTest, HostileNamesAreInert) {
  const std::string hostile = "x\x1B[31m\n|`" + std::string(1000, 'y');
  add(trial("eigen"), 1, {}, hostile);
  add(trial("eigen", "lstm"), 1, {}, hostile);
  const std::string text = words({"1", "2"});
  EXPECT_EQ(text.find('\x1B'), std::string::npos);
  EXPECT_LT(text.size(), 1000U);
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 3);
}

TEST_F(ComparedRunsTest, ARunIsNotComparedWithItself) {
  add_seeds(trial("eigen"), 1, 6);
  EXPECT_THAT(words({"2", "engine=eigen"}), HasSubstr("accuracies are not compared, run 2 is in both"));
}

TEST_F(ComparedRunsTest, PredictionsThatCannotBeAreNotUsed) {
  add(trial("eigen"), 1, {.positive = {1, std::nanf("")}});
  add(trial("libtorch"), 1, {.positive = {1, 0}});
  EXPECT_THAT(words({"1", "2"}), HasSubstr("predictions of run 1 are not used: some are NaN"));
  execute(path_, "UPDATE predictions SET positive = x'00' WHERE run_id = 1");
  EXPECT_THAT(words({"1", "2"}), HasSubstr("predictions of run 1 are not used: 0 of 2 reviews"));
}

TEST_F(ComparedRunsTest, ParityIsOfTheEnginesOnThisModel) {
  add_seeds(trial("eigen"), 1, 6);
  add_seeds(trial("libtorch"), 1, 6, {.accuracy = 0.9, .epochs_ns = {1'300'000}});
  EXPECT_THAT(
      words({"engine=eigen", "engine=libtorch"}),
      AllOf(HasSubstr("parity not shown"), Not(HasSubstr("×")),
            HasSubstr("`rnnbench parity FILE --engines eigen,libtorch`, FILE being that of the experiment "
                      "'first'")));
  ParityRecord record = a_parity_record({a_parity_error("head.bias", 2e-6)});
  store_->add_parity(record);
  EXPECT_THAT(words({"engine=eigen", "engine=libtorch"}), HasSubstr("1.30× slower"));
  record.errors[0].error = 1;
  store_->add_parity(record);
  EXPECT_THAT(words({"engine=eigen", "engine=libtorch"}),
              AllOf(HasSubstr("parity refuted"), Not(HasSubstr("×"))));
}

TEST_F(ComparedRunsTest, EnginesOnOtherModelsHaveNoParity) {
  add_seeds(trial("eigen"), 1, 6);
  add_seeds(trial("libtorch", "lstm"), 1, 6, {.accuracy = 0.9});
  store_->add_parity(a_parity_record({a_parity_error("head.bias", 2e-6)}));
  EXPECT_THAT(words({"engine=eigen", "engine=libtorch"}),
              AllOf(HasSubstr("parity not shown"), HasSubstr("both the engines and the models differ"),
                    Not(HasSubstr("rnnbench parity")), Not(HasSubstr("×"))));
}

}  // namespace
}  // namespace rnnbench
