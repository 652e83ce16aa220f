#include "results/store/check.hpp"

#include <sys/wait.h>

#include "harness/core/damaged_error.hpp"
#include "results/store/connection.hpp"
#include "tests/results/store/damaged_database.hpp"
#include "tests/results/store/past_schemas.hpp"

namespace rnnbench {
namespace {

using testing::AllOf;
using testing::AnyOf;
using testing::Each;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
namespace fs = std::filesystem;

class CheckTest : public StoreTest {
 protected:
  std::vector<Problem> problems(const std::string& check) {
    for (const CheckResult& result : check_database(path_).results) {
      if (result.name == check) return result.problems;
    }
    ADD_FAILURE() << check;
    return {};
  }
  std::string examined(const std::string& check) {
    for (const CheckResult& result : check_database(path_).results) {
      if (result.name == check) return result.examined;
    }
    return "";
  }
};

TEST_F(CheckTest, ASoundDatabaseHasNoProblems) {
  make_whole_database(path_);
  const CheckReport report = check_database(path_);
  EXPECT_TRUE(report.is_sound());
  EXPECT_FALSE(report.is_damaged);
  EXPECT_EQ(report.results.size(), 5U);
}

TEST_F(CheckTest, EveryPastSchemaIsChecked) {
  for (int schema = 1; schema <= kPastSchemas; ++schema) {
    const fs::path past = folder_ / ("past" + std::to_string(schema) + ".db");
    make_past_database(past, schema);
    const std::string before = read_file(past);
    EXPECT_FALSE(check_database(past).is_damaged);
    EXPECT_EQ(read_file(past), before);
  }
}

// Catches: a database that can't be read just now, or by this version, is taken for a damaged one.
TEST_F(CheckTest, TellsDamageFromWhatCannotBeRead) {
  make_whole_database(path_);
  EXPECT_NO_THROW(require_undamaged(path_));
  const fs::path cut = folder_ / "cut.db", newer = folder_ / "newer.db";
  fs::copy_file(path_, cut);
  fs::resize_file(cut, fs::file_size(cut) / 2);
  EXPECT_THROW(require_undamaged(cut), DamagedError);
  write_file_atomically(folder_ / "text.db", std::string(4096, 'x'));
  EXPECT_THROW(require_undamaged(folder_ / "text.db"), DamagedError);
  fs::copy_file(path_, newer);
  execute(newer, "PRAGMA user_version = 99");
  for (const fs::path& unread : {newer, folder_ / "none.db"}) {
    try {
      require_undamaged(unread);
      ADD_FAILURE() << unread;
    } catch (const DamagedError& error) {
      ADD_FAILURE() << error.what();
    } catch (const StoreError&) {
    }
  }
  damage_page_of(path_, "timings");
  EXPECT_THROW(require_undamaged(path_), DamagedError);
}

TEST_F(CheckTest, DamagedPagesAreFoundByTable) {
  make_whole_database(path_);
  damage_page_of(path_, "timings");
  const CheckReport report = check_database(path_);
  EXPECT_TRUE(report.is_damaged);
  EXPECT_THAT(problems("pages"), AllOf(Not(IsEmpty()), Each(Field(&Problem::place, "timings"))));
  EXPECT_THAT(problems("copies of metrics"), IsEmpty());
}

TEST_F(CheckTest, RowsThatReferToNoneAreFound) {
  make_whole_database(path_);
  execute(path_, "PRAGMA foreign_keys = OFF; DELETE FROM runs WHERE id = 3");
  EXPECT_TRUE(check_database(path_).is_damaged);
  EXPECT_THAT(problems("references"),
              ElementsAre(Field(&Problem::what, HasSubstr("61 rows refer to none of runs")),
                          Field(&Problem::what, HasSubstr("30 rows refer to none of runs"))));
}

TEST_F(CheckTest, RunsOfDeadProcessesAreToldFromLiveOnesAndOtherHosts) {
  Store(path_).begin_run(a_start(1));
  const pid_t child = fork();
  if (child == 0) {
    Store(path_).begin_run(a_start(2));
    _exit(0);
  }
  waitpid(child, nullptr, 0);
  execute(
      path_,
      "INSERT INTO runs (uid, experiment_id, trial_id, environment_id, seed, engine_details, status, host, "
      "process, process_start, started) SELECT 'other', experiment_id, trial_id, environment_id, 3, '{}', "
      "'running', 'elsewhere', 1, 1, started FROM runs WHERE id = 1");
  EXPECT_THAT(problems("running rows"), ElementsAre(Field(&Problem::place, "run 2")));
  EXPECT_EQ(examined("running rows"), "3 rows: 1 of live processes, 1 of other hosts");
  EXPECT_FALSE(check_database(path_).is_damaged);

  EXPECT_EQ(repair_database(path_).stale_runs, 1);
  EXPECT_TRUE(check_database(path_).is_sound());
  EXPECT_EQ(scalar(path_, "SELECT group_concat(status) FROM (SELECT status FROM runs ORDER BY id)"),
            "running,interrupted,running");
}

TEST_F(CheckTest, FilesThatAreMissingOrChangedAreFound) {
  RunEnd end = an_end();
  for (const char* name : {"a", "b", "c"}) {
    write_file_atomically(folder_ / "results.files" / name, name);
    end.artifacts.push_back({name, std::string("results.files/") + name, sha256_hex(name), 1});
  }
  {
    Store store(path_);
    store.end_run(store.begin_run(a_start()), end);
  }
  EXPECT_THAT(problems("files"), IsEmpty());
  fs::remove(folder_ / "results.files" / "a");
  write_file_atomically(folder_ / "results.files" / "b", "B");
  EXPECT_THAT(problems("files"), ElementsAre(Field(&Problem::what, HasSubstr("a is missing")),
                                             Field(&Problem::what, HasSubstr("b has another SHA-256"))));
  EXPECT_EQ(examined("files"), "3 files");
}

TEST_F(CheckTest, CopiesThatDisagreeAreFoundAndMadeAgain) {
  make_whole_database(path_);
  execute(path_,
          "UPDATE runs SET test_accuracy = NULL WHERE id = 5; UPDATE runs SET epochs = 7 WHERE id = 9");
  EXPECT_THAT(problems("copies of metrics"),
              ElementsAre(Field(&Problem::place, "run 5"), Field(&Problem::place, "run 9")));
  EXPECT_EQ(repair_database(path_).copies, 2);
  EXPECT_TRUE(check_database(path_).is_sound());
  EXPECT_EQ(scalar(path_, "SELECT count(*) FROM runs WHERE epochs = 30 AND test_accuracy = 0.875"),
            std::to_string(kRunsOfAWholeDatabase));
}

}  // namespace
}  // namespace rnnbench
