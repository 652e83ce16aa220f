#include "results/exchange/table_shapes.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "results/store/schema.hpp"

namespace rnnbench {
namespace {

constexpr std::array<std::pair<const char*, ColumnType>, 4> kTypes{{{"INTEGER", ColumnType::kInteger},
                                                                    {"REAL", ColumnType::kReal},
                                                                    {"TEXT", ColumnType::kText},
                                                                    {"BLOB", ColumnType::kBlob}}};

ColumnType type_named(const std::string& name) {
  return std::ranges::find(kTypes, name, [](const auto& type) { return std::string(type.first); })->second;
}

TableShape shape_of(SQLite::Database& database, const std::string& name) {
  TableShape shape{name, {}, {}};
  SQLite::Statement columns(database, "SELECT name, type FROM pragma_table_info(?) ORDER BY cid");
  columns.bind(1, name);
  while (columns.executeStep()) {
    shape.columns.push_back({columns.getColumn(0).getString(), type_named(columns.getColumn(1).getString())});
  }
  SQLite::Statement references(
      database,
      "SELECT \"from\", \"table\", \"to\", on_delete FROM pragma_foreign_key_list(?) ORDER BY id DESC");
  references.bind(1, name);
  while (references.executeStep()) {
    shape.references.push_back({references.getColumn(0).getString(), references.getColumn(1).getString(),
                                references.getColumn(2).getString(),
                                references.getColumn(3).getString() == "CASCADE"});
  }
  return shape;
}

std::vector<TableShape> parents_first(std::vector<TableShape> shapes) {
  std::vector<TableShape> ordered;
  std::set<std::string> placed;
  const auto is_ready = [&](const TableShape& shape) {
    return std::ranges::all_of(shape.references,
                               [&](const TableReference& to) { return placed.contains(to.table); });
  };
  while (!shapes.empty()) {
    const auto next = std::ranges::find_if(shapes, is_ready);
    placed.insert(next->name);
    ordered.push_back(std::move(*next));
    shapes.erase(next);
  }
  return ordered;
}

}  // namespace

std::vector<TableShape> table_shapes(int schema) {
  SQLite::Database database(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  migrate(database, ":memory:", schema);
  SQLite::Statement names(database,
                          "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' "
                          "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name");
  std::vector<TableShape> shapes;
  while (names.executeStep()) shapes.push_back(shape_of(database, names.getColumn(0).getString()));
  return parents_first(std::move(shapes));
}

int newest_schema() { return static_cast<int>(migrations().size()); }

const char* name_of(ColumnType type) {
  return std::ranges::find(kTypes, type, &std::pair<const char*, ColumnType>::second)->first;
}

}  // namespace rnnbench
