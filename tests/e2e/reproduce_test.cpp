// reproduce as a person calls it, with claims on the toy reviews.
#include <gmock/gmock.h>

#include "harness/core/files.hpp"
#include "tests/e2e/fixture.hpp"

namespace rnnbench {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

std::string claim_experiment(const std::string& claim) {
  return R"(schema = 1
name = "claim-easy"
question = "Is it easy?"
seeds = "1..6"
engine = "eigen"
[data]
set = "toy"
recipe = "toy"
limit = { train = 400, test = 200 }
[model]
embedding = { size = 8 }
layers = [{ cell = "rnn", units = 8 }]
[training]
optimizer = { name = "adam", learning_rate = 1e-2 }
batch = 16
epochs = 2
[claim]
id = "easy"
source = "nobody"
test_reviews = 200
deviations = ["reviews that nobody wrote"]
)" + claim;
}

const std::string kFarFigure =
    "[[claim.figures]]\nvalue = 0.01\nprinted = \"1 %\"\nrounding = 0.01\nmargin = 0.01\nreason = \"r\"\n";

class ReproduceTest : public ProgramTest {
 protected:
  ReproduceTest() {
    fs::create_directories(program_.folder() / "claims" / "beside");
    program_.write("claims/1-easy.toml", claim_experiment(kFarFigure));
    program_.write("claims/beside/1-clean.toml", R"(schema = 1
extends = "../1-easy.toml"
name = "claim-easy-clean"
question = "How much is the leak worth?"
[beside]
claim = "easy"
kind = "clean"
what = "no repeated reviews"
[data]
repeats = "drop"
)");
  }

  ProgramResult reproduce(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"reproduce", "--claims", "claims", "--engines", "eigen"});
    return program_.run(arguments);
  }
};

TEST_F(ReproduceTest, JudgesAClaimAndTheSameWithoutItsLeak) {
  const ProgramResult first = reproduce({});
  ASSERT_EQ(first.exit_code, 0) << first.err;
  EXPECT_THAT(first.out, AllOf(HasSubstr("easy"), HasSubstr("NOT REPRODUCED"), HasSubstr("report.html")));
  EXPECT_THAT(first.err, HasSubstr("claim-easy on eigen: 6 finished"));
  const std::string page = read_file(program_.folder() / "output/results.report/reproduce/report.md");
  EXPECT_THAT(page, AllOf(HasSubstr("Deviation: reviews that nobody wrote"), HasSubstr("no repeated reviews"),
                          HasSubstr("Is it easy?")));
  EXPECT_THAT(read_file(program_.folder() / "output/results.report/reproduce/report.html"),
              HasSubstr("<table class=\"sortable\">"));
  EXPECT_THAT(reproduce({"1"}).err,
              HasSubstr("claim-easy on eigen: 0 finished, 0 failed, 0 skipped, 6 were done"));
}

TEST_F(ReproduceTest, JudgesWhatADatabaseHoldsWithoutRunning) {
  ASSERT_EQ(reproduce({"easy", "--seeds", "1..2"}).exit_code, 0);
  // Runs with other settings are none of the claim's.
  program_.run({"run", "claims/1-easy.toml", "--set", "training.epochs=1", "--set", "engine=eigen", "--seeds",
                "7..9"});
  const ProgramResult json = reproduce({"--report", "--format", "json"});
  ASSERT_EQ(json.exit_code, 0) << json.err;
  EXPECT_THAT(json.out, AllOf(HasSubstr("\"n\": 2"), HasSubstr("\"verdict\": \"INCONCLUSIVE\"")));
}

TEST_F(ReproduceTest, RefusesBadClaimsBeforeAnythingRuns) {
  const auto refusal = [&](const std::vector<std::string>& arguments) {
    const ProgramResult result = reproduce(arguments);
    EXPECT_EQ(result.exit_code, 2) << result.err;
    EXPECT_FALSE(fs::exists(database()));
    return result.err;
  };
  EXPECT_THAT(refusal({"eazy"}), HasSubstr("did you mean 'easy'"));
  EXPECT_THAT(refusal({"--engines", "eigne"}), HasSubstr("eigen"));
  program_.write("claims/2-bad.toml", claim_experiment("[[claim.figures]]\nvalue = 0.5\n"));
  EXPECT_THAT(refusal({"easy"}),
              AllOf(HasSubstr("2-bad.toml"), HasSubstr("claim.figures.0.printed: missing")));
  program_.write("claims/2-bad.toml", claim_experiment(kFarFigure));
  EXPECT_THAT(refusal({"easy"}), HasSubstr("has 'easy' too"));
  std::string renamed = claim_experiment(kFarFigure);
  renamed.replace(renamed.find("id = \"easy\""), 11, "id = \"other\"");
  program_.write("claims/2-bad.toml", renamed);
  EXPECT_THAT(refusal({"easy"}), HasSubstr("is called 'claim-easy' too"));
  program_.write("claims/2-bad.toml", small_experiment());
  EXPECT_THAT(refusal({"easy"}), HasSubstr("it has no [claim]"));
}

TEST_F(ReproduceTest, JudgesASubstituteWhereTheClaimCantRun) {
  std::string needs_vectors = claim_experiment(kFarFigure);
  needs_vectors.replace(needs_vectors.find("{ size = 8 }"), 12,
                        "{ size = 8, vectors = \"nobody-has-them\" }");
  program_.write("claims/1-easy.toml", needs_vectors);
  program_.write("claims/beside/1-clean.toml", R"(schema = 1
extends = "../1-easy.toml"
name = "claim-easy-without"
question = "And without?"
[beside]
claim = "easy"
kind = "substitute"
what = "no vectors"
[model]
embedding = { vectors = "" }
)");
  const ProgramResult result = reproduce({"easy"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, AllOf(HasSubstr("NOT REPRODUCED"), HasSubstr("deviation of easy: no vectors")));
}

TEST_F(ReproduceTest, NamesAFolderThatHoldsNoClaims) {
  const ProgramResult result = program_.run({"reproduce", "--claims", "nowhere"});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("--claims nowhere: no experiment files"));
  EXPECT_FALSE(fs::exists(database()));
}

TEST_F(ReproduceTest, HasNothingToReportBeforeTheFirstRun) {
  const ProgramResult result = reproduce({"--report"});
  EXPECT_EQ(result.exit_code, 3);
  EXPECT_THAT(result.err, HasSubstr("no results yet"));
}

TEST_F(ReproduceTest, NamesTheClaimsThatAreThere) {
  EXPECT_THAT(program_.run({"reproduce", "keras-lstm6"}).err, HasSubstr("did you mean 'keras-lstm60'"));
}

}  // namespace
}  // namespace rnnbench
