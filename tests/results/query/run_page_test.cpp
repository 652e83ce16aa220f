#include "results/query/run_page.hpp"

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/results/query/query_fixture.hpp"

namespace rnnbench {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

TEST_F(QueryTest, ShowsEverythingAboutARun) {
  EXPECT_THAT(
      show_run(*database_, 1),
      AllOf(HasSubstr("status               finished\n"), HasSubstr("test_accuracy        0.8\n"),
            HasSubstr("validation_accuracy  0.52\n"), HasSubstr(a_trial().key), HasSubstr("Which is best?"),
            HasSubstr("\"length\": 100"), HasSubstr("\"processor\": \"a\""), HasSubstr("runs/best.bin"),
            HasSubstr("measured"), HasSubstr("validation  accuracy"), HasSubstr("reviews")));
}

TEST_F(QueryTest, ShowsWhyARunFailedAndItsNan) {
  const std::string page = show_run(*database_, 7);
  EXPECT_THAT(page, AllOf(HasSubstr("reason          loss is not finite\\x1b[31m\n"), HasSubstr("NaN")));
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
  EXPECT_THAT(show_run(*database_, 7), AllOf(HasSubstr("tags            odd\n"), HasSubstr("look <here>"),
                                             HasSubstr("\n  first\n  abort\\x1b\n"), HasSubstr("epoch 3"),
                                             HasSubstr("other-host"), HasSubstr("not checked")));
  const std::string page = show_run(*database_, 1);
  EXPECT_THAT(page, AllOf(HasSubstr("ab12    missing\n"), HasSubstr("cd34    yes\n")));
}

// Catches: JSON that lacks what is stored, or that a hostile text breaks.
TEST_F(QueryTest, ShowsARunAsOneJsonObject) {
  execute(
      path_,
      R"(UPDATE runs SET note = '"},' || char(27), output = 'x', engine_details = '{"threads":2}' WHERE id = 7)");
  execute(path_, "INSERT INTO metrics VALUES (7, 'loss', 'train', 1, 20, 0.5, 'nats')");
  const auto run = nlohmann::json::parse(show_run(*database_, 7, TableFormat::kJson));
  EXPECT_EQ(run.at("run"), 7);
  EXPECT_EQ(run.at("note"), "\"},\x1B");
  EXPECT_EQ(run.at("output"), "x");
  EXPECT_EQ(run.at("test_accuracy"), nullptr);
  EXPECT_EQ(run.at("settings").at("length"), 100);
  EXPECT_EQ(run.at("engine_details").at("threads"), 2);
  EXPECT_EQ(run.at("metrics").at(0).at("value"), "NaN");
  EXPECT_EQ(run.at("step_metrics").at(0).at("step"), 20);
  EXPECT_TRUE(run.at("timings").empty());
  EXPECT_EQ(nlohmann::json::parse(show_run(*database_, 1, TableFormat::kJson)).at("files").size(), 2U);
}

TEST_F(QueryTest, ShowsARunAsMarkdown) {
  execute(path_, "UPDATE runs SET note = '<b>|`', output = '```' WHERE id = 7");
  const std::string page = show_run(*database_, 7, TableFormat::kMarkdown);
  EXPECT_THAT(page, AllOf(HasSubstr("| status | failed |\n"), HasSubstr("| note | &lt;b>\\|\\` |"),
                          HasSubstr("\n## last output\n\n    ```\n"), HasSubstr("\n## metrics\n\n| epoch |"),
                          HasSubstr("\n## settings\n\n    {\n"), Not(HasSubstr("\x1B"))));
  EXPECT_THAT(message_of<ConfigError>([&] { show_run(*database_, 7, TableFormat::kCsv); }),
              HasSubstr("more than one table; take --format json"));
}

TEST_F(QueryTest, ShowRefusesUnknownRuns) {
  EXPECT_THAT(message_of<ConfigError>([&] { show_run(*database_, 99); }),
              AllOf(HasSubstr("no run 99 in " + path_.string()), HasSubstr("rnnbench list")));
}

}  // namespace
}  // namespace rnnbench
