#pragma once

#include "results/store/statement_cache.hpp"

namespace rnnbench {

/// A transaction, or a part of one that was begun already: what was written in it is taken back unless
/// commit() was called. A transaction takes the write lock at once, so that no writer has to give up
/// half-way. Throws SQLite::Exception.
class WriteScope {
 public:
  enum class Kind {
    kTransaction,  ///< on disk when commit() returns
    kLateForDisk,  ///< safe from a kill when commit() returns; on disk with anyone's next kTransaction
    kPart,
  };

  WriteScope(StatementCache& statements, Kind kind);
  ~WriteScope();
  WriteScope(const WriteScope&) = delete;
  WriteScope& operator=(const WriteScope&) = delete;

  void commit();

 private:
  /// Keeps commits from waiting for the disk as long as it lives, where `is_late`.
  class DiskWait {
   public:
    DiskWait(SQLite::Database& database, bool is_late);
    ~DiskWait();
    DiskWait(const DiskWait&) = delete;
    DiskWait& operator=(const DiskWait&) = delete;

   private:
    SQLite::Database* late_;
  };

  StatementCache& statements_;
  const Kind kind_;
  const DiskWait wait_;
  bool is_committed_ = false;
};

}  // namespace rnnbench
