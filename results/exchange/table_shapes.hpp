#pragma once

#include <string>
#include <vector>

namespace rnnbench {

/// What a column of a STRICT table holds, NULL aside.
enum class ColumnType { kInteger, kReal, kText, kBlob };

struct ColumnShape {
  std::string name;
  ColumnType type = ColumnType::kText;
};

/// A column whose value is that of a column of another table.
struct TableReference {
  std::string column;
  std::string table, to;
  bool is_part = false;  ///< a row goes where the one it refers to goes (ON DELETE CASCADE)
};

struct TableShape {
  std::string name;
  std::vector<ColumnShape> columns;
  std::vector<TableReference> references;
};

/// The tables of a results database of `schema` as its migrations make them, each after those that it refers
/// to.
std::vector<TableShape> table_shapes(int schema);

/// The newest schema that this program knows.
int newest_schema();

/// "INTEGER", "REAL", "TEXT", "BLOB".
const char* name_of(ColumnType type);

}  // namespace rnnbench
