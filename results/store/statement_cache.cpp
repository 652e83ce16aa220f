#include "results/store/statement_cache.hpp"

#include <SQLiteCpp/Database.h>

namespace rnnbench {

LentStatement StatementCache::get(const char* sql) {
  const auto known = statements_.find(sql);
  if (known != statements_.end()) return LentStatement(known->second);
  return LentStatement(statements_.emplace(sql, SQLite::Statement(database_, sql)).first->second);
}

}  // namespace rnnbench
