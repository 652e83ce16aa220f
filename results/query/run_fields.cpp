#include "results/query/run_fields.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "harness/core/error.hpp"
#include "harness/core/nearest.hpp"
#include "harness/core/trimmed.hpp"
#include "results/query/plain_text.hpp"
#include "results/query/query_table.hpp"

namespace rnnbench {
namespace {

/// Metrics that the run's row has a copy of.
struct Copy {
  std::string_view metric;
  std::string_view column;
};
constexpr Copy kCopies[] = {{"accuracy:test", "test_accuracy"},
                            {"loss:test", "test_loss"},
                            {"accuracy:validation", "validation_accuracy"}};

/// What lists can also show of a run, computed from other tables.
struct Derived {
  std::string_view name;
  RunField::Kind kind;
  const char* value;  // over a row of run_summary
};
constexpr Derived kDerived[] = {
    {"side", RunField::Kind::kText,
     "CASE experiment WHEN 'bench' THEN "
     "coalesce((SELECT particulars ->> '$.bench.side' FROM runs WHERE id = run), engine) ELSE engine END"},
    {"subject", RunField::Kind::kText,
     "CASE experiment WHEN 'bench' THEN (SELECT particulars ->> '$.bench.subject' FROM runs WHERE id = run) "
     "END"},
    {"step_ms", RunField::Kind::kNumber,
     "(SELECT median(median_ns) / 1e6 FROM timings WHERE run_id = run AND phase = 'step' AND NOT warmup "
     "GROUP BY clock ORDER BY clock DESC LIMIT 1)"}};

constexpr std::size_t kLongestMetric = 200;

constexpr const char* kLastValue =
    "(SELECT {} FROM metrics WHERE run_id = run AND name = ? AND split = ? AND step = -1 "
    "ORDER BY epoch DESC LIMIT 1)";

bool is_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

std::vector<std::string> first_column(const Table& table) {
  std::vector<std::string> values;
  for (const auto& row : table.rows) values.push_back(std::get<std::string>(row[0]));
  return values;
}

}  // namespace

std::string json_path(std::string_view dotted) {
  std::string path = "$";
  for (std::size_t begin = 0; begin <= dotted.size();) {
    const std::size_t end = std::min(dotted.find('.', begin), dotted.size());
    const std::string_view part = dotted.substr(begin, end - begin);
    if (part.empty() || part.find('"') != std::string_view::npos) {
      throw ConfigError(fmt::format("'{}' is no dotted path; write e.g. training.optimizer.learning_rate",
                                    visible_text(dotted)));
    }
    path += is_digits(part) ? fmt::format("[{}]", part) : fmt::format(".\"{}\"", part);
    begin = end + 1;
  }
  return path;
}

std::vector<std::string> split_names(std::string_view list, std::string_view what) {
  std::vector<std::string> names;
  for (std::size_t begin = 0; begin <= list.size();) {
    const std::size_t end = std::min(list.find(',', begin), list.size());
    names.emplace_back(trimmed(list.substr(begin, end - begin)));
    if (names.back().empty()) {
      throw ConfigError(
          fmt::format("{} '{}': a name is missing; separate names by one comma", what, visible_text(list)));
    }
    begin = end + 1;
  }
  return names;
}

RunFields::RunFields(Database& database) : database_(database) {
  for (const auto& row :
       query_table(database, "SELECT name, type FROM pragma_table_info('run_summary')").rows) {
    names_.push_back(std::get<std::string>(row[0]));
    const std::string& type = std::get<std::string>(row[1]);
    is_text_[names_.back()] = type == "TEXT" || names_.back() == "tags";
  }
}

RunField RunFields::find(std::string_view name) {
  if (const auto column = is_text_.find(name); column != is_text_.end()) {
    const std::string quoted = fmt::format("\"{}\"", name);
    return {std::string(name),
            column->second ? RunField::Kind::kText : RunField::Kind::kNumber,
            {quoted},
            {name == "trial" ? "substr(trial, 1, 8)" : quoted}};
  }
  for (const Derived& derived : kDerived) {
    if (derived.name == name) return {std::string(name), derived.kind, {derived.value}, {derived.value}};
  }
  if (name.size() > kLongestMetric) {
    throw ConfigError(
        fmt::format("runs have no column, metric or setting '{}'",
                    cut_to_width(visible_text(name.substr(0, kLongestMetric)), kLongestMetric / 2)));
  }
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? setting(name) : metric(name, colon);
}

RunField RunFields::metric(std::string_view name, std::size_t colon) {
  const std::string metric(name.substr(0, colon));
  const std::string split(name.substr(colon + 1));
  RunField field{std::string(name),
                 RunField::Kind::kMetric,
                 {fmt::format(kLastValue, "value"), {metric, split}},
                 {fmt::format(kLastValue, "coalesce(value, 'NaN')"), {metric, split}}};
  for (const Copy& copy : kCopies) {
    if (copy.metric == name) field.value = {std::string(copy.column)};
  }
  const char* kAny = "SELECT 1 FROM metrics WHERE name = ? AND split = ? LIMIT 1";
  if (!query_table(database_, kAny, {metric, split}).rows.empty()) return field;
  const std::vector<std::string> known = first_column(
      query_table(database_,
                  "SELECT DISTINCT name || ':' || split FROM metrics WHERE run_id IN "
                  "(SELECT id FROM runs WHERE status = 'finished' ORDER BY id DESC LIMIT 100) ORDER BY 1"));
  throw ConfigError(fmt::format("no run has the metric '{}'{}", visible_text(name), suggestion(name, known)));
}

RunField RunFields::setting(std::string_view name) {
  const std::string path = json_path(name);
  const SqlPart value{"(SELECT settings ->> ? FROM trials WHERE key = trial)", {path}};
  const char* kAny = "SELECT 1 FROM trials WHERE json_type(settings, ?) IS NOT NULL LIMIT 1";
  if (!query_table(database_, kAny, {path}).rows.empty()) {
    return {std::string(name), RunField::Kind::kSetting, value, value};
  }
  const std::vector<std::string> names = known_names();
  const std::string ending = fmt::format(".{}", name);
  const auto longer = std::find_if(names.begin(), names.end(),
                                   [&](const std::string& known) { return known.ends_with(ending); });
  throw ConfigError(fmt::format(
      "runs have no column or setting '{}'{}", visible_text(name),
      longer == names.end() ? suggestion(name, names) : fmt::format("; did you mean '{}'?", *longer)));
}

std::vector<std::string> RunFields::known_names() {
  std::vector<std::string> names = names_;
  for (const Derived& derived : kDerived) names.emplace_back(derived.name);
  const auto paths = first_column(query_table(
      database_,
      "SELECT DISTINCT path FROM run_settings WHERE run IN (SELECT max(id) FROM runs GROUP BY trial_id "
      "ORDER BY max(id) DESC LIMIT 100) ORDER BY path"));
  names.insert(names.end(), paths.begin(), paths.end());
  return names;
}

}  // namespace rnnbench
