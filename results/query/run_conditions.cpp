#include "results/query/run_conditions.hpp"

#include <fmt/format.h>

#include <charconv>
#include <optional>

#include "harness/core/error.hpp"
#include "harness/core/trimmed.hpp"
#include "results/query/plain_text.hpp"

namespace rnnbench {
namespace {

constexpr std::size_t kLongestShown = 80;

template <typename Number>
std::optional<Number> number_of(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number != number) return std::nullopt;
  return number;
}

std::string_view unquoted(std::string_view text) {
  const bool quoted =
      text.size() >= 2 && (text.front() == '"' || text.front() == '\'') && text.back() == text.front();
  return quoted ? text.substr(1, text.size() - 2) : text;
}

/// Settings are JSON: SQLite gives true and false as 1 and 0.
TableCell typed(std::string_view text) {
  if (text == "true") return std::int64_t{1};
  if (text == "false") return std::int64_t{0};
  if (const auto whole = number_of<std::int64_t>(text)) return *whole;
  if (const auto number = number_of<double>(text)) return *number;
  return std::string(unquoted(text));
}

TableCell value_of(const RunCondition& condition, const RunField& field) {
  if (field.kind == RunField::Kind::kText) return std::string(unquoted(condition.value));
  TableCell value = typed(condition.value);
  const bool is_text = std::holds_alternative<std::string>(value);
  if (is_text && field.kind != RunField::Kind::kSetting) {
    throw ConfigError(fmt::format("'{}' is a number; it can't be compared with '{}'", field.name,
                                  cut_to_width(visible_text(condition.value), kLongestShown)));
  }
  return value;
}

SqlPart comparison(const RunCondition& condition, const RunField& field, const SqlPart& value) {
  const std::string& op = condition.op;
  if (condition.value == "none" && (op == "=" || op == "!=")) {
    SqlPart sql = value;
    if (field.kind == RunField::Kind::kText) sql.text = fmt::format("nullif({}, '')", value.text);
    return sql += {op == "=" ? " IS NULL" : " IS NOT NULL"};
  }
  if (op == "~") {
    SqlPart sql{fmt::format("instr(lower({}), lower(?)) > 0", value.text), value.parameters};
    sql.parameters.emplace_back(std::string(unquoted(condition.value)));
    return sql;
  }
  // A unary + keeps SQLite from an index on one column where a scan of the list's index is quicker.
  SqlPart sql{fmt::format("{}({})", field.name == "run" ? "" : "+", value.text), value.parameters};
  return sql += {fmt::format(" {} ?", op), {value_of(condition, field)}};
}

}  // namespace

RunCondition parse_condition(std::string_view text) {
  const std::size_t begin = text.find_first_of("=!<>~");
  if (begin == std::string_view::npos || begin == 0) {
    throw ConfigError(fmt::format(
        "'{}' is no condition; write NAME, one of = != < <= > >= ~ and a value, e.g. 'test_accuracy>0.85'",
        cut_to_width(visible_text(text), kLongestShown)));
  }
  const std::size_t length = begin + 1 < text.size() && text[begin + 1] == '=' ? 2 : 1;
  std::string op(text.substr(begin, length));
  if (op == "==") op = "=";
  if (op == "!" || op == "~=") {
    throw ConfigError(fmt::format("'{}': '{}' is no comparison; known: = != < <= > >= ~",
                                  cut_to_width(visible_text(text), kLongestShown), op));
  }
  return {std::string(trimmed(text.substr(0, begin))), op, std::string(trimmed(text.substr(begin + length)))};
}

SqlPart conditions_sql(const std::vector<RunCondition>& conditions, RunFields& fields) {
  SqlPart of_runs{"1"};
  SqlPart of_trials;  // settings are read once a trial instead of once a run
  for (const RunCondition& condition : conditions) {
    const RunField field = fields.find(condition.name);
    if (field.kind == RunField::Kind::kSetting) {
      of_trials += {of_trials.text.empty() ? "" : " AND "};
      of_trials += comparison(condition, field, {"settings ->> ?", {json_path(field.name)}});
    } else {
      of_runs += {" AND "};
      of_runs += comparison(condition, field, field.value);
    }
  }
  if (of_trials.text.empty()) return of_runs;
  of_runs += {" AND +trial IN (SELECT key FROM trials WHERE "};
  of_runs += of_trials;
  return of_runs += {")"};
}

}  // namespace rnnbench
