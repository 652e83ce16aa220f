#include "plots/figures.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "harness/core/error.hpp"
#include "harness/core/files.hpp"
#include "tests/plots/example_data.hpp"
#include "tests/plots/recording_renderer.hpp"
#include "tests/plots/small_data.hpp"

namespace rnnbench {
namespace {
namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

fs::path test_folder() {
  const auto* info = testing::UnitTest::GetInstance()->current_test_info();
  return fs::path(testing::TempDir()) / (std::string("figures_") + info->name() + std::to_string(::getpid()));
}

FigureOptions options_of(const std::vector<std::string>& names) {
  FigureOptions options;
  options.names = names;
  options.folder = test_folder();
  return options;
}

TEST(Figures, DrawsAllInBothFormats) {
  RecordingRenderer renderer;
  const RenderedFigures rendered = render_figures(example_source({}), options_of({}), renderer);

  EXPECT_THAT(rendered.files, SizeIs(2 * figures().size()));
  EXPECT_TRUE(rendered.lacking.empty());
  for (const Figure& figure : figures()) {
    EXPECT_TRUE(renderer.plots.contains(std::string(figure.name) + ".png")) << figure.name;
    EXPECT_TRUE(renderer.plots.contains(std::string(figure.name) + ".svg")) << figure.name;
  }
}

// A reader who takes toy for IMDb, or doesn't learn n, is misled by every figure alike.
TEST(Figures, EveryOneNamesDataSetCountsAndRevision) {
  RecordingRenderer renderer;
  render_figures(example_source({}), options_of({}), renderer);
  for (const auto& [file, plot] : renderer.plots) {
    EXPECT_THAT(plot.footer, HasSubstr("toy")) << file;
    EXPECT_THAT(plot.footer, HasSubstr("n = ")) << file;
    EXPECT_THAT(plot.footer, HasSubstr("source revision 0123456789ab")) << file;
  }
}

TEST(Figures, ThoseOfTrialsNameExperimentAndHowManyAreLeftOut) {
  RecordingRenderer renderer;
  render_figures({example_data({})},
                 options_of({"accuracy-by-trial", "learning-curves", "accuracy-by-size", "step-time",
                             "step-phases", "confusion", "calibration", "accuracy-against-time"}),
                 renderer);
  for (const auto& [file, plot] : renderer.plots) {
    EXPECT_THAT(plot.title, HasSubstr("first-matrix")) << file;
    EXPECT_THAT(plot.subtitles.front(), HasSubstr("toy (generated reviews, not IMDb)")) << file;
    EXPECT_THAT(plot.footer, HasSubstr("toy (generated reviews, not IMDb)")) << file;
    EXPECT_THAT(plot.footer, HasSubstr("n = 13 trials, 35 runs finished, 1 failed, 3 skipped")) << file;
    EXPECT_THAT(plot.footer, HasSubstr("source revision 0123456789ab")) << file;
    EXPECT_THAT(plot.footer, HasSubstr("1 trial not shown")) << file;
  }
}

TEST(Figures, SpeedOfTwoEnginesComesWithTheParityWarning) {
  RecordingRenderer renderer;
  render_figures({example_data({})}, options_of({"epoch-time", "accuracy-against-time"}), renderer);
  ASSERT_THAT(renderer.plots, SizeIs(4));
  for (const auto& [file, plot] : renderer.plots) {
    EXPECT_THAT(plot.subtitles, testing::Contains(HasSubstr("Parity not shown"))) << file;
  }
}

TEST(Figures, UnknownNameNamesTheNearest) {
  RecordingRenderer renderer;
  try {
    render_figures({example_data({})}, options_of({"epoch-tine"}), renderer);
    FAIL() << "no error";
  } catch (const ConfigError& error) {
    EXPECT_THAT(error.what(), HasSubstr("epoch-tine"));
    EXPECT_THAT(error.what(), HasSubstr("epoch-time"));
  }
}

TEST(Figures, WithoutDataEachSaysWhatToRun) {
  RecordingRenderer renderer;
  const RenderedFigures rendered =
      render_figures({small_data({small_trial("eigen", "rnn")})}, options_of({}), renderer);
  EXPECT_TRUE(rendered.files.empty());
  ASSERT_THAT(rendered.lacking, SizeIs(figures().size()));
  for (std::size_t i = 0; i < figures().size(); ++i)
    EXPECT_THAT(rendered.lacking[i], HasSubstr(std::string("run: rnnbench ") + figures()[i].command));
}

TEST(Figures, FailedRunsGiveNoAccuracyAndNoTime) {
  TrialData trial = small_trial("eigen", "rnn");
  trial.runs = {small_run(1, 0.9, 3)};
  trial.runs[0].status = "failed";
  trial.runs[0].timings = {{"epoch", "host", 1, false, {1'000'000'000}}};
  RecordingRenderer renderer;
  render_figures({small_data({trial})}, options_of({}), renderer);
  EXPECT_TRUE(renderer.plots.empty());
}

TEST(Figures, WritesTheNumbersAsCsv) {
  TrialData trial = small_trial("eigen", "rnn");
  trial.runs = {small_run(1, 0.75, 3), small_run(2, 0.25, 4)};
  FigureOptions options = options_of({"accuracy-by-trial"});
  options.data = true;
  RecordingRenderer renderer;
  const RenderedFigures rendered = render_figures({small_data({trial})}, options, renderer);
  ASSERT_THAT(rendered.files, SizeIs(3));
  const std::string csv = read_file(rendered.files.back());
  EXPECT_THAT(csv, testing::StartsWith("panel,series,x,y,low,high,value\n"));
  EXPECT_THAT(csv, HasSubstr("\"test accuracy (%)\",\"eigen rnn, seeds\",75,1,,,\n"));
  EXPECT_THAT(csv, HasSubstr("\"test accuracy (%)\",\"eigen rnn, 95 % interval\",50,1,0,100,\n"));
  fs::remove_all(options.folder);
}

TEST(PlotCsv, LeavesNanEmptyAndDoublesQuotes) {
  Plot plot;
  plot.panels.resize(1);
  plot.panels[0].name = "a \"b\"";
  plot.panels[0].series = {{"s", Mark::kDot, "#000000", {}, {{1, std::nan("")}}}};
  EXPECT_EQ(plot_csv(plot), "panel,series,x,y,low,high,value\n\"a \"\"b\"\"\",\"s\",1,,,,\n");
}

}  // namespace
}  // namespace rnnbench
