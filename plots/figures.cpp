#include "plots/figures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "harness/core/error.hpp"
#include "harness/core/files.hpp"
#include "harness/core/nearest.hpp"
#include "plots/figure_plots.hpp"
#include "plots/gnuplot_renderer.hpp"

namespace rnnbench {
namespace {

/// A figure of what runs recorded.
template <std::optional<Plot> (*make)(const FigureData&, const Theme&)>
std::optional<Plot> of_data(const FigureSource& source, const Theme& theme) {
  return make(source.data, theme);
}

/// A figure of what claims' runs gave.
template <std::optional<Plot> (*make)(const std::vector<ClaimData>&, const Theme&)>
std::optional<Plot> of_claims(const FigureSource& source, const Theme& theme) {
  return make(source.claims, theme);
}

constexpr const char* kRun = "run CONFIG";
constexpr const char* kBench = "bench m1 m4";
constexpr const char* kReproduce = "reproduce";

constexpr Figure kFigures[] = {
    {"accuracy-by-trial", "Test accuracy by trial", "each seed a dot, mean and 95 % interval, best first",
     "a finished run with a test accuracy", kRun, false, of_data<accuracy_by_trial>},
    {"accuracy-by-size", "Test accuracy by vocabulary and length",
     "means and 95 % intervals, a line a vocabulary", "finished runs of two lengths or two vocabularies",
     kRun, false, of_data<accuracy_by_size>},
    {"accuracy-map", "Test accuracy by vocabulary and length, as a map",
     "means as colours, a map for what else differs", "finished runs of two lengths and two vocabularies",
     kRun, false, of_data<accuracy_map>},
    {"accuracy-by-length", "Test accuracy by length of review",
     "fifths of the test reviews by their words, a line a trial",
     "a finished run with stored test predictions that was recorded with its reviews' lengths", kRun, false,
     of_data<accuracy_by_length>},
    {"accuracy-by-rating", "Test accuracy by stars of review", "a line a trial, the best seven",
     "a finished run with stored test predictions that was recorded with its reviews' stars", kRun, false,
     of_data<accuracy_by_rating>},
    {"learning-curves", "Learning curves by trial", "accuracy and loss by epoch, one panel a trial",
     "a run with at least one finished epoch", kRun, false, of_data<learning_curves>},
    {"curves-together", "Learning curves together",
     "held-out accuracy and loss, the best seven trials in one panel", "a finished run with two epochs", kRun,
     false, of_data<curves_together>},
    {"accuracy-against-time", "Test accuracy against training time",
     "each seed and the mean of each trial, and which none beats in both",
     "a finished run with a test accuracy and a training time", kRun, false, of_data<accuracy_against_time>},
    {"epoch-time", "Time per epoch", "by engine and cell, each seed a dot, on a logarithmic axis",
     "a finished run with its epochs timed", kRun, false, of_data<epoch_time>},
    {"step-time", "Time per training step", "each seed's median, and the middle nine tenths of all samples",
     "a finished run with its steps timed", kRun, false, of_data<step_time>},
    {"step-phases", "Where the time of a training step goes", "medians of its phases, stacked",
     "a finished run with the phases of its steps timed", kRun, false, of_data<step_phases>},
    {"speed-ratios", "Time of a training step against the reference", "ratios with 95 % intervals, ordered",
     "a finished comparison", kBench, false, of_data<speed_ratios>},
    {"thread-scaling", "Training steps on more threads", "how many times as fast as on one",
     "an engine timed on several numbers of threads", "bench m1 m4 --scaling", false,
     of_data<thread_scaling>},
    {"roofline", "Roofline of training steps",
     "operations a byte and a second under the machine's measured roofs",
     "a finished comparison with an engine that says what a step needs", "bench m1 m4 --engines eigen,fused",
     false, of_data<roofline>},
    {"confusion", "Confusion matrices", "what was called what, one matrix a trial",
     "a finished run with stored test predictions", kRun, false, of_data<confusion_matrices>},
    {"calibration", "Calibration", "how often reviews of a probability are positive, one line a trial",
     "a finished run with stored test predictions", kRun, false, of_data<calibration>},
    {"reproduction", "Reported figures and what repeated runs gave",
     "value, margin, interval and verdict of each", "a finished run of a claim", kReproduce, true,
     of_claims<reported_figures>},
    {"reported-curves", "Reported curves over ours", "and where one more run would lie",
     "a finished run of a claim whose source prints curves", kReproduce, true, of_claims<reported_curves>},
    {"machine", "The machine over time", "control, memory and frequency, a dot a run",
     "a run that recorded them", kRun, false, of_data<machine_over_time>},
};

constexpr std::pair<const char*, ImageFormat> kFormats[] = {
    {"png", ImageFormat::kPng}, {"svg", ImageFormat::kSvg}, {"pdf", ImageFormat::kPdf}};

const char* name_of(ImageFormat format) {
  for (const auto& [name, each] : kFormats) {
    if (each == format) return name;
  }
  return "";
}

std::string lacking_text(const Figure& figure, const FigureData& data) {
  std::string command = figure.command;
  if (command == kRun && data.experiments.size() == 1)
    command += fmt::format(", with the file of '{}'", data.experiments[0].name);
  return fmt::format("{}: needs {}; there is none yet, run: rnnbench {}", figure.name, figure.needs, command);
}

bool is_wanted(const Figure& figure, const std::vector<std::string>& names) {
  return names.empty() || std::find(names.begin(), names.end(), figure.name) != names.end();
}

}  // namespace

RenderedFigures render_figures(const FigureSource& source, const FigureOptions& options) {
  GnuplotRenderer renderer;
  return render_figures(source, options, renderer);
}

std::span<const Figure> figures() { return kFigures; }

void check_figure_names(const std::vector<std::string>& names) {
  std::vector<std::string> known;
  for (const Figure& figure : kFigures) known.emplace_back(figure.name);
  for (const std::string& name : names) {
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      throw ConfigError(fmt::format("no figure '{}'{}", name, suggestion(name, known)));
    }
  }
}

bool needs_claims(const std::vector<std::string>& names) {
  return std::ranges::any_of(
      kFigures, [&](const Figure& figure) { return figure.of_claims && is_wanted(figure, names); });
}

ImageFormat image_format_named(const std::string& name) {
  std::vector<std::string> known;
  for (const auto& [each, format] : kFormats) {
    if (name == each) return format;
    known.emplace_back(each);
  }
  throw ConfigError(fmt::format("no image format '{}'{}", name, suggestion(name, known)));
}

RenderedFigures render_figures(const FigureSource& source, const FigureOptions& options, Renderer& renderer) {
  check_figure_names(options.names);
  RenderedFigures rendered;
  for (const Figure& figure : kFigures) {
    if (!is_wanted(figure, options.names)) continue;
    const std::optional<Plot> plot = figure.make(source, options.theme);
    if (!plot) {
      rendered.lacking.push_back(lacking_text(figure, source.data));
      continue;
    }
    const std::string stem = (options.folder / plot->name).string();
    for (const ImageFormat format : options.formats) {
      rendered.files.emplace_back(fmt::format("{}.{}", stem, name_of(format)));
      renderer.render(*plot, format, rendered.files.back());
    }
    if (options.data) {
      rendered.files.emplace_back(stem + ".csv");
      write_file_atomically(rendered.files.back(), plot_csv(*plot));
    }
  }
  return rendered;
}

}  // namespace rnnbench
