#include "results/query/run_environment.hpp"

#include <fmt/format.h>

#include "results/query/query_table.hpp"
#include "results/query/run_page.hpp"

namespace rnnbench {
namespace {

constexpr const char* kBegun =
    "SELECT content, engine_details FROM runs JOIN environments ON environments.id = environment_id WHERE "
    "runs.id = ?";

constexpr const char* kResumed =
    "SELECT DISTINCT content FROM resumes JOIN environments ON environments.id = environment_id WHERE "
    "run_id = ? ORDER BY resumed";

std::string value_at(const FlatJson& flat, const std::string& path) {
  const auto found = flat.find(path);
  return found == flat.end() ? "-" : found->second;
}

}  // namespace

FlatJson run_environment(Database& database, RunId run) {
  require_run(database, run);
  const Table begun = query_table(database, kBegun, {run});
  const FlatJson first = flat_json(std::get<std::string>(begun.rows.at(0).at(0)));
  FlatJson flat = first;
  for (const auto& row : query_table(database, kResumed, {run}).rows) {
    const FlatJson later = flat_json(std::get<std::string>(row.at(0)));
    FlatJson either = later;
    either.insert(first.begin(), first.end());
    for (const auto& [path, ignored] : either) {
      const std::string now = value_at(later, path);
      if (now == value_at(first, path)) continue;
      flat.try_emplace(path, "-").first->second += fmt::format(" (resumed: {})", now);
    }
  }
  flat.merge(flat_json(std::get<std::string>(begun.rows[0].at(1)), "engine"));
  return flat;
}

}  // namespace rnnbench
