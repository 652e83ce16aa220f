#include <fmt/format.h>

#include <set>
#include <sstream>

#include "results/query/comparison.hpp"
#include "results/serve/curves.hpp"
#include "results/serve/html.hpp"
#include "results/serve/run_views.hpp"
#include "results/serve/site.hpp"

namespace rnnbench {
namespace {

constexpr std::size_t kEmptyFields = 2;

std::string form_of(const std::vector<std::string>& subjects) {
  std::string fields;
  for (std::size_t i = 0; i < subjects.size() + kEmptyFields; ++i) {
    const std::string value = i < subjects.size() ? subjects[i] : "";
    fields += fmt::format(
        "<label>{} <input name=\"s\" value=\"{}\" placeholder=\"12, 1559c362 or "
        "engine=eigen,cell=rnn\"></label>\n",
        i == 0 ? "the first" : "against it", escaped(value));
  }
  return fmt::format(
      "<form class=\"filters\" action=\"/compare\" method=\"get\" aria-label=\"What is "
      "compared\">\n{}<button>Compare</button>"
      "\n</form>\n<p>Each is a run's number, the beginning of a trial's key (all its seeds), or conditions "
      "with commas "
      "between.</p>\n",
      fields);
}

std::string verdicts_html(const std::vector<SubjectVerdict>& verdicts) {
  std::string html;
  for (const SubjectVerdict& verdict : verdicts) {
    std::istringstream lines(verdict_line(verdict));
    std::string line, rest;
    std::getline(lines, line);
    for (std::string more; std::getline(lines, more);) rest += fmt::format("<li>{}</li>", escaped(more));
    html += fmt::format("<li><strong>{}</strong>{}</li>\n", escaped(line),
                        rest.empty() ? "" : "<ul>" + rest + "</ul>");
  }
  return html.empty() ? ""
                      : "<section aria-labelledby=\"verdict\"><h2 id=\"verdict\">Verdict</h2>\n<ul>\n" +
                            html + "</ul></section>\n";
}

std::string sections_html(const Comparison& comparison) {
  std::string html;
  for (const TableSection& section : comparison_sections(comparison)) {
    html += fmt::format("<section><h2>{}</h2>\n", escaped(section.title));
    TableView view;
    view.caption = section.title;
    view.sorts_in_page = true;
    html += section.table.rows.empty() ? "<p>Nothing differs.</p>\n" : html_table(section.table, view);
    for (const std::string& note : section.notes) html += fmt::format("<p>{}</p>\n", escaped(note));
    html += "</section>\n";
  }
  for (const std::string& note : comparison.notes) html += fmt::format("<p>{}</p>\n", escaped(note));
  return html;
}

/// Labels may be no more than a trial's key.
std::string subjects_html(const std::vector<Subject>& subjects) {
  Table table{{"what"}, {}};
  for (const std::string& column : subject_columns()) table.columns.push_back(column);
  table.columns.emplace_back("runs");
  for (const Subject& subject : subjects) {
    auto& row = table.rows.emplace_back();
    row.emplace_back(subject.label);
    for (const std::set<std::string>& values : subject.columns)
      row.emplace_back(fmt::format("{}", fmt::join(values, ", ")));
    row.emplace_back(static_cast<std::int64_t>(subject.runs.size()));
  }
  TableView view;
  view.caption = "What is compared";
  return html_table(table, view);
}

}  // namespace

WebResponse compare_page(const PageRequest& request) {
  std::vector<std::string> texts;
  UrlQuery shared;
  for (const std::string& text : request.web.query.all("s")) {
    if (text.empty()) continue;
    texts.push_back(text);
    shared.values.emplace("s", text);
  }
  std::string html = form_of(texts);
  if (texts.size() == 1) html += "<p role=\"alert\" class=\"error\">Give two or more.</p>\n";
  if (texts.size() < 2) return html_response(page_of("Compare", "/compare", html));
  const std::vector<Subject> subjects = subjects_of(request.database, request.web.query);
  const Comparison comparison = compare_subjects(request.database, subjects);
  html += subjects_html(subjects) + verdicts_html(comparison.verdicts);
  html += fmt::format(
      "<section><h2>Learning curves</h2>\n<figure class=\"curves\" "
      "data-curves=\"/api/v1/compare/curves{0}\"><img "
      "src=\"/compare/curves.svg{0}\" alt=\"Accuracy and loss by epoch of what is "
      "compared\"></figure></section>\n",
      escaped(shared.text()));
  html += sections_html(comparison);
  html +=
      fmt::format("<p>{} of the same, for programs.</p>\n", link("/api/v1/compare" + shared.text(), "JSON"));
  return html_response(page_of("Compare", "/compare", html, chart_head()));
}

WebResponse compare_curves_image(const PageRequest& request) {
  return image_response(
      curves_plot(curves_of(request.database, subjects_of(request.database, request.web.query)), {}));
}

}  // namespace rnnbench
