#include "results/store/sqlite_error.hpp"

#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/statvfs.h>

#include "harness/core/damaged_error.hpp"

namespace rnnbench {
namespace {

bool is_on_read_only_disk(const std::filesystem::path& path) {
  struct statvfs disk {};
  const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : ".";
  return ::statvfs(folder.c_str(), &disk) == 0 && (disk.f_flag & ST_RDONLY) != 0;
}

const char* remedy(int code, const std::filesystem::path& path) {
  switch (code) {
    case SQLITE_FULL:
      return "the disk or quota is full; free some space there and run the same command again: what was "
             "recorded before is kept";
    case SQLITE_IOERR:
      return "reading or writing it failed; check that the disk is healthy, that neither it nor a quota is "
             "full and "
             "that files may grow (ulimit -f), then run the same command again: what was recorded before is "
             "kept";
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return "another process keeps it locked; wait for that process or end it, then run the same command "
             "again";
    case SQLITE_NOTADB:
      return "it is no results database; give another file with --db";
    case SQLITE_CORRUPT:
      return "it is damaged; `rnnbench check` says where. Restore a backup, save what can be read with "
             "`rnnbench check "
             "--repair --output NEW.db` (or, where it can't be opened, `sqlite3 FILE .recover`), or give "
             "another file "
             "with --db";
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      if (is_on_read_only_disk(path)) {
        return "its disk is mounted read-only; have it mounted for writing and run the same command again "
               "(what "
               "was recorded before is kept), or give a file on another disk with --db";
      }
      return "it can't be opened or written; check the permissions of the file and its folder, or give "
             "another file with --db";
    case SQLITE_CONSTRAINT:
      return "the database refuses the record";
    default:
      return "if it was changed by another program, restore a copy or give another file with --db";
  }
}

}  // namespace

void throw_store_error(const std::filesystem::path& path, const SQLite::Exception& error) {
  const int code = error.getErrorCode() & 0xFF;
  const std::string message = fmt::format("{}: {} ({})", path.string(), remedy(code, path), error.what());
  if (code == SQLITE_NOTADB || code == SQLITE_CORRUPT) throw DamagedError(message);
  throw StoreError(message);
}

}  // namespace rnnbench
