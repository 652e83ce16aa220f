#include <sqlite3.h>

#include <csignal>
#include <random>
#include <thread>

#include "tests/e2e/fixture.hpp"

namespace rnnbench {
namespace {

class Kill : public ProgramTest {
 protected:
  /// The first cell of `sql`, read the way any other program would read the file.
  std::string plain_sqlite(const std::string& sql) {
    sqlite3* handle = nullptr;
    std::string answer = "no answer";
    if (sqlite3_open(database().c_str(), &handle) == SQLITE_OK) {
      sqlite3_stmt* statement = nullptr;
      if (sqlite3_prepare_v2(handle, sql.c_str(), -1, &statement, nullptr) == SQLITE_OK &&
          sqlite3_step(statement) == SQLITE_ROW) {
        answer = reinterpret_cast<const char*>(sqlite3_column_text(statement, 0));
      }
      sqlite3_finalize(statement);
    }
    sqlite3_close(handle);
    return answer;
  }
};

// Catches: a run that counts as finished before all of it is on disk, a finished run that is repeated, rows
// of a dead process left `running`, a database torn by the kill.
TEST_F(Kill, TenKillsAtRandomMomentsLoseAndRepeatNoFinishedRun) {
  const std::vector<std::string> command = {
      "run", RNNBENCH_SOURCE_DIR "/experiments/quick.toml", "--seeds", "1..4", "--set", "training.epochs=3"};
  std::mt19937 random(testing::UnitTest::GetInstance()->random_seed() + static_cast<unsigned>(::getpid()));
  std::uniform_int_distribution<int> milliseconds(20, 1500);
  long finished_before = 0;
  for (int kill = 0; kill < 10; ++kill) {
    const int delay = milliseconds(random);
    program_.start(command);
    std::this_thread::sleep_for(std::chrono::milliseconds(delay));
    program_.send(SIGKILL);
    program_.wait();
    if (!std::filesystem::exists(database())) continue;
    ASSERT_EQ(plain_sqlite("PRAGMA integrity_check"), "ok") << "kill " << kill << " after " << delay << " ms";
    const std::string count = plain_sqlite("SELECT count(*) FROM runs WHERE status = 'finished'");
    if (count == "no answer") continue;  // killed before the tables were made
    ASSERT_GE(std::stol(count), finished_before) << "a finished run is gone";
    finished_before = std::stol(count);
  }
  const ProgramResult last = program_.run(command);
  ASSERT_EQ(last.exit_code, 0) << last.err;
  EXPECT_EQ(plain_sqlite("PRAGMA integrity_check"), "ok");
  EXPECT_EQ(plain_sqlite("SELECT count(*) FROM pragma_foreign_key_check"), "0");
  EXPECT_EQ(plain_sqlite("SELECT count(*) FROM (SELECT DISTINCT trial_id, seed FROM runs "
                         "WHERE status IN ('finished', 'skipped'))"),
            "40");
  EXPECT_GE(std::stol(plain_sqlite("SELECT count(*) FROM runs WHERE status = 'finished'")), 8);
  EXPECT_EQ(plain_sqlite("SELECT count(*) FROM (SELECT 1 FROM runs WHERE status = 'finished' "
                         "GROUP BY trial_id, seed HAVING count(*) > 1)"),
            "0");
  EXPECT_EQ(plain_sqlite("SELECT count(*) FROM runs WHERE status = 'running'"), "0");
  EXPECT_EQ(plain_sqlite("SELECT count(*) FROM run_summary WHERE status = 'finished' AND epochs <> 3"), "0");
}

/// Eight epochs of one libtorch and one eigen run with dropout and Adam.
constexpr const char* kEightEpochs = R"(schema = 1
name = "eight"
question = "Does it go on?"
seeds = [3]
[data]
set = "toy"
recipe = "toy"
validation = 0.1
limit = { train = 600, test = 200 }
[axes]
engine = ["libtorch", "eigen"]
[model]
embedding = { size = 8 }
layers = [{ cell = "lstm", units = 8, output_dropout = 0.3 }]
[training]
optimizer = { name = "adam", learning_rate = 1e-2 }
batch = 16
epochs = 8
threads = 1
)";

// Catches: dropout, optimiser or the choice of the best epoch going on from elsewhere than where it was.
TEST_F(Kill, ARunThatWasKilledGoesOnWithTheSameBits) {
  const std::string config = program_.write("eight.toml", kEightEpochs).string();
  program_.environment["RNNBENCH_CHECKPOINT_SECONDS"] = "0";
  ASSERT_EQ(program_.run({"run", config, "--db", "whole.db"}).exit_code, 0);
  std::mt19937 random(testing::UnitTest::GetInstance()->random_seed() + static_cast<unsigned>(::getpid()));
  const std::string epochs = "SELECT coalesce(sum(epochs), 0) FROM runs";
  for (int kill = 0; kill < 4; ++kill) {
    const std::string before = std::filesystem::exists(database()) ? plain_sqlite(epochs) : "0";
    program_.start({"run", config});
    while (program_.is_running() && (plain_sqlite(epochs) == before || plain_sqlite(epochs) == "no answer")) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(random() % 40));
    program_.send(SIGKILL);
    program_.wait();
  }
  const ProgramResult last = program_.run({"run", config});
  ASSERT_EQ(last.exit_code, 0) << last.err;
  EXPECT_EQ(last.err.find("begins anew"), std::string::npos) << last.err;
  EXPECT_NE(plain_sqlite("SELECT count(*) FROM resumes"), "0");
  EXPECT_EQ(plain_sqlite("SELECT count(*)||' '||sum(status = 'finished') FROM runs"), "2 2");
  EXPECT_EQ(plain_sqlite("SELECT count(*) FROM checkpoints"), "0");
  EXPECT_TRUE(std::filesystem::is_empty(program_.folder() / "output" / "results.files" / "checkpoints"));
  const std::string both = "ATTACH '" + (program_.folder() / "whole.db").string() + "' AS whole";
  const std::string values =
      "(SELECT key, name, split, epoch, value FROM %.metrics m JOIN %.runs r ON r.id = m.run_id "
      "JOIN %.trials t ON t.id = trial_id UNION ALL SELECT key, split, sha256, 0, hex(positive) "
      "FROM (SELECT key, split, '' AS sha256, positive FROM %.predictions p JOIN %.runs r ON r.id = p.run_id "
      "JOIN %.trials t ON t.id = trial_id) UNION ALL SELECT key, kind, sha256, 0, bytes FROM %.artifacts a "
      "JOIN %.runs r ON r.id = a.run_id JOIN %.trials t ON t.id = trial_id)";
  const auto of = [&](const std::string& schema) {
    std::string text = values;
    for (std::size_t at = 0; (at = text.find('%', at)) != std::string::npos;) text.replace(at, 1, schema);
    return text;
  };
  sqlite3* handle = nullptr;
  ASSERT_EQ(sqlite3_open(database().c_str(), &handle), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(handle, both.c_str(), nullptr, nullptr, nullptr), SQLITE_OK);
  for (const auto& [one, other] : {std::pair("main", "whole"), std::pair("whole", "main")}) {
    const std::string sql = "SELECT count(*), min(name) FROM (SELECT * FROM " + of(one) +
                            " EXCEPT SELECT * FROM " + of(other) + ")";
    sqlite3_stmt* statement = nullptr;
    ASSERT_EQ(sqlite3_prepare_v2(handle, sql.c_str(), -1, &statement, nullptr), SQLITE_OK)
        << sqlite3_errmsg(handle);
    ASSERT_EQ(sqlite3_step(statement), SQLITE_ROW);
    const unsigned char* name = sqlite3_column_text(statement, 1);
    EXPECT_EQ(sqlite3_column_int(statement, 0), 0)
        << "first: " << (name != nullptr ? reinterpret_cast<const char*>(name) : "");
    sqlite3_finalize(statement);
  }
  sqlite3_close(handle);
}

}  // namespace
}  // namespace rnnbench
