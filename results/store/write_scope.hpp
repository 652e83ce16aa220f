#pragma once

#include "results/store/statement_cache.hpp"

namespace rnnbench {

/// A transaction, or a part of one that was begun already: what was written in it is taken back unless
/// commit() was called. A transaction takes the write lock at once, so that no writer has to give up
/// half-way. Throws SQLite::Exception.
class WriteScope {
 public:
  enum class Kind { kTransaction, kPart };

  WriteScope(StatementCache& statements, Kind kind);
  ~WriteScope();
  WriteScope(const WriteScope&) = delete;
  WriteScope& operator=(const WriteScope&) = delete;

  void commit();

 private:
  StatementCache& statements_;
  const Kind kind_;
  bool is_committed_ = false;
};

}  // namespace rnnbench
