#include <algorithm>
#include <nlohmann/json.hpp>

#include "harness/core/files.hpp"
#include "harness/core/sha256.hpp"
#include "results/exchange/bundle_export.hpp"
#include "results/exchange/bundle_import.hpp"
#include "results/exchange/bundle_manifest.hpp"
#include "tests/results/query/query_fixture.hpp"

namespace rnnbench {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using testing::HasSubstr;

class Bundle : public QueryTest {
 protected:
  std::vector<BundleMember> exported(const std::vector<RunId>& runs = {1, 4}) {
    fs::remove(file_);
    export_bundle(*database_, runs, file_, {});
    return read_bundle_archive(file_);
  }
  static std::string& content(std::vector<BundleMember>& members, const std::string& name) {
    return std::ranges::find(members, name, &BundleMember::name)->content;
  }
  /// What is said of the members, written as a bundle, when they are brought in; and nothing is.
  std::string refusal(const std::vector<BundleMember>& members) {
    fs::remove(file_);
    write_bundle_archive(file_, members);
    const std::string why = message_of<DataError>([&] { import_bundle(file_, other_); });
    EXPECT_FALSE(fs::exists(other_));
    return why;
  }
  /// The manifest anew for changed members: digests are no proof of good will.
  static std::vector<BundleMember> signed_again(std::vector<BundleMember> members) {
    members.erase(members.begin());
    members.insert(members.begin(), bundle_manifest(Json::array(), members));
    return members;
  }

  const fs::path file_ = folder_ / "b.tar.xz";
  const fs::path other_ = folder_ / "other" / "results.db";
};

TEST_F(Bundle, HasAllThatIsReadableOfItsRuns) {
  auto members = exported();
  std::vector<std::string> names;
  for (const BundleMember& member : members) names.push_back(member.name);
  EXPECT_EQ(names, (std::vector<std::string>{
                       "manifest.json", "runs.db", "run-1/config.toml", "run-1/settings.json",
                       "run-1/run.json", "run-1/predictions-test.csv", "run-4/config.toml",
                       "run-4/settings.json", "run-4/run.json", "run-4/predictions-test.csv"}));
  const Json manifest = Json::parse(members[0].content);
  EXPECT_EQ(manifest["members"]["runs.db"]["sha256"], sha256_hex(members[1].content));
  EXPECT_EQ(manifest["runs"][1]["sha256_of_files"],
            Json::parse(R"({"parameters_best": "ab12", "vocabulary": "cd34"})"));
  EXPECT_EQ(sha256_hex(content(members, "run-4/settings.json")), a_trial("libtorch").key);
  EXPECT_EQ(content(members, "run-1/config.toml"), a_start().experiment.config);
  EXPECT_EQ(content(members, "run-1/predictions-test.csv"), "review,label,positive\n0,1,0.75\n1,0,0.25\n");
  EXPECT_EQ(Json::parse(content(members, "run-1/run.json"))["seed"], 1);
}

TEST_F(Bundle, HasTheSameBytesAgain) {
  exported();
  const std::string before = read_file(file_);
  exported();
  EXPECT_TRUE(read_file(file_) == before);
}

// Catches: runs that weren't chosen in the database; values that change on the way.
TEST_F(Bundle, BringsItsRunsElsewhereOnce) {
  exported();
  const std::vector<RunId> runs = import_bundle(file_, other_);
  ASSERT_EQ(runs.size(), 2U);
  EXPECT_EQ(import_bundle(file_, other_), runs);
  EXPECT_EQ(scalar(other_, "SELECT count(*) FROM runs"), "2");
  EXPECT_EQ(scalar(other_, "SELECT count(*) FROM trials"), "2");
  const std::string content =
      "SELECT group_concat(name || split || epoch || printf('%!.17g', value)) FROM metrics WHERE run_id = ";
  EXPECT_EQ(scalar(other_, content + std::to_string(runs[1])), scalar(path_, content + "4"));
  const std::string others =
      "SELECT uid || seed || (SELECT hex(group_concat(samples)) FROM timings WHERE run_id = runs.id) || "
      "(SELECT hex(positive) FROM predictions WHERE run_id = runs.id) || (SELECT content FROM environments "
      "WHERE id = "
      "environment_id) FROM runs WHERE id = ";
  EXPECT_EQ(scalar(other_, others + std::to_string(runs[1])), scalar(path_, others + "4"));
}

TEST_F(Bundle, RefusesRunsThatCantBeRepeated) {
  EXPECT_THAT(message_of<ConfigError>([&] { exported({1, 7}); }), HasSubstr("run 7 is failed"));
  EXPECT_FALSE(fs::exists(file_));
}

// Catches: a repetition that is held against another run than the bundle's.
TEST_F(Bundle, RefusesARunThatIsThereOtherwise) {
  exported();
  import_bundle(file_, other_);
  execute(other_, "UPDATE metrics SET value = 0.5 WHERE split = 'test'");
  EXPECT_THAT(message_of<EnvironmentError>([&] { import_bundle(file_, other_); }),
              HasSubstr("with other content"));
}

TEST_F(Bundle, RefusesWhatTheManifestDoesNotSay) {
  const auto sound = exported();
  auto changed = sound;
  content(changed, "run-1/run.json") += ' ';
  EXPECT_THAT(refusal(changed), HasSubstr("its run-1/run.json is not what the manifest says"));
  auto fewer = sound;
  fewer.pop_back();
  EXPECT_THAT(refusal(fewer), HasSubstr("its run-4/predictions-test.csv is missing"));
  auto more = sound;
  more.push_back({"run-4/more", ""});
  EXPECT_THAT(refusal(more), HasSubstr("the manifest doesn't name its run-4/more"));
  EXPECT_THAT(refusal({sound.begin() + 1, sound.end()}), HasSubstr("there is no manifest.json"));
}

TEST_F(Bundle, RefusesAManifestThatIsNone) {
  const auto sound = exported();
  const auto with = [&](auto change) {
    auto members = sound;
    Json manifest = Json::parse(members[0].content);
    change(manifest);
    members[0].content = manifest.dump();
    return refusal(members);
  };
  EXPECT_THAT(with([](Json& manifest) { manifest["version"] = 2; }), HasSubstr("update rnnbench"));
  EXPECT_THAT(with([](Json& manifest) { manifest["schema"] = 999; }), HasSubstr("update rnnbench"));
  for (const char* key : {"version", "schema"}) {
    for (const std::int64_t none : {0L, -1L, -4294967295L}) {
      EXPECT_THAT(with([&](Json& manifest) { manifest[key] = none; }), HasSubstr("which there never were"));
    }
  }
  EXPECT_THAT(with([](Json& manifest) { manifest["version"] = 4294967297; }), HasSubstr("update rnnbench"));
  EXPECT_THAT(with([](Json& manifest) { manifest["members"]["run-1/run.json"]["bytes"] = 7; }),
              HasSubstr("its run-1/run.json is not what the manifest says ("));
  EXPECT_THAT(with([](Json& manifest) { manifest["format"] = "x"; }), HasSubstr("that of no bundle"));
  EXPECT_THAT(with([](Json& manifest) { manifest = Json::array({1}); }), HasSubstr("can't be read"));
  EXPECT_THAT(with([](Json& manifest) { manifest["members"]["runs.db"] = 3; }), HasSubstr("can't be read"));
  auto garbage = sound;
  garbage[0].content = "{";
  EXPECT_THAT(refusal(garbage), HasSubstr("can't be read"));
}

TEST_F(Bundle, RefusesADatabaseThatIsNone) {
  auto members = exported();
  members[1].content = "no database";
  fs::remove(file_);
  write_bundle_archive(file_, signed_again(members));
  EXPECT_THROW(import_bundle(file_, other_), StoreError);
  EXPECT_FALSE(fs::exists(other_));
}

// Catches: runs under settings that aren't theirs, figures that no metric has, tables that never end.
TEST_F(Bundle, RefusesOrMendsADatabaseThatSomebodyChanged) {
  const auto sound = exported();
  const auto with = [&](const char* sql) {
    auto members = sound;
    const fs::path database = folder_ / "changed.db";
    write_file_atomically(database, members[1].content);
    execute(database, sql);
    members[1].content = read_file(database);
    return signed_again(members);
  };
  EXPECT_THAT(refusal(with("UPDATE trials SET key = key || 'x'")), HasSubstr("its trial's key stands for"));
  EXPECT_THAT(refusal(with("UPDATE runs SET trial_id = 99")), HasSubstr("its database is damaged"));
  for (const char* sql : {"ALTER TABLE metrics RENAME TO m; CREATE VIEW metrics AS SELECT * FROM m",
                          "CREATE TRIGGER t AFTER UPDATE ON runs BEGIN DELETE FROM metrics; END",
                          "CREATE TABLE more (a)", "ALTER TABLE runs ADD COLUMN more TEXT"}) {
    EXPECT_THAT(refusal(with(sql)), HasSubstr("its tables are not those of its schema")) << sql;
  }
  fs::remove(file_);
  write_bundle_archive(file_, with("UPDATE runs SET test_accuracy = 0.99999, epochs = 77"));
  import_bundle(file_, other_);
  EXPECT_EQ(scalar(other_, "SELECT count(*) FROM runs WHERE test_accuracy > 0.99 OR epochs = 77"), "0");
}

}  // namespace
}  // namespace rnnbench
