#pragma once

#include <chrono>

#include "results/query/query_table.hpp"

struct sqlite3;

namespace rnnbench {

/// While it lives, SQLite asks now and then whether to go on with the statement it runs; stopped statements
/// end with SQLITE_INTERRUPT.
class ProgressLimit {
 public:
  ProgressLimit(sqlite3* connection, const QueryLimits& limits);
  ~ProgressLimit();
  ProgressLimit(const ProgressLimit&) = delete;
  ProgressLimit& operator=(const ProgressLimit&) = delete;

  /// Throws what stopped the statement: Interrupted, or ConfigError where its time was over.
  [[noreturn]] void throw_reason() const;

 private:
  static int must_stop(void* self);

  sqlite3* connection_;
  const QueryLimits* limits_;
  std::chrono::steady_clock::time_point deadline_;
};

}  // namespace rnnbench
