#include "results/store/write_scope.hpp"

#include <SQLiteCpp/Database.h>
#include <sqlite3.h>

namespace rnnbench {

WriteScope::WriteScope(StatementCache& statements, Kind kind) : statements_(statements), kind_(kind) {
  statements_.get(kind == Kind::kTransaction ? "BEGIN IMMEDIATE" : "SAVEPOINT part").execute();
}

WriteScope::~WriteScope() {
  // A full disk makes SQLite itself take everything back.
  if (is_committed_ || sqlite3_get_autocommit(statements_.database().getHandle()) != 0) return;
  statements_.database().tryExec(kind_ == Kind::kTransaction ? "ROLLBACK" : "ROLLBACK TO part; RELEASE part");
}

void WriteScope::commit() {
  statements_.get(kind_ == Kind::kTransaction ? "COMMIT" : "RELEASE part").execute();
  is_committed_ = true;
}

}  // namespace rnnbench
