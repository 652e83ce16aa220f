#include "results/store/salvage_table.hpp"

#include <SQLiteCpp/Database.h>
#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <optional>
#include <vector>

namespace rnnbench {
namespace {

/// Behind the last number that can be read, so many more are tried.
constexpr std::int64_t kNumbersBeyond = 100'000;

bool is_damage(const SQLite::Exception& error) {
  const int code = error.getErrorCode() & 0xFF;
  return code == SQLITE_CORRUPT || code == SQLITE_IOERR || code == SQLITE_NOTADB;
}

class TableSalvage {
 public:
  TableSalvage(SQLite::Database& damaged, SQLite::Database& target, const std::string& table)
      : damaged_(damaged),
        target_(target),
        columns_(columns_of(damaged, table)),
        insert_(target, fmt::format("INSERT OR IGNORE INTO {} ({}) VALUES ({})", table, column_list(columns_),
                                    placeholders(columns_.size()))) {
    result_.table = table;
  }

  /// A table with rowids: forward from the start; where that ends in damage, number by number. Which numbers
  /// there are, an index knows where one can be read.
  SalvagedTable by_number() {
    SQLite::Statement forward(damaged_, select("rowid, ", "WHERE rowid >= ? ORDER BY rowid"));
    SQLite::Statement one(damaged_, select("rowid, ", "WHERE rowid = ?"));
    std::int64_t next = 1;
    const auto scan_on = [&] {
      return scan(
          forward, next, [&] { next = forward.getColumn(0).getInt64() + 1; }, 1);
    };
    if (scan_on()) return result_;
    if (const auto numbers = numbers_of_index()) {
      for (const std::int64_t number : *numbers) {
        if (number >= next && !probe(one, number)) ++result_.unreadable;
      }
      return result_;
    }
    const std::int64_t last = last_number(next);
    do {
      std::int64_t unread = 0;
      bool is_found = false;
      for (; next <= last && !is_found; ++next) {
        is_found = probe(one, next);
        if (!is_found) ++unread;
      }
      // Behind the last row that can be read there may be any number; of those before it no more than these.
      result_.unreadable += is_found ? unread : std::min<std::int64_t>(unread, 1);
      result_.is_more = result_.is_more || !is_found;
      if (!is_found) break;
    } while (!scan_on());
    return result_;
  }

  /// A table that is ordered by the number of its parent: forward, and where that ends in damage, backward
  /// too.
  SalvagedTable by_parent(const std::string& parent) {
    std::string key, reversed;
    SQLite::Statement keys(damaged_, "SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk");
    keys.bind(1, result_.table);
    std::string first;
    while (keys.executeStep()) {
      const std::string name = keys.getColumn(0).getString();
      if (first.empty()) first = name;
      key += (key.empty() ? "" : ", ") + name;
      reversed += (reversed.empty() ? "" : ", ") + name + " DESC";
    }
    SQLite::Statement forward(damaged_, select("", fmt::format("WHERE {} = ? ORDER BY {}", first, key)));
    SQLite::Statement backward(damaged_,
                               select("", fmt::format("WHERE {} = ? ORDER BY {}", first, reversed)));
    SQLite::Statement parents(target_, fmt::format("SELECT id FROM {} ORDER BY id", parent));
    while (parents.executeStep()) {
      const std::int64_t id = parents.getColumn(0).getInt64();
      if (scan(
              forward, id, [] {}, 0))
        continue;
      ++result_.unreadable;
      scan(
          backward, id, [] {}, 0);
    }
    return result_;
  }

 private:
  std::string select(const std::string& before, const std::string& selection) const {
    return fmt::format("SELECT {}{} FROM {} {}", before, column_list(columns_), result_.table, selection);
  }

  /// Copies all rows; false where damage ended it.
  template <typename Seen>
  bool scan(SQLite::Statement& rows, std::int64_t bound, Seen&& seen, int first_column) {
    try {
      rows.reset();
      rows.bind(1, bound);
      while (rows.executeStep()) {
        copy(rows, first_column);
        seen();
      }
      return true;
    } catch (const SQLite::Exception& error) {
      if (!is_damage(error)) throw;
      rows.tryReset();
      return false;
    }
  }

  /// Copies the row of a number; whether there is one that can be read.
  bool probe(SQLite::Statement& one, std::int64_t number) {
    bool is_found = false;
    scan(
        one, number, [&] { is_found = true; }, 1);
    return is_found;
  }

  /// The numbers of all rows, by the first index of the table that can be read to its end.
  std::optional<std::vector<std::int64_t>> numbers_of_index() {
    SQLite::Statement indexes(damaged_, "SELECT name FROM pragma_index_list(?) WHERE NOT partial");
    indexes.bind(1, result_.table);
    while (indexes.executeStep()) {
      try {
        std::vector<std::int64_t> numbers;
        SQLite::Statement rows(damaged_, fmt::format("SELECT rowid FROM {} INDEXED BY \"{}\"", result_.table,
                                                     indexes.getColumn(0).getString()));
        while (rows.executeStep()) numbers.push_back(rows.getColumn(0).getInt64());
        std::sort(numbers.begin(), numbers.end());
        return numbers;
      } catch (const SQLite::Exception&) {  // damaged too, or of no use here
      }
    }
    return std::nullopt;
  }

  std::int64_t last_number(std::int64_t at_least) {
    try {
      const auto last =
          damaged_.execAndGet(fmt::format("SELECT max(rowid) FROM {}", result_.table)).getInt64();
      return std::max(last, at_least);
    } catch (const SQLite::Exception& error) {
      if (!is_damage(error)) throw;
      return at_least + kNumbersBeyond;
    }
  }

  void copy(SQLite::Statement& row, int first_column) {
    for (int i = 0; i < static_cast<int>(columns_.size()); ++i) {
      bind_value(insert_, i + 1, row.getColumn(first_column + i));
    }
    try {
      result_.saved += insert_.exec();
    } catch (const SQLite::Exception& error) {
      if ((error.getErrorCode() & 0xFF) != SQLITE_CONSTRAINT) throw WriteFailure(error);
      ++result_.refused;
    }
    insert_.tryReset();
  }

  /// A failure of the new file, which must not be taken for damage of the old one.
  struct WriteFailure : std::runtime_error {
    explicit WriteFailure(const SQLite::Exception& error) : std::runtime_error(error.what()) {}
  };

  SQLite::Database& damaged_;
  SQLite::Database& target_;
  std::vector<std::string> columns_;
  SQLite::Statement insert_;
  SalvagedTable result_;
};

bool has_rowids(SQLite::Database& database, const std::string& table) {
  SQLite::Statement select(database, "SELECT wr FROM pragma_table_list WHERE schema = 'main' AND name = ?");
  select.bind(1, table);
  return select.executeStep() && select.getColumn(0).getInt() == 0;
}

}  // namespace

SalvagedTable salvage_table(SQLite::Database& damaged, SQLite::Database& target, const std::string& table,
                            const std::string& parent) {
  TableSalvage salvage(damaged, target, table);
  return has_rowids(damaged, table) ? salvage.by_number() : salvage.by_parent(parent);
}

}  // namespace rnnbench
