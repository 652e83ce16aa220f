// Figures from the command line: sizes, colours, formats, and what is wrong with a call.
#include <gmock/gmock.h>

#include "harness/core/files.hpp"
#include "results/store/store.hpp"
#include "tests/e2e/fixture.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class PlotTest : public ProgramTest {
 protected:
  PlotTest() {
    Store store(program_.folder() / "results.db");
    const TrialRecord trial{std::string(64, 'a'), "{}", "eigen", "rnn", "cpu", "toy", "toy", 256, 20};
    const ExperimentRecord experiment{"plotted", "Which?", "x"};
    store.add_trials(experiment, {trial});
    for (const std::uint64_t seed : {1, 2}) {
      store.end_run(store.begin_run({experiment, trial, seed, "{}"}),
                    {RunStatus::kFinished, "", 1, {{"accuracy", "test", 1, 0.75, "fraction"}}, {}, {}});
    }
  }
};

TEST_F(PlotTest, DrawsInTheFormatsSizeAndColoursAskedFor) {
  const ProgramResult result = program_.run({"plot", "accuracy-by-trial", "--db", "results.db", "--format",
                                             "svg,pdf", "--size", "column", "--theme", "dark", "--data"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(result.out,
            "results.plots/accuracy-by-trial.svg\nresults.plots/accuracy-by-trial.pdf\n"
            "results.plots/accuracy-by-trial.csv\n");
  EXPECT_THAT(read_file(program_.folder() / "results.plots" / "accuracy-by-trial.svg"),
              HasSubstr("viewBox=\"0 0 480"));
  EXPECT_THAT(read_file(program_.folder() / "results.plots" / "accuracy-by-trial.pdf"), StartsWith("%PDF"));
}

TEST_F(PlotTest, SaysWhatAFigureLacksAndDrawsTheOthers) {
  const ProgramResult result = program_.run({"plot", "--all", "--db", "results.db"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("accuracy-by-trial.png"));
  EXPECT_THAT(result.err,
              HasSubstr("epoch-time: needs a finished run with its epochs timed; there is none yet, run: "
                        "rnnbench run CONFIG, with the file of 'plotted'"));
  const ProgramResult none = program_.run({"plot", "epoch-time", "--db", "results.db"});
  EXPECT_EQ(none.exit_code, 2);
  EXPECT_THAT(none.err, HasSubstr("epoch-time: needs"));
}

TEST_F(PlotTest, UnknownNamesHaveASuggestion) {
  for (const auto& [option, word, meant] : {std::tuple{"--size", "colunm", "column"},
                                            {"--theme", "drak", "dark"},
                                            {"--format", "pgn", "png"},
                                            {"--experiment", "ploted", "plotted"}}) {
    const ProgramResult result = program_.run({"plot", "--db", "results.db", option, word});
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_THAT(result.err, HasSubstr(meant));
  }
}

TEST_F(PlotTest, ListsAllFiguresWithALineEach) {
  const ProgramResult result = program_.run({"plot", "--list"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_THAT(result.out, HasSubstr("  accuracy-by-trial"));
  EXPECT_THAT(result.out, HasSubstr("each seed a dot"));
}

}  // namespace
}  // namespace rnnbench
