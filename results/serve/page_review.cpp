#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "harness/core/error.hpp"
#include "results/query/query_table.hpp"
#include "results/serve/html.hpp"
#include "results/serve/review_call.hpp"
#include "results/serve/site.hpp"

namespace rnnbench {
namespace {

/// Finished runs whose weights were kept, the best of each data set first.
constexpr const char* kModels =
    "SELECT s.run, s.engine, s.cell, s.data_set, s.recipe, s.test_accuracy FROM run_summary s WHERE s.status "
    "= 'finished' "
    "AND EXISTS (SELECT 1 FROM artifacts a WHERE a.run_id = s.run AND a.kind = 'parameters_best') "
    "ORDER BY s.test_accuracy DESC LIMIT 200";

/// One of each kind, in our words, as the web form of a published system offered.
constexpr const char* kExamples[] = {
    "A wonderful film: the story is moving, the acting is superb and the ending stayed with me for days.",
    "A dull and predictable plot, wooden acting and a terrible script. I want those two hours of my life "
    "back."};

std::string model_choice(Database& database, const std::string& chosen) {
  std::string options;
  for (const auto& row : query_table(database, kModels).rows) {
    const std::string run = cell_text(row[0]);
    options += fmt::format("<option value=\"{}\"{}>run {}: {} {}, {}, {}, test accuracy {}</option>", run,
                           run == chosen ? " selected" : "", run, escaped(cell_text(row[1])),
                           escaped(cell_text(row[2])), escaped(cell_text(row[3])), escaped(cell_text(row[4])),
                           escaped(cell_text(row[5])));
  }
  return options;
}

std::string form_of(const std::string& options, const std::string& text, const std::string& run) {
  std::string examples;
  for (const char* example : kExamples) {
    UrlQuery address;
    address.values = {{"run", run}, {"text", example}};
    if (run.empty()) address = address.with("run", "");
    examples += fmt::format("<li>{}</li>", link("/review" + address.text(), example));
  }
  return fmt::format(
      "<form action=\"/review\" method=\"post\" aria-label=\"Review\">\n<label "
      "for=\"run\">Model</label>\n<select id=\"run\" "
      "name=\"run\">{}</select>\n<label for=\"text\">Review, at most {} characters</label>\n<textarea "
      "id=\"text\" name=\"text\" "
      "rows=\"6\" maxlength=\"{}\" required>{}</textarea>\n<button>Is it positive?</button>\n</form>\n<p>For "
      "example:</p>\n"
      "<ul>{}</ul>\n",
      options, kMostReviewBytes, kMostReviewBytes, escaped_lines(text), examples);
}

/// The text's words as the recipe makes them, each marked by what it is worth: also said in words for those
/// who see no colours.
std::string words_html(const std::vector<WordWorth>& worth) {
  double most = 1e-9;
  for (const WordWorth& word : worth) most = std::max(most, std::abs(word.worth));
  std::string html;
  for (const WordWorth& word : worth) {
    const int strength = static_cast<int>(std::lround(3 * std::abs(word.worth) / most));
    const std::string kind =
        !word.known ? "unknown" : fmt::format("{}{}", word.worth >= 0 ? "up" : "down", strength);
    html +=
        fmt::format("<span class=\"{}\" title=\"{:+.3f}\">{}</span> ", kind, word.worth, escaped(word.word));
  }
  return "<p class=\"words\">" + html + "</p>\n";
}

Table strongest(std::vector<WordWorth> worth) {
  constexpr std::size_t kShown = 10;
  std::ranges::stable_sort(worth, std::greater(), [](const WordWorth& word) { return std::abs(word.worth); });
  Table table{{"word", "moves the probability of positive by", "known"}, {}};
  for (std::size_t i = 0; i < std::min(worth.size(), kShown); ++i) {
    table.rows.push_back(
        {worth[i].word, std::round(1e4 * worth[i].worth) / 1e4, std::string(worth[i].known ? "yes" : "no")});
  }
  return table;
}

std::string answer_html(const ReviewCall& call) {
  std::string html = fmt::format(
      "<section aria-labelledby=\"answer\"><h2 id=\"answer\">{}</h2>\n<p>Probability of positive "
      "<strong>{:.3f}</strong>; "
      "{} of {} words known.</p>\n",
      call.positive >= 0.5 ? "POSITIVE" : "NEGATIVE", call.positive, call.known_words, call.words);
  if (!call.worth.empty()) {
    TableView view;
    view.caption = "Words that moved it most: the text judged again without each of them";
    html += words_html(call.worth) + html_table(strongest(call.worth), view);
  }
  return html + "</section>\n";
}

}  // namespace

WebResponse review_page(const PageRequest& request) {
  const UrlQuery query = request.web.method == "POST" ? form_values(request.web.body) : request.web.query;
  std::string run = query.get("run");
  const std::string text = query.get("text");
  const std::string options = model_choice(request.database, run);
  if (options.empty()) {
    return html_response(page_of("Try a review", "/review",
                                 "<p>No finished run has kept its weights yet. Run one: <code>./rnnbench run "
                                 "experiments/quick.toml</code></p>\n"));
  }
  std::string html = form_of(options, text, run);
  int status = 200;
  if (query.has("text")) {
    try {
      if (run.empty()) run = cell_text(query_table(request.database, kModels).rows.at(0)[0]);
      html += answer_html(call_review(request.site, run_of(run), text));
    } catch (const Error& error) {
      status = 400;
      html += fmt::format("<p class=\"error\" role=\"alert\">{}</p>\n", escaped(error.what()));
    }
  }
  return html_response(page_of("Try a review", "/review", html), status);
}

}  // namespace rnnbench
