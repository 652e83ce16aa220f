#include "results/serve/curves.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>

#include "harness/core/error.hpp"
#include "harness/core/files.hpp"
#include "harness/core/scratch_folder.hpp"
#include "plots/axes.hpp"
#include "plots/gnuplot_renderer.hpp"
#include "plots/gnuplot_text.hpp"
#include "plots/panel_grid.hpp"
#include "results/query/query_table.hpp"

namespace rnnbench {
namespace {

constexpr std::size_t kMostRunsOfSubject = 1000;

/// Epochs that some of a curve's runs lack are left out: no mean is one of survivors.
std::string curves_sql(const std::vector<std::int64_t>& runs) {
  if (runs.size() > kMostRunsOfSubject)
    throw ConfigError(fmt::format("no figure of more than {} runs", kMostRunsOfSubject));
  std::string list;
  for (const std::int64_t run : runs) list += fmt::format("{}{}", list.empty() ? "" : ",", run);
  return fmt::format(
      "WITH given AS (SELECT run, name, split, epoch, value FROM epoch_metrics WHERE run IN ({}) AND name IN "
      "('accuracy', "
      "'loss')), n AS (SELECT name, split, count(DISTINCT run) AS runs FROM given GROUP BY name, split) "
      "SELECT name, split, epoch, avg(value), min(value), max(value) FROM given JOIN n USING (name, split) "
      "GROUP BY name, split, epoch HAVING count(value) = max(n.runs) ORDER BY name, split, epoch",
      list);
}

double number_of(const TableCell& cell) {
  if (const auto* number = std::get_if<double>(&cell)) return *number;
  if (const auto* whole = std::get_if<std::int64_t>(&cell)) return static_cast<double>(*whole);
  return std::nan("");
}

std::vector<PageCurve> subject_curves(Database& database, const Subject& subject) {
  std::vector<PageCurve> curves;
  for (const auto& row : query_table(database, curves_sql(subject.runs)).rows) {
    const auto& metric = std::get<std::string>(row[0]);
    const auto& split = std::get<std::string>(row[1]);
    if (curves.empty() || curves.back().metric != metric || curves.back().split != split)
      curves.push_back({subject.label, split, metric, {}});
    const double scale = metric == "accuracy" ? 100 : 1;
    curves.back().points.push_back(
        {number_of(row[2]), scale * number_of(row[3]), scale * number_of(row[4]), scale * number_of(row[5])});
  }
  return curves;
}

/// Of several subjects the split that is held out and that all of them have curves of.
void keep_held_out(std::vector<PageCurve>& curves, std::size_t subjects) {
  for (const std::string_view split : {"validation", "test", "train"}) {
    const auto with = std::ranges::count_if(
        curves, [&](const PageCurve& curve) { return curve.split == split && curve.metric == "accuracy"; });
    if (static_cast<std::size_t>(with) < subjects) continue;
    std::erase_if(curves, [&](const PageCurve& curve) { return curve.split != split; });
    return;
  }
}

std::string name_of(const PageCurve& curve) { return fmt::format("{}, {}", curve.subject, curve.split); }

/// The names of what has a line in either panel, each once: one colour each.
std::vector<std::string> lines_of(const std::vector<PageCurve>& curves) {
  std::vector<std::string> lines;
  for (const PageCurve& curve : curves) {
    if (std::ranges::find(lines, name_of(curve)) == lines.end()) lines.push_back(name_of(curve));
  }
  return lines;
}

Panel panel_of(const std::vector<PageCurve>& curves, const std::string& metric, const Palette& palette) {
  Panel panel;
  Range range, epochs;
  const std::vector<std::string> lines = lines_of(curves);
  for (const PageCurve& curve : curves) {
    if (curve.metric != metric) continue;
    const auto line = static_cast<std::size_t>(std::ranges::find(lines, name_of(curve)) - lines.begin());
    const std::string colour = palette.categories[line % palette.categories.size()];
    panel.series.push_back({name_of(curve), Mark::kBand, colour, {}, curve.points});
    panel.series.push_back({name_of(curve), Mark::kThickLine, colour, {}, curve.points});
    for (const Point& point : curve.points) {
      for (const double y : {point.y, point.low, point.high}) range.add(y);
      epochs.add(point.x);
    }
  }
  panel.x = epoch_axis("epoch", epochs.empty() ? 1 : static_cast<int>(epochs.high));
  panel.y = metric == "accuracy" ? percent_axis("", range, 6) : linear_axis("", range, 6, 0.01, 0);
  panel.y.label.clear();
  return panel;
}

}  // namespace

std::vector<PageCurve> curves_of(Database& database, const std::vector<Subject>& subjects) {
  std::vector<PageCurve> all;
  for (const Subject& subject : subjects)
    std::ranges::move(subject_curves(database, subject), std::back_inserter(all));
  if (subjects.size() > 1) keep_held_out(all, subjects.size());
  return all;
}

std::optional<Plot> curves_plot(const std::vector<PageCurve>& curves, const Theme& theme) {
  if (curves.empty()) return std::nullopt;
  Plot plot;
  plot.name = "curves";
  plot.theme = theme;
  plot.width = theme.sheet.width;
  plot.title = "Learning curves";
  plot.footer = "mean over runs; the band reaches from the lowest to the highest run";
  const std::vector<std::string> lines = lines_of(curves);
  for (std::size_t line = 0; line < lines.size(); ++line) {
    plot.legend.push_back({shortened(lines[line], 70),
                           Mark::kThickLine,
                           theme.palette.categories[line % theme.palette.categories.size()],
                           {}});
  }
  const std::vector<std::string> headings = {"accuracy (%)", "loss (nats)"};
  const PanelGrid grid = panel_grid(headings, theme.sheet, /*least_width=*/300, /*own_axes=*/true);
  std::vector<PanelStack> stacks;
  for (const char* metric : {"accuracy", "loss"}) {
    Panel panel = panel_of(curves, metric, theme.palette);
    panel.name = headings[stacks.size()];
    panel.notes = heading_notes(panel.name, "", panel, grid);
    stacks.push_back({std::move(panel)});
  }
  lay_out(plot, std::move(stacks), grid, std::min(0.7 * grid.width, theme.sheet.panel_height));
  return plot;
}

std::string curves_json(const std::vector<PageCurve>& curves) {
  using Json = nlohmann::json;
  Json all = Json::object();
  for (const char* metric : {"accuracy", "loss"}) {
    Json labels = {"epoch"};
    std::map<double, std::map<std::size_t, Json>> by_epoch;
    std::size_t column = 0;
    for (const PageCurve& curve : curves) {
      if (curve.metric != metric) continue;
      labels.push_back(name_of(curve));
      for (const Point& point : curve.points) by_epoch[point.x][column] = {point.low, point.y, point.high};
      ++column;
    }
    Json rows = Json::array();
    for (const auto& [epoch, values] : by_epoch) {
      Json row = {epoch};
      for (std::size_t c = 0; c < column; ++c)
        row.push_back(values.contains(c) ? values.at(c) : Json(nullptr));
      rows.push_back(std::move(row));
    }
    if (column > 0) all[metric] = {{"labels", std::move(labels)}, {"rows", std::move(rows)}};
  }
  return all.dump(-1, ' ', false, Json::error_handler_t::replace);
}

WebResponse image_response(const std::optional<Plot>& plot) {
  if (!plot) throw ConfigError("no figure: there is no data for it yet");
  static std::mutex one_at_a_time;
  const std::lock_guard lock(one_at_a_time);
  const ScratchFolder folder;
  GnuplotRenderer().render(*plot, ImageFormat::kSvg, folder.path() / "figure.svg");
  WebResponse response;
  response.type = "image/svg+xml";
  response.body = read_file(folder.path() / "figure.svg");
  return response;
}

}  // namespace rnnbench
