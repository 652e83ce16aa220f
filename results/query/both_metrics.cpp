#include "results/query/both_metrics.hpp"

#include <nlohmann/json.hpp>

#include "results/query/query_table.hpp"

namespace rnnbench {
namespace {

using Json = nlohmann::json;

constexpr const char* kBoth =
    "WITH measured AS (VALUES ('device_memory_peak'), ('memory_peak'), ('steal'), ('energy'), ('frequency'), "
    "('suspended')), "
    "a AS (SELECT * FROM metrics WHERE run_id = ?1 AND name NOT IN measured), "
    "b AS (SELECT * FROM metrics WHERE run_id = ?2 AND name NOT IN measured AND (NOT ?3 OR name IN (SELECT "
    "name FROM metrics WHERE run_id = ?1))), "
    "both AS (SELECT coalesce(a.name, b.name) AS name, coalesce(a.split, b.split) AS split, "
    "coalesce(a.epoch, b.epoch) AS epoch, coalesce(a.step, b.step) AS step, coalesce(a.unit, b.unit) AS "
    "unit, "
    "a.value AS before, b.value AS after, a.name IS NOT NULL AS in_first, b.name IS NOT NULL AS in_second "
    "FROM a FULL JOIN b ON a.name = b.name AND a.split = b.split AND a.epoch = b.epoch AND a.step = b.step) ";

Json build_of(Database& database, RunId run) {
  const Table table = query_table(
      database,
      "SELECT content FROM runs JOIN environments ON environments.id = environment_id WHERE runs.id = ?",
      {run});
  const Json environment = Json::parse(std::get<std::string>(table.rows.at(0).at(0)), nullptr, false);
  return environment.is_object() ? environment.value("build", Json()) : Json();
}

}  // namespace

std::string with_both_metrics(const std::string& query) { return kBoth + query; }

std::int64_t is_other_build(Database& database, RunId before, RunId after) {
  return build_of(database, before) != build_of(database, after) ? 1 : 0;
}

}  // namespace rnnbench
