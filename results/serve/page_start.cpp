#include <fmt/format.h>

#include "results/query/query_table.hpp"
#include "results/serve/html.hpp"
#include "results/serve/run_views.hpp"
#include "results/serve/site.hpp"

namespace rnnbench {
namespace {

/// Of each cell the trial with the best mean, so that what is compared are replicates. Written so that the
/// index on the runs of an experiment is used, which has all that is asked of them.
constexpr const char* kBestOfCells =
    "SELECT t.cell, t.key, max(of_trial.mean) FROM (SELECT r.trial_id, avg(r.test_accuracy) AS mean FROM "
    "experiments e CROSS JOIN runs r ON r.experiment_id = e.id WHERE e.name = ? AND +r.status = 'finished' "
    "AND "
    "r.test_accuracy IS NOT NULL GROUP BY r.trial_id) of_trial JOIN trials t ON t.id = of_trial.trial_id "
    "GROUP BY "
    "t.cell ORDER BY 1 LIMIT 4";

constexpr const char* kNewest =
    "SELECT run, experiment, engine, cell, seed, status, epochs, test_accuracy, started FROM run_summary "
    "ORDER BY run DESC LIMIT 10";

const std::string& text_of(const TableCell& cell) { return std::get<std::string>(cell); }

/// What can be done with an experiment, a click away.
std::string experiment_links(Database& database, const std::string& name) {
  UrlQuery query;
  query.values = {{"experiment", name}};
  UrlQuery best = query;
  best.values.emplace("group", "trial,engine,cell,vocabulary,length");
  best.values.emplace("sort", "test_accuracy:desc");
  std::string html = link("/runs" + query.text(), "runs") + " · " +
                     link("/runs" + best.text(), "best trials") + " · " +
                     link("/figures" + query.text(), "figures");
  const Table cells = query_table(database, kBestOfCells, {name});
  if (cells.rows.size() >= 2) {
    UrlQuery compare;
    for (const auto& row : cells.rows) compare.values.emplace("s", "trial~" + text_of(row[1]).substr(0, 12));
    html += " · " + link("/compare" + compare.text(), "compare cells");
  }
  return html;
}

}  // namespace

WebResponse start_page(const PageRequest& request) {
  const Table experiments = experiment_table(request.database);
  TableView view;
  view.caption = "Experiments, the newest first";
  view.html = [&](std::size_t row, std::size_t column) {
    if (column != 0) return std::string();
    const std::string& name = text_of(experiments.rows[row][0]);
    return fmt::format("{}<br><small>{}</small>", link("/runs?experiment=" + percent_encoded(name), name),
                       experiment_links(request.database, name));
  };
  const Table newest = query_table(request.database, kNewest);
  TableView newest_view;
  newest_view.caption = "The ten newest runs";
  newest_view.html = [&](std::size_t row, std::size_t column) {
    const std::string run = cell_text(newest.rows[row][0]);
    return column == 0 ? link("/runs/" + run, run) : std::string();
  };
  std::string html = fmt::format("<p>Results of <strong>{}</strong>.</p>\n",
                                 escaped(request.site.database.filename().string()));
  if (experiments.rows.empty()) {
    html += "<p>No experiment yet. Run one: <code>./rnnbench run experiments/quick.toml</code></p>\n";
  } else {
    html += html_table(experiments, view) + html_table(newest, newest_view);
  }
  return html_response(page_of("Experiments", "/", html));
}

}  // namespace rnnbench
