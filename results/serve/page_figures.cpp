#include <fmt/format.h>

#include "harness/core/error.hpp"
#include "plots/figures.hpp"
#include "results/query/query_table.hpp"
#include "results/serve/curves.hpp"
#include "results/serve/html.hpp"
#include "results/serve/site.hpp"

namespace rnnbench {
namespace {

constexpr std::int64_t kMostRuns = 2000;

const Figure* figure_named(const std::string& name) {
  for (const Figure& figure : figures()) {
    if (name == figure.name) return &figure;
  }
  return nullptr;
}

/// The experiment asked for, else the newest one.
std::string experiment_of(const PageRequest& request) {
  const std::string asked = request.web.query.get("experiment");
  if (!asked.empty()) return asked;
  const Table newest = query_table(request.database, "SELECT name FROM experiments ORDER BY id DESC LIMIT 1");
  return newest.rows.empty() ? "" : cell_text(newest.rows[0][0]);
}

void refuse_many_runs(Database& database, const std::string& experiment) {
  const Table count = query_table(
      database, "SELECT count(*) FROM runs r JOIN experiments e ON e.id = r.experiment_id WHERE e.name = ?",
      {experiment});
  if (std::get<std::int64_t>(count.rows[0][0]) > kMostRuns) {
    throw ConfigError(fmt::format("{} has more than {} runs; `rnnbench plot --experiment {}` draws it",
                                  experiment, kMostRuns, experiment));
  }
}

FigureSource source_of(const PageRequest& request, const Figure& figure) {
  FigureSource source;
  if (figure.of_claims) {
    source.claims = request.site.hooks.load_claims(request.database);
    return source;
  }
  const std::string experiment = experiment_of(request);
  refuse_many_runs(request.database, experiment);
  source.data = load_figure_data(request.database, experiment);
  return source;
}

std::string choices(const PageRequest& request, const std::string& chosen) {
  std::string options;
  for (const auto& row :
       query_table(request.database,
                   "SELECT name FROM experiments GROUP BY name ORDER BY max(id) DESC LIMIT 500")
           .rows) {
    const std::string name = cell_text(row[0]);
    options += fmt::format("<option{}>{}</option>", name == chosen ? " selected" : "", escaped(name));
  }
  return fmt::format(
      "<form class=\"filters\" action=\"/figures\" method=\"get\"><label>experiment <select "
      "name=\"experiment\">{}"
      "</select></label>\n<button>Show</button></form>\n",
      options);
}

}  // namespace

WebResponse figures_page(const PageRequest& request) {
  const std::string experiment = experiment_of(request);
  if (experiment.empty()) return html_response(page_of("Figures", "/figures", "<p>No experiment yet.</p>\n"));
  refuse_many_runs(request.database, experiment);
  const FigureSource source{load_figure_data(request.database, experiment)};
  std::string html = choices(request, experiment), lacking;
  for (const Figure& figure : figures()) {
    if (figure.of_claims) continue;
    if (!figure.make(source, {})) {
      lacking += fmt::format("<li>{}: needs {}</li>", escaped(figure.title), escaped(figure.needs));
      continue;
    }
    const std::string address =
        fmt::format("/figures/{}.svg?experiment={}", figure.name, percent_encoded(experiment));
    html += fmt::format(
        "<section><h2>{}</h2>\n<figure><img loading=\"lazy\" src=\"{}\" alt=\"{}: {}\"></figure>\n<p>{} · "
        "{}</p></section>\n",
        escaped(figure.title), escaped(address), escaped(figure.title), escaped(figure.description),
        link(address, "SVG"),
        link(fmt::format("/figures/{}.csv?experiment={}", figure.name, percent_encoded(experiment)),
             "numbers"));
  }
  if (!lacking.empty())
    html += "<details><summary>Figures that this experiment has no data for</summary><ul>" + lacking +
            "</ul></details>\n";
  return html_response(page_of("Figures of " + experiment, "/figures", html));
}

WebResponse figure_image(const PageRequest& request, const std::string& file) {
  const std::size_t dot = file.rfind('.');
  const std::string name = file.substr(0, dot), format = dot == std::string::npos ? "" : file.substr(dot + 1);
  const Figure* figure = figure_named(name);
  if (figure == nullptr || (format != "svg" && format != "csv")) throw ConfigError("no figure of that name");
  const std::optional<Plot> plot = figure->make(source_of(request, *figure), {});
  if (format == "svg" || !plot) return image_response(plot);
  WebResponse response;
  response.type = "text/csv; charset=utf-8";
  response.body = plot_csv(*plot);
  return response;
}

}  // namespace rnnbench
