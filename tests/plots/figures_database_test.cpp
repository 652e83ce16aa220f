#include "plots/figures.hpp"
#include "results/store/store.hpp"
#include "tests/plots/recording_renderer.hpp"
#include "tests/results/store/store_fixture.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;

using FiguresDatabase = StoreTest;

TEST_F(FiguresDatabase, DrawsWhatTheStoreRecorded) {
  {
    Store store(path_);
    store.add_trials(a_start().experiment, {a_trial()});
    const RunId run = store.begin_run(a_start());
    store.epoch_finished(run, an_epoch(1));
    store.end_run(run, an_end(0.75));
  }
  Database database(path_);
  RecordingRenderer renderer;
  FigureOptions options;
  options.folder = folder_;
  options.names = {"accuracy-by-trial", "step-time", "epoch-time", "calibration"};
  const RenderedFigures rendered = render_figures({load_figure_data(database, "first")}, options, renderer);
  EXPECT_EQ(rendered.files.size(), 4U);
  ASSERT_EQ(rendered.lacking.size(), 2U);
  EXPECT_THAT(rendered.lacking[0], HasSubstr("epoch-time: needs a finished run with its epochs timed"));
  EXPECT_THAT(rendered.lacking[1],
              HasSubstr("calibration: needs a finished run with stored test predictions"));
  const Plot& plot = renderer.plots.at("accuracy-by-trial.png");
  EXPECT_EQ(plot.panels[0].series.back().points[0].x, 75);
}

}  // namespace
}  // namespace rnnbench
