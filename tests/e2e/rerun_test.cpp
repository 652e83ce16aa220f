#include <sqlite3.h>

#include "tests/e2e/fixture.hpp"

namespace rnnbench {
namespace {

class Rerun : public ProgramTest {
 protected:
  Rerun() {
    const ProgramResult first =
        program_.run({"run", program_.write("small.toml", small_experiment()).string(), "--seeds", "1"});
    EXPECT_EQ(first.exit_code, 0) << first.err;
  }
  /// Changes the database behind the program's back.
  void alter(const std::string& sql) {
    sqlite3* handle = nullptr;
    EXPECT_EQ(sqlite3_open(database().c_str(), &handle), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK)
        << sqlite3_errmsg(handle);
    sqlite3_close(handle);
  }
};

TEST_F(Rerun, GivesTheSameBitsFromTheDatabaseAlone) {
  std::filesystem::remove(program_.folder() / "small.toml");
  const ProgramResult again = program_.run({"rerun", "1", "--random", "2"});
  EXPECT_EQ(again.exit_code, 0) << again.out << again.err;
  EXPECT_NE(again.out.find("run 1 again as 3: bit-identical"), std::string::npos) << again.out;
  EXPECT_NE(again.out.find("3 of 3 runs gave the same bits"), std::string::npos) << again.out;
  EXPECT_EQ(ask("SELECT count(*) FROM run_summary WHERE tags = 'rerun' AND experiment = 'small'"), "3");
}

TEST_F(Rerun, SaysWhatIsDifferentFirstAndWhatHasChanged) {
  alter(
      "UPDATE metrics SET value = value + 1e-12 WHERE run_id = 1 AND epoch = 2 AND split = 'train'; "
      "UPDATE environments SET digest = 'old', content = json_set(content, '$.processor.model', 'another')");
  const ProgramResult again = program_.run({"rerun", "1"});
  EXPECT_EQ(again.exit_code, 1);
  EXPECT_NE(again.out.find("run 1 again as 3: DIFFERENT"), std::string::npos) << again.out;
  EXPECT_NE(again.out.find("first in epoch 2, train accuracy: "), std::string::npos) << again.out;
  EXPECT_NE(again.out.find("changed: processor.model: another then, "), std::string::npos) << again.out;
}

TEST_F(Rerun, RefusesWhatItCantRepeat) {
  const auto refusal = [&](const std::vector<std::string>& arguments, int exit_code) {
    const ProgramResult result = program_.run(arguments);
    EXPECT_EQ(result.exit_code, exit_code) << result.out;
    return result.err;
  };
  EXPECT_NE(refusal({"rerun", "99"}, 2).find("no run 99"), std::string::npos);
  EXPECT_NE(refusal({"rerun"}, 2).find("which run?"), std::string::npos);
  alter("UPDATE trials SET settings = json_set(settings, '$.data.fingerprint', 'f0') WHERE id = 1");
  EXPECT_NE(refusal({"rerun", "1"}, 3).find("of fingerprint f0, that found here has "), std::string::npos);
  alter("UPDATE trials SET settings = json_set(settings, '$.training.epochs', 2) WHERE id = 2");
  EXPECT_NE(refusal({"rerun", "2"}, 3).find("reads the settings of run 2 otherwise"), std::string::npos);
  EXPECT_EQ(ask("SELECT count(*) FROM runs"), "2");
}

}  // namespace
}  // namespace rnnbench
