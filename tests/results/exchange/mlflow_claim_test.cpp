#include "results/exchange/mlflow_claim.hpp"

#include "tests/results/exchange/mlflow_fixture.hpp"

namespace rnnbench {
namespace {

using testing::ElementsAre;
using testing::Pair;

/// Other exports' runs of the same uid, beside that which the fake makes: "run5".
class MlflowClaimTest : public MlflowTest {
 protected:
  MlflowClaimTest() {
    fake_.experiments.push_back({{"experiment_id", "1"}, {"name", "first"}, {"lifecycle_stage", "active"}});
    run_.tags[kUidTag] = "u";
    run_.params = {{"batch", "32"}, {"seed", "1"}};
  }

  void add(const std::string& id, const std::map<std::string, std::string>& params = {}) {
    FakeMlflow::Run& run = fake_.runs.emplace_back();
    run.id = id;
    run.experiment = "1";
    run.tags = {{kUidTag, "u"}};
    run.params = params;
  }

  bool is_ahead() {
    add("run5");
    return claim_.is_ahead("run5");
  }

  std::vector<std::string> active() const {
    std::vector<std::string> ids;
    for (const FakeMlflow::Run& run : fake_.runs) {
      if (run.stage == "active") ids.push_back(run.id);
    }
    return ids;
  }

  MlflowRun run_;
  MlflowServer server_ = server_at(fake_.url());
  MlflowClaim claim_{server_, "1", run_};
};

TEST_F(MlflowClaimTest, IsAheadAlone) {
  EXPECT_TRUE(is_ahead());
  EXPECT_FALSE(claim_.is_lost("run5"));
  EXPECT_THAT(active(), ElementsAre("run5"));
}

TEST_F(MlflowClaimTest, GivesUpBesideALowerOne) {
  add("run4");
  EXPECT_FALSE(is_ahead());
  EXPECT_THAT(active(), ElementsAre("run4"));
}

TEST_F(MlflowClaimTest, OustsAHigherOneUnlessItIsClaimed) {
  add("run7");
  EXPECT_TRUE(is_ahead());
  EXPECT_THAT(active(), ElementsAre("run5"));

  fake_.runs.clear();
  add("run7", {{"batch", "32"}});
  EXPECT_FALSE(is_ahead());
  EXPECT_THAT(active(), ElementsAre("run7"));
}

// The other export took the place of this one after it had looked.
TEST_F(MlflowClaimTest, SeesThatItWasOusted) {
  add("run4");
  add("run5", {{"batch", "another export sends this run"}});
  EXPECT_TRUE(claim_.is_lost("run5"));
  EXPECT_THAT(active(), ElementsAre("run4"));
  EXPECT_TRUE(claim_.is_lost("run5")) << "and that it is deleted";
}

// A run that an answer that was lost had made, and that another export found and sends.
TEST_F(MlflowClaimTest, KeepsARunThatIsClaimedAlready) {
  add("run4");
  add("run5", {{"batch", "32"}});
  EXPECT_TRUE(claim_.is_ahead("run5"));
  EXPECT_THAT(active(), ElementsAre("run4", "run5"));
  EXPECT_EQ(claim_.find(), "run4");
}

// Catches: two exports that each make a run of the same one, whichever call comes in between.
TEST_F(MlflowClaimTest, LetsOneOfTwoExportsSendEachRun) {
  for (int round = 0; round < 8; ++round) {
    fake_.runs.clear();
    fake_.experiments.resize(1);
    const auto [one, other] = called_twice_at_once([&] { return send(); });
    EXPECT_THAT(one.problems, ElementsAre());
    EXPECT_THAT(other.problems, ElementsAre());
    std::map<std::string, int> whole;
    for (const FakeMlflow::Run& run : fake_.runs) {
      if (run.stage == "active") whole[run.tags.at(kUidTag)] += run.tags.contains(kSentTag) ? 1 : 100;
    }
    EXPECT_THAT(whole, testing::SizeIs(4));
    EXPECT_THAT(whole, testing::Each(Pair(testing::_, 1)));
  }
}

// Catches: an export that doesn't look whether another one made the run just before.
TEST_F(MlflowClaimTest, CountsARunAsThereThatAnotherExportSends) {
  fake_.after = [this](const std::string& call, httplib::Response&) {
    if (call == "runs/create" && fake_.runs.size() == 1) {
      FakeMlflow::Run rival = fake_.runs.back();
      rival.id = "run0";
      fake_.runs.push_back(rival);
    }
    return false;
  };
  const MlflowExportReport report = send();
  EXPECT_EQ(report.sent, 3);
  EXPECT_EQ(report.known, 1);
  EXPECT_EQ(active().size(), 4U);
  EXPECT_EQ(send().completed, 1) << "as the other one was ended";
}

}  // namespace
}  // namespace rnnbench
