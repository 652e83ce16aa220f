#include "results/exchange/mlflow_names.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace rnnbench {
namespace {

using testing::ElementsAre;
using testing::MatchesRegex;

TEST(MlflowNames, LeavesWhatMlflowTakes) {
  MlflowNames names;
  for (const char* name : {"train/loss", "test/accuracy", "model.layers.0.units", "a b", "step_5-x"}) {
    EXPECT_EQ(names.take(name), name);
  }
  EXPECT_TRUE(names.changes().empty());
}

// Catches: what the server refuses, or keeps under another name, which would make two metrics one.
TEST(MlflowNames, ChangesWhatMlflowForbids) {
  MlflowNames names;
  EXPECT_THAT(names.take("loss (nats)"), MatchesRegex("loss _nats_-[0-9a-f]{8}"));
  EXPECT_THAT(names.take("../../etc/passwd"), MatchesRegex("_/_/etc/passwd-[0-9a-f]{8}"));
  EXPECT_THAT(names.take("/loss"), MatchesRegex("_/loss-[0-9a-f]{8}"));
  EXPECT_THAT(names.take("a//b/"), MatchesRegex("a/_/b/_-[0-9a-f]{8}"));
  EXPECT_THAT(names.take(""), MatchesRegex("_-[0-9a-f]{8}"));
  EXPECT_THAT(names.take("Genauigkeit/größe"), MatchesRegex("Genauigkeit/gr____e-[0-9a-f]{8}"));
  EXPECT_THAT(names.take("line\nend\x1b[31m"), MatchesRegex("line_end__31m-[0-9a-f]{8}"));
  EXPECT_LE(names.take(std::string(1000, 'x')).size(), kMlflowNameBytes);
  EXPECT_EQ(names.changes().size(), 8U);
  EXPECT_EQ(names.changes()[6].substr(0, 22), "line\\nend\\x1b[31m -> l");
}

TEST(MlflowNames, KeepsNamesApartThatAStoreCannot) {
  MlflowNames names;
  EXPECT_EQ(names.take("loss"), "loss");
  EXPECT_THAT(names.take("Loss"), MatchesRegex("Loss-[0-9a-f]{8}"));
  EXPECT_THAT(names.take("loss/train"), MatchesRegex("loss_train-[0-9a-f]{8}"));
  EXPECT_EQ(names.take("test/accuracy"), "test/accuracy");
  EXPECT_THAT(names.take("test"), MatchesRegex("test-[0-9a-f]{8}"));
}

RC_GTEST_PROP(MlflowNames, OfDistinctNamesAreDistinctAndPlain, (const std::set<std::string>& wanted)) {
  MlflowNames names;
  std::set<std::string> keys;
  for (const std::string& name : wanted) {
    const std::string key = names.take(name);
    RC_ASSERT(keys.insert(key).second);
    RC_ASSERT(key.size() <= kMlflowNameBytes);
    RC_ASSERT(!key.empty() && key.front() != '/' && key.back() != '/');
    RC_ASSERT(key.find("//") == std::string::npos);
    RC_ASSERT(key.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-. /") ==
              std::string::npos);
  }
}

TEST(FirstBytes, CutsBetweenCharacters) {
  EXPECT_EQ(first_bytes("größe", 2), "gr");
  EXPECT_EQ(first_bytes("größe", 3), "gr");
  EXPECT_EQ(first_bytes("größe", 4), "grö");
  EXPECT_EQ(first_bytes("größe", 40), "größe");
  EXPECT_EQ(first_bytes("ö", 1), "");
  EXPECT_EQ(first_bytes(std::string(10, '\x80'), 6).size(), 6U) << "no end of parts without bytes";
}

}  // namespace
}  // namespace rnnbench
