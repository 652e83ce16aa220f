#include <cstdlib>

#include "harness/core/files.hpp"
#include "results/report/report.hpp"
#include "results/store/store.hpp"
#include "tests/results/store/store_fixture.hpp"

namespace rnnbench {
namespace {

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

TEST_F(ReportDatabase, AnEmptyOneSaysWhatToRun) {
  { Store store(path_); }
  Database database(path_);
  EXPECT_THAT(message_of<StoreError>([&] { write_report(database, {}, folder_); }),
              HasSubstr("rnnbench run"));
}

}  // namespace
}  // namespace rnnbench
