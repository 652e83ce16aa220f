#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "harness/core/scratch_folder.hpp"
#include "results/exchange/table_shapes.hpp"
#include "results/query/table.hpp"
#include "results/store/merge.hpp"

namespace SQLite {
class Database;
class Statement;
}  // namespace SQLite

namespace rnnbench {

/// Where a row was read, for messages.
struct RowPlace {
  std::filesystem::path file;
  std::size_t line = 0;

  /// Throws DataError: "FILE:LINE: what".
  [[noreturn]] void fail(const std::string& what) const;
};

/// A database of some schema in a temporary folder ($TMPDIR) that rows are put into before they are merged
/// into a results database: nothing of a file that can't be read to its end gets there.
class TableLoader {
 public:
  explicit TableLoader(int schema);
  ~TableLoader();
  TableLoader(const TableLoader&) = delete;
  TableLoader& operator=(const TableLoader&) = delete;

  /// Throws DataError where the schema has no table of that name.
  const TableShape& table(const std::string& name, const RowPlace& place) const;

  /// Adds a row, a cell for each column. Rows that it refers to must be there. Throws DataError, with the
  /// place, for what the table can't hold.
  void add(const TableShape& table, const std::vector<TableCell>& row, const RowPlace& place);

  /// Of the file that holds the rows; the loader goes on with nothing afterwards.
  std::filesystem::path finish();

 private:
  SQLite::Statement& insertion(const TableShape& table);

  ScratchFolder folder_;
  int schema_;
  std::vector<TableShape> shapes_;
  std::unique_ptr<SQLite::Database> database_;
  std::map<std::string, SQLite::Statement> insertions_;
};

/// Puts what `loader` holds into the database at `target`, as merge_database() does: again adds nothing.
/// Its missing_files are all those that the rows name and the target has not: tables hold no files. Throws
/// StoreError, EnvironmentError.
MergeReport merge_loaded(TableLoader& loader, const std::filesystem::path& target);

}  // namespace rnnbench
