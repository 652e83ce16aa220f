#include <fmt/format.h>

#include "results/query/flat_json.hpp"
#include "results/query/plain_text.hpp"
#include "results/query/run_page.hpp"
#include "results/query/run_subjects.hpp"
#include "results/serve/curves.hpp"
#include "results/serve/html.hpp"
#include "results/serve/site.hpp"

namespace rnnbench {
namespace {

std::string text_of(const Table& summary, const char* column) {
  for (std::size_t c = 0; c < summary.columns.size(); ++c) {
    const auto* text = std::get_if<std::string>(&summary.rows[0][c]);
    if (summary.columns[c] == column) return text == nullptr ? "" : *text;
  }
  return "";
}

/// What a reader wants first; the rest is in tables below.
Table facts_of(const Table& summary) {
  Table facts{{"fact", "value"}, {}};
  for (const char* name : {"experiment",    "question",      "status",    "reason",
                           "engine",        "cell",          "device",    "data_set",
                           "recipe",        "vocabulary",    "length",    "seed",
                           "epochs",        "test_accuracy", "test_loss", "validation_accuracy",
                           "train_seconds", "seconds",       "started",   "finished",
                           "host",          "note",          "tags",      "resumes"}) {
    for (std::size_t c = 0; c < summary.columns.size(); ++c) {
      const TableCell& cell = summary.rows[0][c];
      const auto* text = std::get_if<std::string>(&cell);
      const bool empty = std::holds_alternative<std::monostate>(cell) || (text != nullptr && text->empty());
      if (summary.columns[c] == name && !empty) facts.rows.push_back({std::string(name), cell});
    }
  }
  return facts;
}

Table flat_table(const std::string& json) {
  Table table{{"name", "value"}, {}};
  for (const auto& [path, value] : flat_json(json)) {
    if (path != "build.diff") table.rows.push_back({path, value});
  }
  return table;
}

std::string section(const char* id, const char* title, const std::string& html) {
  return fmt::format("<section aria-labelledby=\"{0}\"><h2 id=\"{0}\">{1}</h2>\n{2}</section>\n", id, title,
                     html);
}

std::string folded(const char* title, const Table& table) {
  if (table.rows.empty()) return "";
  TableView view;
  view.caption = title;
  return fmt::format("<details><summary>{}</summary>\n{}</details>\n", title, html_table(table, view));
}

std::string output_of(const std::string& output) {
  return "<pre id=\"written\" tabindex=\"0\">" + escaped_lines(output) + "</pre>\n";
}

/// A picture for all, which a script turns into a chart to zoom and to read off.
std::string curves_html(RunId run, bool running) {
  return fmt::format(
      "<figure class=\"curves\" data-curves=\"/api/v1/runs/{0}/curves\"{1}><img src=\"/runs/{0}/curves.svg\" "
      "alt=\"Accuracy "
      "and loss of run {0} by epoch; the numbers are in the table below\"></figure>\n",
      run, running ? fmt::format(" data-live=\"/api/v1/runs/{}/events\"", run) : "");
}

}  // namespace

WebResponse run_page(const PageRequest& request, RunId run) {
  const RunPage page = load_run_page(request.database, run);
  const std::string status = text_of(page.summary, "status");
  const bool running = status == "running";
  TableView facts;
  facts.caption = "What it is and how it ended";
  std::string html = fmt::format("<p>Status: <strong id=\"status\">{}</strong>{}</p>\n", escaped(status),
                                 running ? "; this page follows it" : "");
  html += html_table(facts_of(page.summary), facts);
  if (status == "finished") {
    html += fmt::format(
        "<p>{} · {}</p>\n", link(fmt::format("/review?run={}", run), "Try a review of your own on it"),
        link("/runs?trial=" + text_of(page.summary, "trial").substr(0, 8), "all seeds of this trial"));
  }
  if (!page.metrics.rows.empty() || running)
    html += section("curves", "Learning curves", curves_html(run, running));
  if (const std::string output = text_of(page.summary, "output"); running || !output.empty())
    html += section("output", "Last output of its process", output_of(output));
  TableView metrics;
  metrics.caption = "Metrics by epoch";
  metrics.sorts_in_page = true;
  html += section("metrics", "Metrics", html_table(page.metrics, metrics));
  TableView timings;
  timings.caption = "Durations by phase; median over epochs of each epoch's median";
  timings.sorts_in_page = true;
  if (!page.timings.rows.empty()) html += section("timings", "Timings", html_table(page.timings, timings));
  html += section("more", "More",
                  folded("Predictions", page.predictions) + folded("Files", page.files) +
                      folded("Parity with other engines on this model", page.parity) +
                      folded("Resumed", page.resumes) +
                      folded("Settings", flat_table(text_of(page.summary, "settings"))) +
                      folded("Engine", flat_table(text_of(page.summary, "engine_details"))) +
                      folded("Environment", flat_table(text_of(page.summary, "environment"))));
  // Without scripts a running run's page loads itself again.
  const std::string head =
      running ? "<noscript><meta http-equiv=\"refresh\" content=\"5\"></noscript>\n" : "";
  return html_response(page_of(fmt::format("Run {}", run), "/runs", html, head + chart_head()));
}

WebResponse run_curves_image(const PageRequest& request, RunId run) {
  const auto plot =
      curves_plot(curves_of(request.database, {find_subject(request.database, std::to_string(run))}), {});
  return image_response(plot);
}

}  // namespace rnnbench
