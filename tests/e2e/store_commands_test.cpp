// merge, backup, check and gc as a person calls them.
#include <gmock/gmock.h>

#include <chrono>

#include "harness/core/files.hpp"
#include "tests/e2e/fixture.hpp"
#include "tests/e2e/plain_sqlite.hpp"

namespace rnnbench {
namespace {

using testing::AllOf;
using testing::HasSubstr;
namespace fs = std::filesystem;

class StoreCommands : public ProgramTest {
 protected:
  /// Runs the small matrix into a database of this name.
  void run_into(const std::string& name, const std::string& seeds) {
    const fs::path config = program_.write("small.toml", small_experiment());
    const ProgramResult result =
        program_.run({"run", config.string(), "--seeds", seeds, "--set", "training.epochs=1", "--db", name});
    ASSERT_EQ(result.exit_code, 0) << result.err;
  }
  std::string count(const std::string& name, const std::string& what) {
    ProgramResult result =
        program_.run({"query", "SELECT count(*) AS n FROM " + what, "--format", "csv", "--db", name});
    EXPECT_EQ(result.exit_code, 0) << result.err;
    return result.out;
  }
};

TEST_F(StoreCommands, MergeBackupCheckAndGc) {
  run_into("a.db", "1");
  run_into("b.db", "1..2");
  const ProgramResult merged = program_.run({"merge", "a.db", "b.db", "--db", "all.db"});
  EXPECT_EQ(merged.exit_code, 0) << merged.err;
  EXPECT_THAT(merged.out, AllOf(HasSubstr("a.db: 2 runs added"), HasSubstr("b.db: 4 runs added")));
  EXPECT_THAT(merged.out, testing::Not(HasSubstr("missing")));
  EXPECT_EQ(count("all.db", "runs"), "n\n6\n");
  const ProgramResult again = program_.run({"merge", "b.db", "a.db", "--db", "all.db"});
  EXPECT_THAT(again.out,
              AllOf(HasSubstr("a.db: 0 runs added"), HasSubstr("2 known"), HasSubstr("0 conflicts")));
  EXPECT_EQ(program_.run({"merge", "all.db", "--db", "all.db"}).exit_code, 2);
  EXPECT_EQ(program_.run({"merge", "none.db", "--db", "all.db"}).exit_code, 3);

  EXPECT_EQ(program_.run({"backup", "copy.db", "--db", "all.db"}).exit_code, 0);
  EXPECT_EQ(program_.run({"backup", "copy.db", "--db", "all.db"}).exit_code, 3);
  EXPECT_EQ(count("copy.db", "runs"), "n\n6\n");

  const ProgramResult sound = program_.run({"check", "--db", "all.db"});
  EXPECT_EQ(sound.exit_code, 0) << sound.out;
  EXPECT_THAT(sound.out, AllOf(HasSubstr("pages"), HasSubstr("files")));

  program_.write("all.files/unnamed", "12345");
  fs::last_write_time(program_.folder() / "all.files/unnamed",
                      fs::file_time_type::clock::now() - std::chrono::hours(2));
  EXPECT_THAT(program_.run({"gc", "--dry-run", "--db", "all.db"}).out, HasSubstr("all.files/unnamed"));
  EXPECT_TRUE(fs::exists(program_.folder() / "all.files/unnamed"));
  EXPECT_EQ(program_.run({"gc", "--db", "all.db"}).exit_code, 0);
  EXPECT_FALSE(fs::exists(program_.folder() / "all.files/unnamed"));
  EXPECT_EQ(program_.run({"check", "--db", "all.db"}).exit_code, 0) << "gc removed a file that a row names";

  fs::remove_all(program_.folder() / "all.files");
  const ProgramResult missing = program_.run({"check", "--db", "all.db"});
  EXPECT_EQ(missing.exit_code, 1);
  EXPECT_THAT(missing.out, HasSubstr("is missing"));
}

TEST_F(StoreCommands, ADamagedDatabaseIsFoundReportedAndTheRestSaved) {
  run_into("a.db", "1..3");
  ASSERT_EQ(program_.run({"backup", "whole.db", "--db", "a.db"}).exit_code, 0);
  std::string content = read_file(program_.folder() / "whole.db");
  constexpr std::size_t kPage = 4096;
  const auto page = std::stoul(first_cell(program_.folder() / "whole.db",
                                          "SELECT rootpage FROM sqlite_schema WHERE name = 'timings'"));
  ASSERT_LE(page * kPage, content.size());
  content.replace((page - 1) * kPage, kPage, kPage, '\x5A');
  program_.write("damaged.db", content);

  const ProgramResult found = program_.run({"check", "--db", "damaged.db"});
  EXPECT_EQ(found.exit_code, 3);
  EXPECT_THAT(found.out, AllOf(HasSubstr("pages"), HasSubstr("--repair --output NEW.db")));
  EXPECT_EQ(program_.run({"check", "--repair", "--db", "damaged.db"}).exit_code, 3);
  const ProgramResult saved =
      program_.run({"check", "--repair", "--output", "saved.db", "--db", "damaged.db"});
  EXPECT_EQ(saved.exit_code, 3);
  EXPECT_THAT(saved.out, HasSubstr("saved in saved.db"));
  EXPECT_NE(program_.run({"check", "--db", "saved.db"}).exit_code, 3);
  EXPECT_EQ(first_cell(program_.folder() / "saved.db", "SELECT count(*) FROM runs"),
            first_cell(program_.folder() / "whole.db", "SELECT count(*) FROM runs"))
      << "but for the timings all is there";
  EXPECT_EQ(read_file(program_.folder() / "damaged.db"), content);
}

}  // namespace
}  // namespace rnnbench
