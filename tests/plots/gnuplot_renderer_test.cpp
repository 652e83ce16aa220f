#include "plots/gnuplot_renderer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iostream>

#include "harness/core/error.hpp"
#include "harness/core/files.hpp"
#include "plots/figures.hpp"
#include "tests/plots/example_data.hpp"
#include "tests/plots/small_data.hpp"

namespace rnnbench {
namespace {
namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class GnuplotRendererTest : public testing::Test {
 protected:
  void SetUp() override {
    if (std::system("gnuplot --version >/dev/null 2>&1") != 0) GTEST_SKIP() << "gnuplot is not installed";
    const auto* info = testing::UnitTest::GetInstance()->current_test_info();
    folder_ =
        fs::path(testing::TempDir()) / (std::string("gnuplot_") + info->name() + std::to_string(::getpid()));
    fs::create_directories(folder_);
  }
  void TearDown() override {
    if (!folder_.empty()) fs::remove_all(folder_);
  }

  /// The names of what the folder holds.
  std::vector<std::string> content() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder_))
      names.push_back(entry.path().filename().string());
    return names;
  }

  static Plot simple_plot(const std::string& text) {
    Plot plot;
    plot.title = text;
    plot.subtitles = {text};
    plot.footer = text;
    plot.width = 600;
    plot.height = 300;
    plot.legend = {{text, Mark::kDot, "#000000", {}}};
    Panel panel;
    panel.box = {100, 120, 400, 100};
    panel.x = {text, 0, 1, false, {{0.5, text}}};
    panel.y = {text, 0, 1, false, {{0.5, text}}};
    panel.series = {{text, Mark::kThickLine, "#0072B2", {}, {{0, 0}, {0.5, std::nan("")}, {1, 1}}}};
    panel.notes = {{0.5, 0.5, text}};
    plot.panels = {panel};
    return plot;
  }

  fs::path folder_;
};

TEST_F(GnuplotRendererTest, DrawsEveryFigureInBothFormats) {
  FigureOptions options;
  options.folder = folder_ / "new" / "it's a folder";
  GnuplotRenderer renderer;
  const RenderedFigures rendered = render_figures(example_source({.seeds = 2}), options, renderer);
  EXPECT_EQ(rendered.files.size(), 2 * figures().size());
  for (const fs::path& file : rendered.files) {
    const std::string image = read_file(file);
    EXPECT_GT(image.size(), 5000U) << file;
    if (file.extension() == ".png") {
      EXPECT_THAT(image, StartsWith("\x89PNG\r\n\x1a\n")) << file;
    } else {
      EXPECT_THAT(image, HasSubstr("<svg")) << file;
      EXPECT_THAT(image, HasSubstr("toy")) << file;
      EXPECT_THAT(image, HasSubstr("</svg>")) << file;
    }
  }
}

TEST_F(GnuplotRendererTest, SameDataGivesTheSameBytes) {
  GnuplotRenderer renderer;
  for (const ImageFormat format : {ImageFormat::kPng, ImageFormat::kSvg, ImageFormat::kPdf}) {
    renderer.render(simple_plot("x"), format, folder_ / "a");
    renderer.render(simple_plot("x"), format, folder_ / "b");
    EXPECT_EQ(read_file(folder_ / "a"), read_file(folder_ / "b"));
  }
}

TEST_F(GnuplotRendererTest, AnSvgNamesFontsThatReadersKnow) {
  GnuplotRenderer().render(simple_plot("x"), ImageFormat::kSvg, folder_ / "x.svg");
  const std::string image = read_file(folder_ / "x.svg");
  EXPECT_THAT(image, HasSubstr("font-family=\"sans-serif\" font-weight=\"bold\""));
  EXPECT_THAT(image, Not(HasSubstr("sans:Bold")));
}

// The time of drawing that Cairo writes into it is in whole seconds, so that two may be alike by chance.
TEST_F(GnuplotRendererTest, APdfHoldsNoTimeOfDrawing) {
  GnuplotRenderer().render(simple_plot("x"), ImageFormat::kPdf, folder_ / "x.pdf");
  const std::string content = read_file(folder_ / "x.pdf");
  EXPECT_THAT(content, StartsWith("%PDF-"));
  EXPECT_THAT(content, HasSubstr("/CreationDate (D:19700101000000Z)"));
}

TEST_F(GnuplotRendererTest, ThemesAndMarksAreDrawn) {
  Plot plot = simple_plot("x");
  plot.theme = theme_named("dark", "slide");
  for (const Mark mark :
       {Mark::kThinLine, Mark::kThickLine, Mark::kDot, Mark::kSolid, Mark::kTick, Mark::kInterval,
        Mark::kUpright, Mark::kBand, Mark::kBox, Mark::kCell, Mark::kReference}) {
    plot.panels[0].series[0] = {"x", mark, "#ab12cd", {}, {{0.2, 0.5, 0.1, 0.3}, {0.4, 0.5, 0.1, 0.3}}};
    plot.legend = {{"x", mark, "#ab12cd", {}}};
    GnuplotRenderer().render(plot, ImageFormat::kSvg, folder_ / "x.svg");
    const std::string image = read_file(folder_ / "x.svg");
    EXPECT_THAT(image, testing::ContainsRegex("#[aA][bB]12[cC][dD]|171, *18, *205"))
        << static_cast<int>(mark);
    EXPECT_THAT(image, testing::ContainsRegex("#16181[cC]|22, *24, *28"));
  }
}

// Names come from files that others may have written; a title must never run as a program.
TEST_F(GnuplotRendererTest, HostileTextIsShownNotRun) {
  const std::string hostiles[] = {"system(\"touch HACKED\")",       "`touch HACKED`",
                                  "'; system('touch HACKED'); '",   "\"; !touch HACKED",
                                  "x'\n!touch HACKED\n'",           "@HACKED ${HACKED} $(touch HACKED)",
                                  "a_b^c{d}@e&f\\g\\n %s %n %f 50%"};
  for (const std::string& hostile : hostiles) {
    GnuplotRenderer().render(simple_plot(hostile), ImageFormat::kSvg, folder_ / "x.svg");
  }
  EXPECT_THAT(content(), testing::ElementsAre("x.svg"));
  EXPECT_FALSE(fs::exists("HACKED"));
  EXPECT_THAT(read_file(folder_ / "x.svg"), HasSubstr("a_b^c{d}@e&amp;f\\g\\n %s %n %f 50%"));
}

TEST_F(GnuplotRendererTest, MissingProgramNamesThePackage) {
  try {
    GnuplotRenderer("no-such-gnuplot").render(simple_plot("x"), ImageFormat::kPng, folder_ / "x.png");
    FAIL() << "no error";
  } catch (const EnvironmentError& error) {
    EXPECT_THAT(error.what(), HasSubstr("gnuplot-nox"));
    EXPECT_THAT(error.what(), HasSubstr("no-such-gnuplot"));
  }
  EXPECT_TRUE(content().empty());
}

TEST_F(GnuplotRendererTest, FailureTellsWhatGnuplotSaidAndKeepsTheOldFile) {
  const fs::path file = folder_ / "x.png";
  std::ofstream(file) << "old";
  Plot broken = simple_plot("x");
  broken.panels[0].x = {"x", -1, -1, true, {}};  // no logarithmic axis
  try {
    GnuplotRenderer().render(broken, ImageFormat::kPng, file);
    FAIL() << "no error";
  } catch (const EnvironmentError& error) {
    EXPECT_THAT(error.what(), HasSubstr("gnuplot-nox) failed: "));
    EXPECT_THAT(error.what(), HasSubstr("empty x range"));
  }
  EXPECT_EQ(read_file(file), "old");
  EXPECT_THAT(content(), testing::ElementsAre("x.png"));
}

// More data than a pipe holds, for a program that never reads it.
TEST_F(GnuplotRendererTest, ProgramThatDoesNotReadIsNoBrokenPipe) {
  Plot large = simple_plot("x");
  large.panels[0].series[0].points.assign(100'000, Point{0.5, 0.5});
  EXPECT_THROW(GnuplotRenderer("true").render(large, ImageFormat::kPng, folder_ / "x.png"), EnvironmentError);
  EXPECT_TRUE(content().empty());
}

TEST_F(GnuplotRendererTest, FolderThatIsAFileIsSaid) {
  std::ofstream(folder_ / "file") << "x";
  EXPECT_THROW(GnuplotRenderer().render(simple_plot("x"), ImageFormat::kPng, folder_ / "file" / "x.png"),
               EnvironmentError);
}

/// Ends with 0 where drawing onto a disk with room for `bytes` says that it is full and leaves nothing.
void draw_onto_small_disk(const Plot& plot, const fs::path& folder, rlim_t bytes) {
  const rlimit limit{bytes, bytes};
  std::signal(SIGXFSZ, SIG_IGN);
  ::setrlimit(RLIMIT_FSIZE, &limit);
  try {
    GnuplotRenderer().render(plot, ImageFormat::kPng, folder / "x.png");
    std::_Exit(1);
  } catch (const EnvironmentError& error) {
    std::cerr << error.what() << '\n';
    std::_Exit(fs::is_empty(folder) ? 0 : 2);
  }
}

TEST_F(GnuplotRendererTest, FullDiskLeavesNoHalfImage) {
  EXPECT_EXIT(draw_onto_small_disk(simple_plot("x"), folder_, 2000), testing::ExitedWithCode(0),
              "can't draw");
}

}  // namespace
}  // namespace rnnbench
