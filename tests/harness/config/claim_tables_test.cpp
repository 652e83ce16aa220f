#include "harness/config/claim_tables.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/harness/config/small_experiment_file.hpp"

namespace rnnbench {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

/// A whole [claim], its figure with the lines given.
std::string claim(const std::string& figure, const std::string& more = "") {
  return "[claim]\nid = \"a-1\"\nsource = \"s\"\ntest_reviews = 10\n" + more + "[[claim.figures]]\n" + figure;
}
const std::string kFigure =
    "value = 0.91\nprinted = \"91 %\"\nrounding = 0.01\nmargin = 0.01\nreason = \"r\"\n";

TEST(ClaimTables, AreReadFromTheFile) {
  const ExperimentFile file =
      parse(claim(kFigure,
                  "parameters = 7\ndeviations = [\"other vectors\"]\n[[claim.curves]]\nmetric = \"loss\"\n"
                  "split = \"train\"\nrounding = 0.01\nvalues = [0.7, 0.5]\n"));
  ASSERT_TRUE(file.claim);
  EXPECT_EQ(file.claim->id, "a-1");
  EXPECT_EQ(file.claim->parameters, 7);
  EXPECT_EQ(file.claim->test_reviews, 10);
  EXPECT_THAT(file.claim->deviations, ElementsAre("other vectors"));
  const ReportedFigure& figure = file.claim->figures.at(0);
  EXPECT_EQ(figure.metric, "accuracy");
  EXPECT_EQ(figure.split, "test");
  EXPECT_EQ(figure.epoch, ReportedFigure::Epoch::kLast);
  EXPECT_EQ(figure.value, 0.91);
  EXPECT_EQ(figure.rounding, 0.01);
  EXPECT_EQ(figure.margin, 0.01);
  EXPECT_THAT(file.claim->curves.at(0).values, ElementsAre(0.7, 0.5));
  EXPECT_FALSE(file.beside);
  EXPECT_FALSE(parse("").claim);
}

TEST(ClaimTables, RefuseAClaimWithoutMarginOrReason) {
  EXPECT_THAT(refusal(claim("value = 0.9\nprinted = \"90 %\"\nrounding = 0.01\nreason = \"r\"\n")),
              HasSubstr("claim.figures.0.margin: missing"));
  EXPECT_THAT(
      refusal(claim("value = 0.9\nprinted = \"90 %\"\nrounding = 0.01\nmargin = 0\nreason = \"r\"\n")),
      HasSubstr("margin: is 0"));
  EXPECT_THAT(refusal(claim("value = 0.9\nprinted = \"90 %\"\nrounding = 0.01\nmargin = 0.01\n")),
              HasSubstr("claim.figures.0.reason: missing"));
  EXPECT_THAT(refusal("[claim]\nid = \"a\"\nsource = \"s\"\ntest_reviews = 10\n"),
              HasSubstr("[[claim.figures]]"));
}

TEST(ClaimTables, RefuseAnAccuracyThatIsNoFraction) {
  EXPECT_THAT(refusal(claim("value = 86.13\n")), HasSubstr("dir/x.toml:10: claim.figures.0.value"));
  EXPECT_THAT(refusal(claim("value = -0.1\n")), HasSubstr("value"));
  EXPECT_THAT(refusal(claim("value = nan\n")), HasSubstr("value"));
  EXPECT_THAT(refusal(claim(kFigure, "[[claim.curves]]\nrounding = 0.1\nvalues = [0.5, 76.7]\n")),
              HasSubstr("from 0 to 1"));
  EXPECT_NO_THROW(
      parse(claim("metric = \"loss\"\n" + std::string("value = 1.5\nprinted = \"1.5\"\nrounding = 0.1\n") +
                  "margin = 0.1\nreason = \"r\"\n")));
}

TEST(ClaimTables, RefuseUnknownKeysAndNames) {
  EXPECT_THAT(refusal(claim(kFigure + "margins = 1\n")), HasSubstr("did you mean 'margin'"));
  EXPECT_THAT(refusal(claim(kFigure, "sauce = \"s\"\n")), HasSubstr("did you mean 'source'"));
  EXPECT_THAT(refusal(claim("epoch = \"bets\"\n")), HasSubstr("did you mean 'best'"));
  EXPECT_THAT(refusal("[claim]\nid = \"A b\"\n"), HasSubstr("claim.id"));
}

TEST(BesideTables, SayWhatAnExperimentIsBesideAClaimFor) {
  const ExperimentFile file = parse("[beside]\nclaim = \"a-1\"\nkind = \"explained\"\nwhat = \"w\"\n");
  ASSERT_TRUE(file.beside);
  EXPECT_EQ(file.beside->claim, "a-1");
  EXPECT_EQ(file.beside->kind, BesideClaim::Kind::kExplained);
  EXPECT_EQ(file.beside->what, "w");
  EXPECT_THAT(refusal("[beside]\nclaim = \"a\"\nkind = \"cleen\"\nwhat = \"w\"\n"),
              HasSubstr("did you mean 'clean'"));
  EXPECT_THAT(refusal("[beside]\nclaim = \"a\"\nwhat = \"w\"\n"), HasSubstr("kind: missing"));
}

}  // namespace
}  // namespace rnnbench
