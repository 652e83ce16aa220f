#include "results/query/named_queries.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "harness/core/error.hpp"
#include "harness/core/files.hpp"
#include "harness/core/nearest.hpp"
#include "results/query/plain_text.hpp"

namespace rnnbench {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kComment = "-- ";

NamedQuery read_query(std::string name, const std::string& text, std::string place) {
  const std::size_t line_end = std::min(text.find('\n'), text.size());
  if (!text.starts_with(kComment) || line_end <= kComment.size()) {
    throw ConfigError(
        fmt::format("{}:1: the first line must say what the query shows: -- DESCRIPTION", place));
  }
  return {std::move(name), text.substr(kComment.size(), line_end - kComment.size()), text, std::move(place)};
}

std::vector<NamedQuery> built_in() {
  std::vector<NamedQuery> queries;
  for (const SqlFile& file : named_sql()) {
    queries.push_back(read_query(std::string(file.name), std::string(file.text), std::string(file.name)));
    queries.back().place.clear();
  }
  return queries;
}

std::vector<fs::path> sql_files(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code missing;
  for (const auto& entry : fs::directory_iterator(folder, missing)) {
    if (entry.path().extension() == ".sql") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

std::vector<NamedQuery> named_queries(const fs::path& folder) {
  std::vector<NamedQuery> queries = built_in();
  if (folder.empty()) return queries;
  for (const fs::path& file : sql_files(folder)) {
    NamedQuery query = read_query(file.stem().string(), read_file(file), file.string());
    std::erase_if(queries, [&](const NamedQuery& known) { return known.name == query.name; });
    queries.push_back(std::move(query));
  }
  return queries;
}

bool wants_number(const NamedQuery& query, std::string_view parameter) {
  const std::string said = fmt::format("--param {}=N", parameter);
  const std::size_t at = query.description.find(said);
  if (at == std::string::npos) return false;
  const std::size_t end = at + said.size();
  return end == query.description.size() ||
         std::isalnum(static_cast<unsigned char>(query.description[end])) == 0;
}

Table named_query_list(const std::vector<NamedQuery>& queries) {
  Table table{{"query", "shows", "file"}, {}};
  for (const NamedQuery& query : queries) {
    table.rows.push_back({query.name, query.description, query.place.empty() ? "built in" : query.place});
  }
  return table;
}

NamedQuery find_query(const std::vector<NamedQuery>& queries, std::string_view name_or_sql) {
  std::vector<std::string> names;
  for (const NamedQuery& query : queries) {
    if (query.name == name_or_sql) return query;
    names.push_back(query.name);
  }
  const bool one_word = name_or_sql.find_first_of(" \t\r\n;(") == std::string_view::npos;
  if (one_word && !name_or_sql.empty()) {
    constexpr std::size_t kLongest = 80;
    throw ConfigError(fmt::format("no query is named '{}'{}",
                                  cut_to_width(visible_text(name_or_sql), kLongest),
                                  suggestion(name_or_sql.substr(0, kLongest), names)));
  }
  return {"", "", std::string(name_or_sql)};
}

}  // namespace rnnbench
