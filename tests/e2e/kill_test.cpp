#include <csignal>
#include <cstdlib>
#include <random>
#include <thread>

#include "harness/core/process_tree.hpp"
#include "tests/e2e/fixture.hpp"
#include "tests/e2e/plain_sqlite.hpp"

namespace rnnbench {
namespace {

/// Matrices of different shapes: many short runs, few long ones, programs, both engines.
struct Shape {
  const char* name;
  const char* experiment;
  std::vector<std::string> options;
};

const std::string kHead = R"(schema = 1
name = "kill"
question = "Is anything lost?"
)";

const std::string kModel = R"([data]
set = "toy"
recipe = "toy"
validation = 0.1
limit = { train = 300, test = 100 }
[model]
embedding = { size = 8 }
layers = [{ cell = "lstm", units = 8, input_dropout = 0.1, output_dropout = 0.2 }]
[training]
batch = 16
)";

const std::string kManyShort = kHead + R"(seeds = [1, 2, 3, 4, 5]
[axes]
engine = ["eigen"]
"recipe.length" = [6, 8, 10, 12]
)" + kModel + "epochs = 2\n";

const std::string kFewLong = kHead + R"(seeds = [1, 2]
[axes]
engine = ["eigen"]
"training.optimizer.name" = ["adam", "sgd"]
)" + kModel + R"(epochs = 60
early_stopping = { patience = 50, metric = "validation_loss" }
schedule = { kind = "plateau", patience = 3, factor = 0.5, metric = "validation_loss" }
)";

const std::string kPrograms = kHead + R"(seeds = [1, 2, 3, 4, 5, 6]
engine = "command"
[command]
run = ["sh", "-c", "for e in 1 2 3 4 5; do sleep 0.05; echo \"{{\\\"metric\\\": \\\"loss\\\", \\\"epoch\\\": $e, \\\"value\\\": {seed}}\"; done"]
)";

const std::string kBothEngines = kHead + R"(seeds = [1, 2]
[axes]
engine = ["libtorch", "eigen"]
)" + kModel + "epochs = 25\n";

/// Finds what to kill: 0 the program itself, 1 one of its workers, 2 anything that descends from it.
enum Target { kProgram, kWorker, kAny };

class Kill : public ProgramTest, public testing::WithParamInterface<Shape> {
 protected:
  Kill() {
    program_.environment["RNNBENCH_CHECKPOINT_SECONDS"] = "0";
    program_.write("kill.toml", GetParam().experiment);
  }

  std::vector<std::string> command(const std::string& database) const {
    std::vector<std::string> words = {"run", "kill.toml", "--db", database};
    words.insert(words.end(), GetParam().options.begin(), GetParam().options.end());
    return words;
  }

  std::string plain_sqlite(const std::string& name, const std::string& sql) {
    return first_cell(program_.folder() / name, sql);
  }

  void sleep_a_while() {
    std::this_thread::sleep_for(std::chrono::milliseconds(std::uniform_int_distribution(10, 350)(random_)));
  }

  /// Kills one at random.
  void kill(Target target) {
    if (target == kProgram) return program_.send(SIGKILL);
    const std::vector<pid_t> all =
        target == kWorker ? children_of(program_.process()) : descendants_of(program_.process());
    if (!all.empty()) ::kill(all[random_() % all.size()], SIGKILL);
  }

  std::mt19937 random_{static_cast<unsigned>(testing::UnitTest::GetInstance()->random_seed() + ::getpid())};
};

int kills() {
  const char* given = std::getenv("RNNBENCH_TEST_KILLS");
  return given != nullptr ? std::atoi(given) : 50;  // 200 over the four shapes
}

class KillUntilDone : public Kill {
 protected:
  long finished() {
    const std::string count =
        plain_sqlite("killed.db", "SELECT count(*) FROM runs WHERE status = 'finished'");
    return count == "no answer" ? 0 : std::stol(count);  // killed before the tables were made
  }

  /// Does the rest undisturbed, holds it against a matrix that was never disturbed, and begins anew.
  void finish_and_compare() {
    const ProgramResult last = program_.run(command("killed.db"));
    ASSERT_EQ(last.exit_code, 0) << last.err;
    EXPECT_EQ(plain_sqlite("killed.db", "PRAGMA integrity_check"), "ok");
    EXPECT_EQ(plain_sqlite("killed.db", "SELECT count(*) FROM pragma_foreign_key_check"), "0");
    EXPECT_EQ(plain_sqlite("killed.db", "SELECT count(*) FROM runs WHERE status = 'running'"), "0");
    EXPECT_EQ(plain_sqlite("killed.db",
                           "SELECT count(*) FROM (SELECT 1 FROM runs WHERE status = 'finished' "
                           "GROUP BY trial_id, seed HAVING count(*) > 1)"),
              "0");
    expect_same_results(program_.folder() / "killed.db", program_.folder() / "whole.db");
    EXPECT_EQ(plain_sqlite("killed.db", "SELECT count(*) FROM checkpoints"), "0");
    resumed_ += std::stoi(plain_sqlite("killed.db", "SELECT count(*) FROM resumes"));
    for (const char* name :
         {"killed.db", "killed.db-wal", "killed.db-shm", "killed.files", "killed.report"}) {
      std::filesystem::remove_all(program_.folder() / name);
    }
    ++matrices_;
  }

  int resumed_ = 0;
  int matrices_ = 0;
};

// Catches: a run that counts as finished before all of it is on disk, a finished run that is repeated, rows
// of a dead process left `running`, a database torn by the kill, a run that goes on with other numbers.
TEST_P(KillUntilDone, LosesRepeatsAndChangesNothing) {
  const ProgramResult whole = program_.run(command("whole.db"));
  ASSERT_EQ(whole.exit_code, 0) << whole.err;
  const long runs = std::stol(plain_sqlite("whole.db", "SELECT count(*) FROM runs"));

  long finished_before = 0;
  for (int done = 0; done < kills();) {
    program_.start(command("killed.db"));
    const bool worker_first = random_() % 2 == 0;
    for (bool go_on = worker_first; go_on && done < kills(); go_on = random_() % 2 == 0) {
      sleep_a_while();
      kill(random_() % 2 == 0 ? kWorker : kAny);
      ++done;
    }
    sleep_a_while();
    kill(kProgram);
    ++done;
    program_.wait();
    if (!std::filesystem::exists(program_.folder() / "killed.db")) continue;
    ASSERT_EQ(plain_sqlite("killed.db", "PRAGMA integrity_check"), "ok") << "kill " << done;
    ASSERT_GE(finished(), finished_before) << "a finished run is gone";
    finished_before = finished();
    if (finished_before < runs) continue;
    ASSERT_NO_FATAL_FAILURE(finish_and_compare());
    finished_before = 0;
  }
  finish_and_compare();
  std::printf("%d kills in %d matrices; %d times a run went on\n", kills(), matrices_, resumed_);
}

void PrintTo(const Shape& shape, std::ostream* out) { *out << shape.name; }

INSTANTIATE_TEST_SUITE_P(
    Shapes, KillUntilDone,
    testing::Values(Shape{"many_short", kManyShort.c_str(), {"--workers", "2"}},
                    Shape{"few_long", kFewLong.c_str(), {}},
                    Shape{"both_engines", kBothEngines.c_str(), {"--workers", "2"}},
                    Shape{"programs", kPrograms.c_str(), {"--workers", "3", "--retries", "1"}}),
    [](const auto& info) { return std::string(info.param.name); });

}  // namespace
}  // namespace rnnbench
