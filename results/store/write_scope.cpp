#include "results/store/write_scope.hpp"

#include <SQLiteCpp/Database.h>
#include <sqlite3.h>

namespace rnnbench {

// Both take effect when they are prepared, so they can't be kept prepared.

WriteScope::DiskWait::DiskWait(SQLite::Database& database, bool is_late)
    : late_(is_late ? &database : nullptr) {
  if (late_ != nullptr) late_->exec("PRAGMA synchronous = NORMAL");
}

WriteScope::DiskWait::~DiskWait() {
  if (late_ != nullptr) late_->tryExec("PRAGMA synchronous = FULL");
}

WriteScope::WriteScope(StatementCache& statements, Kind kind)
    : statements_(statements), kind_(kind), wait_(statements.database(), kind == Kind::kLateForDisk) {
  statements_.get(kind == Kind::kPart ? "SAVEPOINT part" : "BEGIN IMMEDIATE").execute();
}

WriteScope::~WriteScope() {
  // A full disk makes SQLite itself take everything back.
  if (is_committed_ || sqlite3_get_autocommit(statements_.database().getHandle()) != 0) return;
  statements_.database().tryExec(kind_ == Kind::kPart ? "ROLLBACK TO part; RELEASE part" : "ROLLBACK");
}

void WriteScope::commit() {
  statements_.get(kind_ == Kind::kPart ? "RELEASE part" : "COMMIT").execute();
  is_committed_ = true;
}

}  // namespace rnnbench
