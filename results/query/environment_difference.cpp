#include "results/query/environment_difference.hpp"

#include <fmt/format.h>

#include <set>

#include "results/query/flat_json.hpp"
#include "results/query/query_table.hpp"
#include "results/query/run_page.hpp"

namespace rnnbench {
namespace {

FlatJson environment_of(Database& database, RunId run) {
  require_run(database, run);
  const Table table = query_table(database,
                                  "SELECT content, engine_details FROM runs JOIN environments ON "
                                  "environments.id = environment_id WHERE runs.id = ?",
                                  {run});
  FlatJson flat = flat_json(std::get<std::string>(table.rows.at(0).at(0)));
  flat.merge(flat_json(std::get<std::string>(table.rows[0].at(1)), "engine"));
  return flat;
}

TableCell cell_of(const FlatJson& flat, const std::string& path) {
  const auto found = flat.find(path);
  return found == flat.end() ? TableCell() : TableCell(found->second);
}

}  // namespace

Table environment_difference(Database& database, RunId one, RunId other) {
  const FlatJson first = environment_of(database, one);
  const FlatJson second = environment_of(database, other);
  std::set<std::string> paths;
  for (const auto& [path, value] : first) paths.insert(path);
  for (const auto& [path, value] : second) paths.insert(path);
  Table table{{"environment", fmt::format("run {}", one), fmt::format("run {}", other)}, {}};
  for (const std::string& path : paths) {
    const TableCell a = cell_of(first, path);
    const TableCell b = cell_of(second, path);
    if (a != b) table.rows.push_back({path, a, b});
  }
  return table;
}

}  // namespace rnnbench
