#pragma once

#include <SQLiteCpp/Statement.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace SQLite {
class Database;
}

namespace rnnbench {

/// A prepared statement on loan: ready to be bound, and reset where the loan ends. Texts are bound without a
/// copy, so they must outlive the loan.
class LentStatement {
 public:
  explicit LentStatement(SQLite::Statement& statement) : statement_(&statement) {}
  LentStatement(LentStatement&& other) noexcept : statement_(std::exchange(other.statement_, nullptr)) {}
  LentStatement& operator=(LentStatement&&) = delete;
  ~LentStatement() {
    if (statement_ != nullptr) statement_->tryReset();
  }

  SQLite::Statement* operator->() { return statement_; }

  /// Binds all parameters from the first one on.
  template <typename... Values>
  LentStatement& bind(const Values&... values) {
    int index = 0;
    (bind_one(++index, values), ...);
    return *this;
  }
  /// Any bytes; a view of none is an empty blob, not NULL.
  void bind_blob(int index, std::string_view bytes) {
    statement_->bindNoCopy(index, bytes.empty() ? "" : bytes.data(), static_cast<int>(bytes.size()));
  }
  /// Binds all, runs it and returns how many rows changed.
  template <typename... Values>
  int execute(const Values&... values) {
    bind(values...);
    const int changes = statement_->exec();
    statement_->reset();
    return changes;
  }

 private:
  void bind_one(int index, const std::string& text) { statement_->bindNoCopy(index, text); }
  void bind_one(int index, const char* text) { statement_->bindNoCopy(index, text); }
  template <typename Number>
  void bind_one(int index, Number number) {
    statement_->bind(index, number);
  }

  SQLite::Statement* statement_;
};

/// Keeps the statements of one connection prepared. It must end before the connection does.
class StatementCache {
 public:
  explicit StatementCache(SQLite::Database& database) : database_(database) {}

  /// The statement of a text that is known to the compiler. One text is lent once at a time.
  LentStatement get(const char* sql);

  SQLite::Database& database() { return database_; }

 private:
  SQLite::Database& database_;
  std::unordered_map<const char*, SQLite::Statement> statements_;  // by the address of a literal
};

}  // namespace rnnbench
