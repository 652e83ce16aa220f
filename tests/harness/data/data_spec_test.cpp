#include "harness/data/data_spec.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/core/error.hpp"

namespace rnnbench {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::ThrowsMessage;

DataSpec read(const std::string& text) {
  const Json json = Json::parse(text);
  const Origins origins = {{"data", "e.toml:7"}};
  return read_data_spec(SettingsReader(json, "data", origins));
}

void expect_refused(const std::string& text, const std::string& place, const std::string& reason) {
  EXPECT_THAT([&] { read(text); },
              ThrowsMessage<ConfigError>(AllOf(HasSubstr("e.toml:7: data." + place), HasSubstr(reason))))
      << text;
}

TEST(DataSpec, WritesDefaultsOutAndReadsThemBack) {
  const Json json = to_json(read(R"({"set": "toy"})"));
  EXPECT_EQ(json, Json::parse(R"({"set": "toy", "split": {"kind": "official"}, "validation": 0.0,
                                  "limit": {"train": 0, "validation": 0, "test": 0, "seed": 0}})"));
  EXPECT_EQ(to_json(read(json.dump())), json);
}

TEST(DataSpec, ReadsEverySetting) {
  const std::string text = R"({"set": "imdb", "limit": {"train": 5, "validation": 6, "test": 7, "seed": 8},
    "split": {"kind": "shuffled", "train": 0.64, "validation": 0.16, "test": 0.2, "seed": 3}})";
  const DataSpec spec = read(text);
  EXPECT_EQ(spec.split.kind, SplitKind::kShuffled);
  EXPECT_EQ(spec.split.validation, 0.16);
  EXPECT_EQ(spec.split.seed, 3U);
  EXPECT_EQ(spec.limit.test, 7);
  EXPECT_EQ(spec.limit.seed, 8U);
  EXPECT_EQ(to_json(read(to_json(spec).dump())), to_json(spec));
  EXPECT_EQ(read(R"({"set": "imdb", "validation": 0.2, "split":
    {"kind": "in_order", "train": 0.8, "test": 0.2}})")
                .split.kind,
            SplitKind::kInOrder);
}

TEST(DataSpec, RefusesWhatCantBe) {
  expect_refused(R"({})", "set", "missing");
  expect_refused(R"({"set": "imbd"})", "set", "'imdb'");
  expect_refused(R"({"set": "imdb", "split": {"kind": "random"}})", "split.kind", "shuffled");
  expect_refused(R"({"set": "imdb", "split": {"train": 0.5}})", "split.train", "unknown key");
  expect_refused(R"({"set": "imdb", "split": {"kind": "in_order", "train": 0.5, "test": 0.4}})",
                 "split.train", "add up to 0.9");
  expect_refused(R"({"set": "imdb", "split": {"kind": "in_order", "train": 1.5, "test": 0}})", "split.train",
                 "from 0 to 1");
  expect_refused(R"({"set": "imdb", "split": {"kind": "in_order", "train": 0, "test": 1}})", "split.train",
                 "0");
  expect_refused(R"({"set": "imdb", "split": {"kind": "in_order", "train": 1, "test": 0, "seed": 1}})",
                 "split.seed", "unknown key");
  expect_refused(R"({"set": "imdb", "validation": 1})", "validation", "from 0 to 0.999");
  expect_refused(R"({"set": "imdb", "validation": 0.1, "split":
    {"kind": "in_order", "train": 0.6, "validation": 0.2, "test": 0.2}})",
                 "validation", "already");
  expect_refused(R"({"set": "imdb", "limit": {"train": -1}})", "limit.train", "from 0");
  expect_refused(R"({"set": "imdb", "limit": 5000})", "limit", "expected a table");
  expect_refused(R"({"set": "imdb", "limits": {}})", "limits", "'limit'");
}

}  // namespace
}  // namespace rnnbench
