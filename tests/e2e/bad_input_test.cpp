#include <gmock/gmock.h>
#include <sqlite3.h>

#include <fstream>

#include "tests/e2e/fixture.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;

class BadInput : public ProgramTest {
 protected:
  /// Runs a config and expects this exit code, one message with all of `parts`, and no database.
  void expect_refused(const std::string& config, int exit_code, const std::vector<std::string>& parts) {
    const auto path = program_.write("bad.toml", config);
    const ProgramResult result = program_.run({"run", path});
    EXPECT_EQ(result.exit_code, exit_code) << result.err;
    for (const std::string& part : parts) EXPECT_THAT(result.err, HasSubstr(part));
    EXPECT_FALSE(std::filesystem::exists(database())) << "a refused experiment left a database";
  }
};

TEST_F(BadInput, MalformedTomlNamesTheLine) { expect_refused("schema = 1\nname = \"x\n", 2, {"bad.toml:2"}); }

TEST_F(BadInput, AMistypedKeyNamesItsLineAndTheNearestKey) {
  expect_refused(small_experiment("epoch = 4\n"), 2,
                 {"bad.toml:", "training.epoch", "did you mean 'epochs'?"});
}

TEST_F(BadInput, AnUnknownTopLevelKey) {
  expect_refused("sedes = [1]\n" + small_experiment(), 2, {"bad.toml:1", "sedes", "seeds"});
}

TEST_F(BadInput, AnAxisOverAnUnknownPath) {
  std::string config = small_experiment();
  config.replace(config.find("\"recipe.length\""), 15, "\"recipe.lenght\"");
  expect_refused(config, 2, {"recipe.lenght", "did you mean 'length'?", "bad.toml:12"});
}

TEST_F(BadInput, TwoTrialsWithOneKey) {
  std::string config = small_experiment();
  config.replace(config.find("[10, 20]"), 8, "[10, 10]");
  expect_refused(config, 2, {"recipe.length"});
}

TEST_F(BadInput, AnEmptyMatrix) {
  expect_refused(small_experiment("[[exclude]]\nengine = \"eigen\"\n"), 2, {"no"});
}

TEST_F(BadInput, AMissingFile) {
  const ProgramResult result = program_.run({"run", "nowhere.toml"});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("nowhere.toml"));
}

TEST_F(BadInput, NoImdbAnywhereListsThePlacesAndTheRemedy) {
  program_.environment["RNNBENCH_DATA"] = "";
  expect_refused(small_experiment("").replace(small_experiment().find("\"toy\""), 5, "\"imdb\""), 3,
                 {"imdb", "RNNBENCH_DATA", "data fetch"});
}

TEST_F(BadInput, ATruncatedArchive) {
  program_.environment["RNNBENCH_DATA"] =
      program_.write("aclImdb_v1.tar.gz", "\x1f\x8b\x08 not much").string();
  const ProgramResult result = program_.run({"data", "verify"});
  EXPECT_EQ(result.exit_code, 3);
  EXPECT_THAT(result.err, HasSubstr("aclImdb_v1.tar.gz"));
}

TEST_F(BadInput, ACsvWithABrokenQuoteNamesTheLine) {
  program_.environment["RNNBENCH_DATA"] =
      program_.write("reviews.csv", "review,sentiment\nfine,positive\n\"never closed,negative\n").string();
  const ProgramResult result = program_.run({"data", "verify"});
  EXPECT_EQ(result.exit_code, 3);
  EXPECT_THAT(result.err, HasSubstr("reviews.csv:3"));
}

TEST_F(BadInput, DamagedWeightsAreNotUsed) {
  const auto config = program_.write("small.toml", small_experiment());
  ASSERT_EQ(program_.run({"run", config, "--seeds", "1"}).exit_code, 0);
  for (const auto& file : std::filesystem::directory_iterator(program_.folder() / "output/results.files")) {
    if (file.path().extension() != ".safetensors") continue;
    std::fstream weights(file.path(), std::ios::in | std::ios::out | std::ios::binary);
    weights.seekp(-1, std::ios::end);
    weights.put('\x7f');
  }
  const ProgramResult result = program_.run({"predict", "1", "good"});
  EXPECT_EQ(result.exit_code, 3);
  EXPECT_THAT(result.err, HasSubstr("--rerun"));
}

TEST_F(BadInput, WeightsOfAnotherModelAreNamedAndNotUsed) {
  const auto config = program_.write("small.toml", small_experiment());
  const auto run = [&](const std::string& units) {
    return program_.run({"run", config, "--seeds", "1", "--set", "model.layers.0.units=" + units}).exit_code;
  };
  ASSERT_EQ(run("8"), 0);
  ASSERT_EQ(run("6"), 0);
  sqlite3* handle = nullptr;
  ASSERT_EQ(sqlite3_open(database().c_str(), &handle), SQLITE_OK);
  sqlite3_exec(handle,
               "UPDATE artifacts SET path = 'results.files/run-3-last.safetensors', sha256 = (SELECT sha256 "
               "FROM artifacts WHERE run_id = 3 AND kind = 'parameters_last') "
               "WHERE run_id = 1 AND kind LIKE 'parameters%'",
               nullptr, nullptr, nullptr);
  sqlite3_close(handle);
  const ProgramResult result = program_.run({"predict", "1", "good"});
  EXPECT_EQ(result.exit_code, 3) << result.err;
  EXPECT_THAT(result.err, HasSubstr("'head.kernel' has shape [2, 6], the model needs [2, 8]"));
  EXPECT_EQ(result.out, "");
}

TEST_F(BadInput, ADatabaseThatIsNone) {
  const auto config = program_.write("small.toml", small_experiment());
  const auto db = program_.write("novel.db", "It was a dark and stormy night; the rain fell in torrents.");
  for (const std::vector<std::string>& command :
       {std::vector<std::string>{"run", config.string(), "--db", db.string()},
        {"list", "--db", db.string()}}) {
    const ProgramResult result = program_.run(command);
    EXPECT_EQ(result.exit_code, 3) << command[0];
    EXPECT_THAT(result.err, HasSubstr("novel.db"));
  }
  EXPECT_EQ(std::filesystem::file_size(db), 58U) << "the file was touched";
}

TEST_F(BadInput, ADatabaseOfANewerSchema) {
  const auto config = program_.write("small.toml", small_experiment());
  ASSERT_EQ(program_.run({"run", config}).exit_code, 0);
  sqlite3* handle = nullptr;
  ASSERT_EQ(sqlite3_open(database().c_str(), &handle), SQLITE_OK);
  sqlite3_exec(handle, "PRAGMA user_version = 99", nullptr, nullptr, nullptr);
  sqlite3_close(handle);
  for (const std::vector<std::string>& command :
       {std::vector<std::string>{"run", config.string()}, {"list"}, {"query", "SELECT 1"}, {"report"}}) {
    const ProgramResult result = program_.run(command);
    EXPECT_EQ(result.exit_code, 3) << command[0];
    EXPECT_THAT(result.err, HasSubstr("99")) << command[0];
  }
}

TEST_F(BadInput, AFolderThatCannotBeMade) {
  const auto config = program_.write("small.toml", small_experiment());
  const ProgramResult result = program_.run({"run", config, "--db", "/proc/nowhere/results.db"});
  EXPECT_EQ(result.exit_code, 3);
  EXPECT_THAT(result.err, HasSubstr("/proc/nowhere"));
}

TEST_F(BadInput, SqlThatWritesIsRefusedAndChangesNothing) {
  const auto config = program_.write("small.toml", small_experiment());
  ASSERT_EQ(program_.run({"run", config, "--seeds", "1"}).exit_code, 0);
  for (const char* sql : {"DELETE FROM runs", "SELECT 1; DROP TABLE runs", "ATTACH 'other.db' AS o",
                          "PRAGMA user_version = 5", "WITH x AS (SELECT 1) UPDATE runs SET seed = 9"}) {
    const ProgramResult result = program_.run({"query", sql});
    EXPECT_EQ(result.exit_code, 2) << sql << ": " << result.err;
  }
  EXPECT_EQ(ask("SELECT count(*) FROM runs"), "2");
}

TEST_F(BadInput, NoResultsYetSaysHowToGetSome) {
  const ProgramResult result = program_.run({"list"});
  EXPECT_EQ(result.exit_code, 3);
  EXPECT_THAT(result.err, HasSubstr("rnnbench run"));
}

TEST_F(BadInput, UnknownCommandsAndOptionsAreBadUsage) {
  const ProgramResult mistyped = program_.run({"rnu"});
  EXPECT_EQ(mistyped.exit_code, 2);
  EXPECT_THAT(mistyped.err, HasSubstr("'rnu' is no command; did you mean 'run'?"));
  EXPECT_EQ(program_.run({"run"}).exit_code, 2);
  EXPECT_EQ(program_.run({"list", "--nonsense"}).exit_code, 2);
  EXPECT_EQ(program_.run({"--help"}).exit_code, 0);
  EXPECT_EQ(program_.run({"run", "--help"}).exit_code, 0);
}

}  // namespace
}  // namespace rnnbench
