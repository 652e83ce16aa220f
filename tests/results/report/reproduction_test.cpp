// Catches: the best epoch taken for the last, runs that failed among the values, a chance run that goes
// unnoticed, a verdict of one engine under another's name, a leak with the sign turned round, a claim without
// runs that is left out of the table.
#include "results/report/reproduction.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "results/query/table_format.hpp"
#include "tests/plots/small_data.hpp"

namespace rnnbench {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

ReportedFigure reported(double value, ReportedFigure::Epoch epoch = ReportedFigure::Epoch::kLast) {
  return {"accuracy", "test", epoch, value, 0.0001, 0.01, "the figure", "the reason"};
}

/// A finished run with these test accuracies by epoch.
RunData run_of(std::uint64_t seed, const std::vector<double>& accuracies) {
  RunData run = small_run(seed, accuracies.back(), 10);
  run.curves = {small_curve("accuracy", "test", accuracies)};
  return run;
}

TrialData trial_of(const std::string& engine, const std::vector<std::vector<double>>& runs) {
  TrialData trial = small_trial(engine, "lstm");
  for (std::size_t i = 0; i < runs.size(); ++i) trial.runs.push_back(run_of(i + 1, runs[i]));
  return trial;
}

ClaimData claim_of(const std::vector<TrialData>& trials, const ReportedFigure& figure = reported(0.86)) {
  ClaimData claim;
  claim.claim.id = "a-claim";
  claim.claim.source = "a source";
  claim.claim.figures = {figure};
  claim.claim.test_reviews = 100;
  claim.data = small_data(trials);
  return claim;
}

const std::vector<std::vector<double>> kNear = {
    {0.870, 0.858}, {0.871, 0.859}, {0.872, 0.860}, {0.873, 0.861}, {0.874, 0.862}};
const std::vector<std::vector<double>> kFar = {
    {0.70, 0.700}, {0.70, 0.701}, {0.70, 0.702}, {0.70, 0.703}, {0.70, 0.704}};

TEST(ClaimFigures, AreTheLastOrTheBestEpochOfFinishedRuns) {
  TrialData trial = trial_of("fused", {{0.8, 0.9, 0.7}, {0.6, 0.5, 0.4}});
  trial.runs.push_back(run_of(3, {0.1, 0.2, 0.3}));
  trial.runs.back().status = "failed";
  trial.runs.push_back(small_run(4, 0.5, 1));  // finished without a curve
  EXPECT_THAT(figures_of(trial, reported(0.5)), ElementsAre(0.7, 0.4));
  EXPECT_THAT(figures_of(trial, reported(0.5, ReportedFigure::Epoch::kBest)), ElementsAre(0.9, 0.6));
  ReportedFigure loss = reported(0.5, ReportedFigure::Epoch::kBest);
  loss.metric = "loss";
  trial.runs[0].curves.push_back(small_curve("loss", "test", {0.4, 0.3, 0.6}));
  EXPECT_THAT(figures_of(trial, loss), ElementsAre(0.3));
}

TEST(ClaimFigures, KnowRunsThatNeverLeaveChance) {
  EXPECT_TRUE(stays_at_chance(run_of(1, {0.5, 0.58, 0.49})));
  EXPECT_FALSE(stays_at_chance(run_of(1, {0.5, 0.75, 0.49})));
  EXPECT_TRUE(stays_at_chance(run_of(1, {NAN, 0.5})));
  RunData trained = run_of(1, {0.5});
  trained.curves.push_back(small_curve("accuracy", "train", {0.9}));
  EXPECT_FALSE(stays_at_chance(trained));
}

TEST(VerdictTable, HasARowForEachEngine) {
  const std::string text =
      csv_text(verdict_table({claim_of({trial_of("fused", kNear), trial_of("libtorch", kFar)})}));
  EXPECT_THAT(
      text, HasSubstr("a-claim,test accuracy %,the figure,fused,5,\"86.00 [85.80, 86.20]\",0,0,REPRODUCED"));
  EXPECT_THAT(text, HasSubstr("libtorch,5,\"70.20 [70.00, 70.40]\",0,0,NOT REPRODUCED"));
}

TEST(VerdictTable, ShowsAClaimThatWasNotRun) {
  EXPECT_THAT(csv_text(verdict_table({claim_of({})})), HasSubstr("NOT RUN"));
}

TEST(VerdictTable, CountsRunsAtChance) {
  std::vector<std::vector<double>> runs(9, {0.5, 0.51});
  for (std::size_t i = 0; i < runs.size(); ++i) runs[i].back() += 0.001 * static_cast<double>(i);
  runs.push_back({0.6, 0.86});
  const std::string text = csv_text(verdict_table({claim_of({trial_of("fused", runs)})}));
  EXPECT_THAT(text, HasSubstr("median 51.45"));
  EXPECT_THAT(text, HasSubstr(",9,0,NOT REPRODUCED"));
}

TEST(ClaimSection, SaysWhatTheLeakIsWorth) {
  ClaimData claim = claim_of({trial_of("fused", kNear)}, reported(0.87, ReportedFigure::Epoch::kBest));
  TrialData clean = trial_of("fused", {{0.9, 0.850}, {0.9, 0.852}, {0.9, 0.851}, {0.9, 0.854}, {0.9, 0.853}});
  claim.besides = {{{"a-claim", BesideClaim::Kind::kClean, "no peeking"}, small_data({clean})}};
  const std::string text = claim_section(claim);
  EXPECT_THAT(text, HasSubstr("no peeking"));
  EXPECT_THAT(text, HasSubstr("85.20 % without it; it is worth **+2 points**"));
  EXPECT_THAT(text, HasSubstr("median +2 (signed ranks, p = 0.0625)"));
  claim.besides.front().data.trials.front().engine = "libtorch";  // no pair of one engine
  EXPECT_THAT(claim_section(claim), Not(HasSubstr("worth")));
}

TEST(ClaimSection, ComparesCurvesEpochByEpoch) {
  ClaimData claim = claim_of({trial_of("fused", kNear)});
  claim.claim.curves = {{"accuracy", "test", {0.872, 0.95}, 0.0001}};
  const std::string text = claim_section(claim);
  EXPECT_THAT(text, HasSubstr("fused: 1 of 2"));
  EXPECT_THAT(text, HasSubstr("| outside |"));
}

TEST(ClaimSection, HoldsFirstEpochsOfAnotherEngineAgainstTheClaimsRuns) {
  ClaimData claim = claim_of({trial_of("fused", kNear)});
  claim.claim.curves.clear();
  claim.besides = {{{"a-claim", BesideClaim::Kind::kBegun, "the first epoch"},
                    small_data({trial_of("libtorch", {{0.872}, {0.80}})})}};
  TrialData& begun = claim.besides.front().data.trials.front();
  const std::string text = claim_section(claim);
  EXPECT_THAT(text, HasSubstr("### The first epochs on another engine"));
  EXPECT_THAT(text, HasSubstr("libtorch, seed 1: 1 of 1 values lie where one more run of fused would lie"));
  EXPECT_THAT(text, HasSubstr("| test accuracy | fused | 1 | 87.20 | 87.20 |"));
  EXPECT_THAT(text, HasSubstr("libtorch, seed 2: 0 of 1 values"));
  for (RunData& run : begun.runs) run.status = "failed";
  EXPECT_THAT(claim_section(claim), Not(HasSubstr("The first epochs")));
  begun = trial_of("libtorch", {{0.872}});
  claim.data.trials.front().runs.resize(1);
  EXPECT_THAT(claim_section(claim), HasSubstr("a single run says nothing"));
  begun.settings = R"({"model": "another"})";
  EXPECT_THAT(claim_section(claim), HasSubstr("libtorch: not held against fused, since more"));
  begun = claim.data.trials.front();
  EXPECT_THAT(claim_section(claim), Not(HasSubstr("The first epochs"))) << "it is of the same engine";
}

TEST(ClaimSection, ShowsWhichSettingLandsOnTheValue) {
  ClaimData claim = claim_of({trial_of("fused", kFar)});
  TrialData other = trial_of("fused", kNear);
  other.key = std::string(64, 'b');
  other.length = 999;
  claim.besides = {{{"a-claim", BesideClaim::Kind::kExplained, "one setting"},
                    small_data({trial_of("fused", kFar), other})}};
  const std::string text = claim_section(claim);
  EXPECT_THAT(text, HasSubstr("Which setting decides"));
  EXPECT_THAT(text, HasSubstr("5 of 5"));
  EXPECT_THAT(text, HasSubstr("0 of 5"));
  EXPECT_THAT(text, HasSubstr("| as reported |"));
  claim.data.trials.front().key = std::string(64, 'c');  // the reported settings are not among them
  EXPECT_THAT(claim_section(claim), HasSubstr("no p."));
}

TEST(VerdictTable, CountsRunsThatFailedAndGivesNoVerdict) {
  TrialData trial = trial_of("fused", kNear);
  trial.runs.push_back(run_of(6, {0.1}));
  trial.runs.back().status = "failed";
  EXPECT_THAT(csv_text(verdict_table({claim_of({trial})})), HasSubstr(",0,1,INCONCLUSIVE,"));
  for (RunData& run : trial.runs) run.status = "failed";
  EXPECT_THAT(csv_text(verdict_table({claim_of({trial})})), HasSubstr(",fused,0,–,0,6,INCONCLUSIVE,"));
}

TEST(VerdictTable, KeepsAFigureThatNoRunRecords) {
  ClaimData claim = claim_of({trial_of("fused", kNear)});
  claim.claim.figures.push_back(reported(0.3));
  claim.claim.figures.back().split = "validation";
  EXPECT_THAT(csv_text(verdict_table({claim})),
              HasSubstr("validation accuracy %,the figure,fused,0,–,0,0,INCONCLUSIVE"));
}

TEST(Footing, RanksTheSystems) {
  ClaimData near = claim_of({});
  ClaimData far = claim_of({});
  far.claim.id = "b-claim";
  TrialData rnn = trial_of("fused", kFar);
  rnn.cell = "rnn";
  rnn.runs[0].train_seconds = 5;
  near.besides = {{{"a-claim", BesideClaim::Kind::kFooting, "w"}, small_data({trial_of("fused", kNear)})}};
  far.besides = {{{"b-claim", BesideClaim::Kind::kFooting, "w"}, small_data({rnn})}};
  for (BesideData* beside : {&near.besides[0], &far.besides[0]}) {
    for (RunData& run : beside->data.trials[0].runs) run.test_accuracy = run.curves[0].points.back().value;
  }
  const std::string text = footing_section({far, near});
  EXPECT_THAT(text, HasSubstr("| 1 | a-claim | fused | lstm | 5 | 86.00 |"));
  EXPECT_THAT(text, HasSubstr("| 2 | b-claim | fused | rnn | 5 | 70.20 |"));
  EXPECT_THAT(text, HasSubstr("-15.80 ["));
  EXPECT_THAT(text, HasSubstr("(b-claim): +15.80 points"));
  EXPECT_THAT(text, HasSubstr("for 1.1 times the training time"));
  EXPECT_THAT(text, HasSubstr("trains within 300 s here: a-claim, 86.00 %"));
  EXPECT_EQ(footing_section({claim_of({})}), "");
}

TEST(Costs, HoldEnginesAgainstTheQuickest) {
  TrialData slow = trial_of("libtorch", kNear);
  for (RunData& run : slow.runs) run.train_seconds = 40;
  const std::string text = costs_section({claim_of({slow, trial_of("fused", kNear)})});
  EXPECT_THAT(text,
              HasSubstr("| a-claim | fused | 5 | 10.0 | 1.00 |\n| a-claim | libtorch | 5 | 40.0 | 4.00 |"));
  EXPECT_EQ(costs_section({claim_of({slow})}), "");
}

TEST(ClaimSection, ShowsBaselines) {
  ClaimData claim = claim_of({trial_of("fused", kNear)});
  claim.besides = {
      {{"a-claim", BesideClaim::Kind::kBaseline, "Counts"}, small_data({trial_of("xgboost", kFar)}), {}}};
  EXPECT_THAT(claim_section(claim),
              testing::AllOf(HasSubstr("Against baselines"), HasSubstr("| 5 | 70.20 |")));
}

TEST(Reproduction, IsWrittenForPrograms) {
  const auto json = nlohmann::json::parse(reproduction_json({claim_of({trial_of("fused", kNear)})}));
  const auto& figure = json.at(0).at("figures").at(0);
  EXPECT_EQ(json.at(0).at("claim"), "a-claim");
  EXPECT_EQ(figure.at("verdict"), "REPRODUCED");
  EXPECT_EQ(figure.at("values").size(), 5U);
  EXPECT_NEAR(figure.at("centre"), 0.86, 1e-9);
}

}  // namespace
}  // namespace rnnbench
