#include "results/query/environment_difference.hpp"

#include <fmt/format.h>

#include <set>

#include "results/query/run_environment.hpp"

namespace rnnbench {
namespace {

TableCell cell_of(const FlatJson& flat, const std::string& path) {
  const auto found = flat.find(path);
  return found == flat.end() ? TableCell() : TableCell(found->second);
}

}  // namespace

Table environment_difference(Database& database, RunId one, RunId other) {
  const FlatJson first = run_environment(database, one);
  const FlatJson second = run_environment(database, other);
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
