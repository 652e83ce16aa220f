#include <cstdlib>

#include "harness/core/files.hpp"
#include "results/report/markdown.hpp"
#include "results/report/report.hpp"
#include "results/store/store.hpp"
#include "tests/results/store/store_fixture.hpp"

namespace rnnbench {
namespace {

using testing::AllOf;
using testing::HasSubstr;

using ReportDatabase = StoreTest;

TEST_F(ReportDatabase, SameDatabaseGivesTheSamePageWithItsFigures) {
  if (std::system("gnuplot --version >/dev/null 2>&1") != 0) GTEST_SKIP() << "gnuplot is not installed";
  {
    Store store(path_);
    store.add_trials(a_start().experiment, {a_trial()});
    const RunId run = store.begin_run(a_start());
    store.epoch_finished(run, an_epoch(1));
    store.end_run(run, an_end(0.75));
  }
  Database database(path_);
  const auto first = write_report(database, {}, folder_ / "one");
  const auto second = write_report(database, "first", folder_ / "two");
  EXPECT_EQ(read_file(first), read_file(second));
  EXPECT_THAT(read_file(first), HasSubstr("](figures/accuracy-by-trial.png)"));
  EXPECT_GT(std::filesystem::file_size(folder_ / "one/figures/accuracy-by-trial.png"), 5000U);
  EXPECT_EQ(read_file(folder_ / "one/experiment.toml"), a_start().experiment.config);
}

// Catches: a report that judges otherwise than `compare`, or not at all.
TEST_F(ReportDatabase, EnginesAreJudgedInTheWordsOfCompare) {
  if (std::system("gnuplot --version >/dev/null 2>&1") != 0) GTEST_SKIP() << "gnuplot is not installed";
  {
    Store store(path_);
    store.add_trials(a_start().experiment, {a_trial(), a_trial("libtorch")});
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
      for (const char* engine : {"eigen", "libtorch"}) {
        const bool is_eigen = std::string(engine) == "eigen";
        const RunId run = store.begin_run(a_start(seed, a_trial(engine)));
        store.epoch_finished(run, an_epoch(1));
        store.end_run(run, an_end(0.8 + 0.001 * static_cast<double>(seed) * (is_eigen ? 1 : 5)));
      }
    }
  }
  Database database(path_);
  const std::string page = read_file(write_report(database, {}, folder_ / "one"));
  const std::vector<Subject> subjects = {find_subject(database, "engine=eigen"),
                                         find_subject(database, "engine=libtorch")};
  const std::string words = verdict_text(judge_subjects(database, subjects)[0].verdict, "libtorch");
  EXPECT_THAT(
      page, HasSubstr("- rnn: " +
                      markdown_text("libtorch against eigen: " + words.substr(0, words.find('\n'))) + "\n"));
  EXPECT_THAT(words, AllOf(HasSubstr("n = 3 pairs"), HasSubstr("; speeds not compared; parity not shown\n")));
  EXPECT_THAT(page, HasSubstr("\n  - parity is not shown"));
}

TEST_F(ReportDatabase, AnEmptyOneSaysWhatToRun) {
  { Store store(path_); }
  Database database(path_);
  EXPECT_THAT(message_of<StoreError>([&] { write_report(database, {}, folder_); }),
              HasSubstr("rnnbench run"));
}

}  // namespace
}  // namespace rnnbench
