#include "results/query/past_runs.hpp"

#include <algorithm>

#include "results/query/query_table.hpp"

namespace rnnbench {
namespace {

std::string text(const TableCell& cell) { return std::get<std::string>(cell); }

}  // namespace

std::vector<PastTrial> past_trials(Database& database) {
  constexpr const char* kPast = R"(
    SELECT key, engine, cell, device, data_set, length,
           json_extract(settings, '$.data.limit.train', '$.data.split', '$.data.validation', '$.training.epochs',
                        '$.training.batch', '$.model.layers'), past.runs, past.seconds
    FROM (SELECT trial_id, count(*) AS runs,
                 avg(coalesce(nullif(seconds, 0), (julianday(finished) - julianday(started)) * 86400.0)) AS seconds
          FROM runs WHERE status = 'finished' GROUP BY trial_id) past
    JOIN trials ON trials.id = past.trial_id)";
  std::vector<PastTrial> trials;
  for (const auto& row : query_table(database, kPast).rows) {
    const auto* seconds = std::get_if<double>(&row[8]);
    if (seconds == nullptr) continue;
    trials.push_back({text(row[0]), text(row[1]), text(row[2]), text(row[3]), text(row[4]),
                      static_cast<int>(std::get<std::int64_t>(row[5])), text(row[6]),
                      static_cast<int>(std::get<std::int64_t>(row[7])), *seconds});
  }
  return trials;
}

std::optional<EstimateError> estimate_error(Database& database) {
  constexpr const char* kErrors = R"(
    SELECT abs(seconds / estimated_seconds - 1) AS error FROM runs
    WHERE status = 'finished' AND seconds > 0 AND estimated_seconds > 0 ORDER BY error)";
  const Table errors = query_table(database, kErrors);
  if (errors.rows.empty()) return std::nullopt;
  const auto& middle = errors.rows[errors.rows.size() / 2];
  return EstimateError{std::get<double>(middle[0]), static_cast<int>(errors.rows.size())};
}

}  // namespace rnnbench
