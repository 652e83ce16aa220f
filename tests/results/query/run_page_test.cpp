#include "results/query/run_page.hpp"

#include <filesystem>
#include <fstream>

#include "tests/results/query/query_fixture.hpp"

namespace rnnbench {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

TEST_F(QueryTest, ShowsEverythingAboutARun) {
  EXPECT_THAT(show_run(*database_, 1),
              AllOf(HasSubstr("status         finished\n"), HasSubstr("test_accuracy  0.8\n"),
                    HasSubstr(a_trial().key), HasSubstr("Which is best?"), HasSubstr("\"length\": 100"),
                    HasSubstr("\"processor\": \"a\""), HasSubstr("runs/best.bin"), HasSubstr("measured"),
                    HasSubstr("validation  accuracy"), HasSubstr("reviews")));
}

TEST_F(QueryTest, ShowsWhyARunFailedAndItsNan) {
  const std::string page = show_run(*database_, 7);
  EXPECT_THAT(page, AllOf(HasSubstr("reason         loss is not finite\\x1b[31m\n"), HasSubstr("NaN")));
  EXPECT_THAT(page, AllOf(Not(HasSubstr("\x1B")), Not(HasSubstr("timings")), Not(HasSubstr("files"))));
}

TEST_F(QueryTest, ShowsOutputTagsCheckpointResumesAndWhichFilesAreThere) {
  std::filesystem::create_directories(folder_ / "runs");
  std::ofstream(folder_ / "runs" / "words.txt") << "1234567";
  execute(path_,
          "INSERT INTO run_tags VALUES (7, 'odd'); UPDATE runs SET note = 'look <here>', output = "
          "'first' || char(10) || 'abort' || char(27) WHERE id = 7");
  execute(path_, "INSERT INTO checkpoints VALUES (7, 3, 'runs/state.bin', 'ab', 9)");
  execute(path_,
          "INSERT INTO resumes (run_id, from_epoch, environment_id, host, process, resumed) VALUES (7, 2, 1, "
          "'other-host', 5, '2026-01-01')");
  EXPECT_THAT(show_run(*database_, 7), AllOf(HasSubstr("tags           odd\n"), HasSubstr("look <here>"),
                                             HasSubstr("\n  first\n  abort\\x1b\n"), HasSubstr("epoch 3"),
                                             HasSubstr("other-host"), HasSubstr("not checked")));
  const std::string page = show_run(*database_, 1);
  EXPECT_THAT(page, AllOf(HasSubstr("ab12    missing\n"), HasSubstr("cd34    yes\n")));
}

TEST_F(QueryTest, ShowRefusesUnknownRuns) {
  EXPECT_THAT(message_of<ConfigError>([&] { show_run(*database_, 99); }),
              AllOf(HasSubstr("no run 99 in " + path_.string()), HasSubstr("rnnbench list")));
}

}  // namespace
}  // namespace rnnbench
