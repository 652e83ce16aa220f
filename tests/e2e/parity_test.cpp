// Catches: a check that isn't recorded, a report that doesn't find the record of its model, an engine that
// can't run a spec taken for one that passed, seeds whose verdict doesn't reach the exit code or the
// database.
#include <gmock/gmock.h>

#include "harness/core/files.hpp"
#include "tests/e2e/fixture.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;

/// The spec of the experiment below, as a file of its own.
constexpr const char* kSpec = R"([model]
embedding = { size = 8 }
layers = [{ cell = "rnn", units = 8, output_dropout = 0.2 }]
[training]
optimizer = { name = "adam", learning_rate = 1e-2 }
threads = 1
)";

/// At this learning rate the rounding of either engine grows until their nets differ.
constexpr const char* kWildSpec = R"([model]
embedding = { size = 16 }
layers = [{ cell = "rnn", units = 32, output_dropout = 0.2 }]
pooling = "mean"
[training]
optimizer = { name = "adam", learning_rate = 3e-2 }
threads = 1
)";

std::string two_engines() {
  std::string config = small_experiment();
  config.replace(config.find("[\"eigen\"]"), 9, "[\"libtorch\", \"eigen\"]");
  config.replace(config.find("units = 8"), 9, "units = 8, output_dropout = 0.2");
  return config.replace(config.find("[10, 20]"), 8, "[10]");
}

class Parity : public ProgramTest {
 protected:
  void SetUp() override {
    spec_ = program_.write("spec.toml", kSpec).string();
    if (program_.run({"parity", spec_, "--stride", "1"}).err.find("no LibTorch") != std::string::npos) {
      GTEST_SKIP() << "this build has no LibTorch";
    }
  }

  std::string spec_;
};

// In both precisions: the fused engine has a module for each.
TEST_F(Parity, OfTheFusedEngineIsShown) {
  const ProgramResult result = program_.run({"parity", spec_, "--stride", "1", "--engines", "eigen,fused"});
  EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
  EXPECT_THAT(result.out, testing::AllOf(HasSubstr("float64"), HasSubstr("float32")));
  EXPECT_THAT(result.out, HasSubstr("is shown for 1 of 1 model specs"));
}

TEST_F(Parity, OfASpecIsShownAndRecorded) {
  const ProgramResult result = program_.run({"parity", spec_, "--stride", "1"});
  EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
  EXPECT_THAT(result.out, HasSubstr("Parity shown in "));
  EXPECT_THAT(result.out, HasSubstr("is shown for 1 of 1 model specs"));
  EXPECT_EQ(
      ask("SELECT verdict || ' ' || reference || ' ' || candidate || ' ' || data_set FROM parity_records "
          "WHERE id = 2"),
      "shown libtorch eigen toy");
  EXPECT_EQ(ask("SELECT count(DISTINCT check_group) FROM parity_errors WHERE parity_id = 2"), "4");
  EXPECT_EQ(ask("SELECT count(*) FROM parity_errors WHERE error IS NULL OR error > bound"), "0");
  EXPECT_NE(ask("SELECT max(error) FROM parity_errors"), "0") << "the engine was compared with itself";
}

TEST_F(Parity, IsWhatTheReportOfTheSameModelSays) {
  const auto config = program_.write("both.toml", two_engines());
  ASSERT_EQ(program_.run({"run", config}).exit_code, 0);
  const std::string page = read_file(program_.folder() / "output/results.report/small/report.md");
  EXPECT_THAT(page, HasSubstr("Parity shown (worst gradient error "));
  EXPECT_THAT(page, HasSubstr("## Equivalence of engines"));
}

TEST_F(Parity, OfAnExperimentChecksEachModelOnce) {
  const auto config = program_.write("both.toml", two_engines());
  const ProgramResult result = program_.run({"parity", config, "--stride", "1", "--double"});
  EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
  EXPECT_THAT(result.out, HasSubstr("is shown for 1 of 1 model specs"));
  EXPECT_EQ(ask("SELECT group_concat(DISTINCT precision) FROM parity_errors WHERE parity_id = 2"), "float64");
}

TEST_F(Parity, OfSeedsTestsFinalAccuracies) {
  const ProgramResult result = program_.run({"parity", spec_, "--stride", "1", "--seeds", "1..3", "--reviews",
                                             "300", "--epochs", "2", "--margin", "5"});
  EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
  EXPECT_THAT(result.out, HasSubstr("Margin, fixed before the runs: 5 points"));
  EXPECT_THAT(result.out, HasSubstr("2 epochs (the spec has 1) on 300 reviews"));
  EXPECT_THAT(result.out, HasSubstr("Accuracies equivalent within 5 points"));
  EXPECT_THAT(result.out, HasSubstr("equivalent within 5 points for 1 of 1 model specs"));
  EXPECT_EQ(ask("SELECT group_concat(seed || ' ' || train_reviews || ' ' || test_reviews || ' ' || epochs) "
                "FROM parity_seeds WHERE parity_id = 2"),
            "\"1 300 300 2,2 300 300 2,3 300 300 2\"");
  EXPECT_EQ(ask("SELECT verdict || ' ' || margin FROM parity_equivalences WHERE parity_id = 2"),
            "equivalent 5.0");
  EXPECT_NE(ask("SELECT count(DISTINCT reference_accuracy) FROM parity_seeds"), "1")
      << "the seed changed nothing";
  EXPECT_THAT(program_.run({"query", "parity"}).out, HasSubstr("equivalent (margin 5, 3 seeds"));
}

TEST_F(Parity, OfSeedsThatShowNothingExitsWithOne) {
  const ProgramResult result =
      program_.run({"parity", program_.write("wild.toml", kWildSpec), "--stride", "1", "--seeds", "1..4",
                    "--reviews", "600", "--epochs", "12", "--margin", "0.05"});
  EXPECT_EQ(result.exit_code, 1) << result.out << result.err;
  EXPECT_THAT(result.out, HasSubstr("Parity of libtorch and eigen is shown for 1 of 1 model specs"));
  EXPECT_THAT(result.out, HasSubstr("Accuracies not shown: the interval reaches beyond the margin; about "));
  EXPECT_THAT(result.out, HasSubstr("equivalent within 0.05 points for 0 of 1 model specs"));
  EXPECT_EQ(ask("SELECT verdict FROM parity_equivalences"), "not shown");
}

TEST_F(Parity, RefusesWhatCanNotBeCompared) {
  const auto refused = [&](const std::string& engines, const std::string& reason) {
    const ProgramResult result = program_.run({"parity", spec_, "--engines", engines, "--db", "refused.db"});
    EXPECT_EQ(result.exit_code, 2) << engines;
    EXPECT_THAT(result.err, HasSubstr(reason)) << engines;
  };
  refused("libtorch,eigne", "did you mean 'eigen'?");
  refused("libtorch", "expected two names");
  refused("eigen,eigen", "against itself");
  refused("libtorch,eigen:cuda", "eigen can't run this model spec: cuda");
  refused("libtorch,eigen:tpu", "'tpu' is no device");
  for (const std::vector<std::string>& bad : {std::vector<std::string>{"--seeds", "1"},
                                              {"--seeds", "1,x"},
                                              {"--seeds", "1..3", "--margin", "nan"},
                                              {"--set", "model.layers.0.units=65000"},
                                              {"--reviews", "100"},
                                              {"--margin", "1"}}) {
    std::vector<std::string> command = {"parity", spec_, "--db", "refused.db"};
    command.insert(command.end(), bad.begin(), bad.end());
    EXPECT_EQ(program_.run(command).exit_code, 2) << bad[0] << " " << bad[1];
  }
  EXPECT_THAT(program_.run({"parity", spec_, "--set", "model.layers.0.units=65000"}).err,
              testing::ContainsRegex("two engines needs about [0-9.]+ GiB, this machine has [0-9.]+ GiB"));
  EXPECT_EQ(program_.run({"parity", program_.write("bad.toml", "[modle]\n")}).exit_code, 2);
  EXPECT_FALSE(std::filesystem::exists(program_.folder() / "refused.db"));
}

}  // namespace
}  // namespace rnnbench
