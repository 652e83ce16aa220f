#include "results/query/run_page_formats.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>

#include "harness/core/error.hpp"
#include "results/query/plain_text.hpp"

namespace rnnbench {
namespace {

/// What a failed run wrote last.
constexpr std::size_t kLinesShown = 40;

/// Of the summary what is a short fact: no NULL, nothing empty, no long text.
Table facts_of(const Table& summary) {
  Table facts{{"fact", "value"}, {}};
  for (std::size_t column = 0; column < summary.columns.size(); ++column) {
    const std::string& name = summary.columns[column];
    const TableCell& cell = summary.rows[0][column];
    const auto* words = std::get_if<std::string>(&cell);
    const bool is_empty =
        std::holds_alternative<std::monostate>(cell) || (words != nullptr && words->empty());
    if (is_empty || name == "settings" || name == "engine_details" || name == "environment" ||
        name == "output") {
      continue;
    }
    facts.rows.push_back({name, cell});
  }
  return facts;
}

/// A "name value" line each.
std::string fact_lines(const Table& facts) {
  std::size_t width = 0;
  for (const auto& row : facts.rows) width = std::max(width, std::get<std::string>(row[0]).size());
  std::string text;
  for (const auto& row : facts.rows) {
    const auto* words = std::get_if<std::string>(&row[1]);
    text += fmt::format("{:<{}}  ", std::get<std::string>(row[0]), width);
    text += words != nullptr ? visible_text(*words) + "\n" : aligned_text({{""}, {{row[1]}}}).substr(1);
  }
  return text;
}

std::string json_lines(const std::string& content, const char* indent) {
  using Json = nlohmann::ordered_json;
  Json json = Json::parse(content, nullptr, false);
  if (const Json::json_pointer diff("/build/diff"); json.is_object() && json.contains(diff)) {
    const std::string text = json[diff].dump(-1, ' ', false, Json::error_handler_t::replace);
    json[diff] = fmt::format("{} characters; environments.content has them", text.size());
  }
  if (json.is_discarded()) return indent + visible_text(content) + "\n";
  std::istringstream pretty(json.dump(2, ' ', false, Json::error_handler_t::replace));
  std::string text;
  for (std::string line; std::getline(pretty, line);) text += indent + visible_text(line) + "\n";
  return text;
}

std::string last_lines(const std::string& output, const char* indent) {
  std::vector<std::string> lines;
  std::istringstream stream(output);
  for (std::string line; std::getline(stream, line);) lines.push_back(visible_text(line));
  std::string text;
  for (std::size_t index = lines.size() - std::min(lines.size(), kLinesShown); index < lines.size();
       ++index) {
    text += indent + lines[index] + "\n";
  }
  return text;
}

const std::string& text_of(const Table& table, const char* column) {
  for (std::size_t index = 0; index < table.columns.size(); ++index) {
    if (table.columns[index] == column) return std::get<std::string>(table.rows[0][index]);
  }
  throw StoreError(fmt::format("the database has no column {}", column));
}

/// A page of titles, tables and indented blocks; what is empty is left out.
class Page {
 public:
  explicit Page(TableFormat format) : is_markdown_(format == TableFormat::kMarkdown) {}

  const char* indent() const { return is_markdown_ ? "    " : "  "; }
  void facts(const Table& facts) { text += is_markdown_ ? markdown_text(facts) : fact_lines(facts); }
  void section(const char* title, const std::string& content) {
    if (content.empty()) return;
    text += is_markdown_ ? fmt::format("\n## {}\n\n", title) : fmt::format("\n{}\n", title);
    text += content;
  }
  void section(const char* title, const Table& table) {
    if (table.rows.empty()) return;
    section(title, is_markdown_ ? markdown_text(table) : aligned_text(table));
  }

  std::string text;

 private:
  bool is_markdown_;
};

}  // namespace

std::string page_for_reading(const RunPage& run, TableFormat format) {
  Page page(format);
  const auto json = [&](const char* column) {
    return json_lines(text_of(run.summary, column), page.indent());
  };
  page.facts(facts_of(run.summary));
  page.section("last output", last_lines(text_of(run.summary, "output"), page.indent()));
  page.section("settings", json("settings"));
  page.section("metrics", run.metrics);
  page.section("timings (median: over epochs, of each epoch's median)", run.timings);
  page.section("predictions", run.predictions);
  page.section("files, relative to the database's folder", run.files);
  page.section("checkpoint", run.checkpoint);
  page.section("resumed", run.resumes);
  if (run.parity.rows.empty()) page.text += "\nparity with another engine: not checked for this model\n";
  page.section("parity with other engines on this model", run.parity);
  page.section("engine", json("engine_details"));
  page.section("environment", json("environment"));
  return page.text;
}

std::string page_as_json(const RunPage& page) {
  Table plain{{}, {{}}};
  std::string documents;
  for (std::size_t column = 0; column < page.summary.columns.size(); ++column) {
    const std::string& name = page.summary.columns[column];
    const TableCell& cell = page.summary.rows[0][column];
    const bool is_document =
        name == "settings" || name == "engine_details" || name == "environment" || name == "particulars";
    if (is_document && nlohmann::json::accept(std::get<std::string>(cell))) {
      documents += fmt::format(",\n\"{}\": {}", name, std::get<std::string>(cell));
    } else {
      plain.columns.push_back(name);
      plain.rows[0].push_back(cell);
    }
  }
  const std::string object = json_text(plain);  // an array of one object
  std::string text = object.substr(object.find('{'), object.rfind('}') - object.find('{')) + documents;
  const std::pair<const char*, const Table*> tables[] = {
      {"metrics", &page.metrics}, {"step_metrics", &page.step_metrics},
      {"timings", &page.timings}, {"predictions", &page.predictions},
      {"files", &page.files},     {"checkpoint", &page.checkpoint},
      {"resumed", &page.resumes}, {"parity", &page.parity}};
  for (const auto& [name, table] : tables) {
    std::string array = json_text(*table);
    array.pop_back();
    text += fmt::format(",\n\"{}\": {}", name, array);
  }
  return text + "\n}\n";
}

}  // namespace rnnbench
