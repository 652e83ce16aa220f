#include "results/store/garbage.hpp"

#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>

#include <array>
#include <set>

#include "harness/core/error.hpp"
#include "results/store/connection.hpp"
#include "results/store/merge_files.hpp"
#include "results/store/named_files.hpp"
#include "results/store/process.hpp"
#include "results/store/sqlite_error.hpp"
#include "results/store/statement_cache.hpp"
#include "results/store/write_scope.hpp"

namespace rnnbench {
namespace fs = std::filesystem;
namespace {

/// Rows that nobody refers to.
struct Unneeded {
  const char* what;
  const char* table;
  const char* bytes;  ///< of their content
  const char* condition;
};

// Each after what refers to it.
constexpr std::array<Unneeded, 5> kUnneeded{{
    {"checkpoints of runs that are done", "checkpoints", "0",
     "EXISTS (SELECT 1 FROM runs AS mine JOIN runs AS done USING (trial_id, seed) "
     "WHERE mine.id = run_id AND mine.status <> 'running' AND done.status = 'finished')"},
    {"experiments without runs and trials", "experiments", "length(config)",
     "id NOT IN (SELECT experiment_id FROM runs) AND id NOT IN (SELECT experiment_id FROM "
     "experiment_trials)"},
    {"trials of no experiment and no run", "trials", "length(settings)",
     "id NOT IN (SELECT trial_id FROM runs) AND id NOT IN (SELECT trial_id FROM experiment_trials)"},
    {"environments of no run", "environments", "length(content)",
     "id NOT IN (SELECT environment_id FROM runs UNION SELECT environment_id FROM resumes "
     "UNION SELECT environment_id FROM parity_records)"},
    {"labels of reviews without predictions", "review_sets", "length(labels)",
     "digest NOT IN (SELECT reviews FROM predictions)"},
}};

/// The run that keeps files from being removed, in words, or "".
std::string open_run(SQLite::Database& database) {
  SQLite::Statement select(database,
                           "SELECT id, host, process, process_start FROM runs WHERE status = 'running'");
  while (select.executeStep()) {
    const ProcessIdentity process{select.getColumn(1).getString(), select.getColumn(2).getInt64(),
                                  select.getColumn(3).getInt64()};
    if (process.host == this_process().host && !is_running(process)) continue;
    return fmt::format("run {} is running (process {} of {})", select.getColumn(0).getInt64(),
                       process.process, process.host);
  }
  return "";
}

class Collector {
 public:
  Collector(Connection& connection, Removal removal, std::chrono::seconds young)
      : database_(connection.database), path_(connection.path), removal_(removal), young_(young) {}

  GarbageReport collect() {
    // Asked before checkpoints are gone, so that their files count with them.
    for (const Unneeded& rows : kUnneeded) report_.removed.push_back(remove_rows(rows));
    report_.files_kept_because = open_run(database_);
    if (report_.files_kept_because.empty()) report_.removed.push_back(remove_files());
    return report_;
  }

 private:
  Garbage remove_rows(const Unneeded& rows) {
    if (rows.table == std::string("checkpoints")) remember_old_checkpoints(rows);
    SQLite::Statement sizes(database_, fmt::format("SELECT count(*), coalesce(sum({}), 0) FROM {} WHERE {}",
                                                   rows.bytes, rows.table, rows.condition));
    sizes.executeStep();
    Garbage garbage{rows.what, sizes.getColumn(0).getInt64(), sizes.getColumn(1).getInt64()};
    sizes.reset();
    if (removal_ == Removal::kReal) {
      database_.exec(fmt::format("DELETE FROM {} WHERE {}", rows.table, rows.condition));
    }
    return garbage;
  }

  void remember_old_checkpoints(const Unneeded& rows) {
    SQLite::Statement select(database_, fmt::format("SELECT path FROM checkpoints WHERE {}", rows.condition));
    while (select.executeStep()) old_checkpoints_.insert(select.getColumn(0).getString());
  }

  Garbage remove_files() {
    Garbage garbage{"files that no row names", 0, 0};
    const fs::path folder = files_folder(path_);
    if (!fs::is_directory(folder)) return garbage;
    std::set<std::string> named = named_files(database_);
    for (const std::string& name : named) {
      if (fs::exists(path_.parent_path() / name)) continue;
      report_.files_kept_because = fmt::format(
          "{}, which a run names, is missing; were the database or its files moved? Their names "
          "belong together",
          name);
      return garbage;
    }
    for (const std::string& old : old_checkpoints_) named.erase(old);  // still there in a dry run
    named.merge(files_named_beside(path_));
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
      const std::string relative = entry.path().lexically_relative(path_.parent_path()).string();
      if (entry.is_symlink() || !entry.is_regular_file() || named.contains(relative) || is_young(entry))
        continue;
      ++garbage.count;
      garbage.bytes += static_cast<std::int64_t>(entry.file_size());
      report_.files.push_back(relative);
    }
    if (removal_ == Removal::kReal) {
      for (const std::string& file : report_.files) fs::remove(path_.parent_path() / file);
    }
    return garbage;
  }

  bool is_young(const fs::directory_entry& entry) const {
    return fs::file_time_type::clock::now() - entry.last_write_time() < young_;
  }

  SQLite::Database& database_;
  const fs::path path_;
  const Removal removal_;
  const std::chrono::seconds young_;
  std::set<std::string> old_checkpoints_;
  GarbageReport report_;
};

}  // namespace

GarbageReport collect_garbage(const fs::path& path, Removal removal, std::chrono::seconds young) {
  const bool is_dry = removal == Removal::kDry;
  Connection connection = is_dry ? open_for_reading(path) : open_existing_for_writing(path);
  try {
    return with_store_errors(connection.path, [&] {
      Collector collector(connection, removal, young);
      if (is_dry) return collector.collect();
      StatementCache statements(connection.database);
      WriteScope scope(statements, WriteScope::Kind::kTransaction);  // no run can begin meanwhile
      GarbageReport report = collector.collect();
      scope.commit();
      return report;
    });
  } catch (const fs::filesystem_error& error) {
    throw StoreError(fmt::format("{}: {}; check the permissions of the folder", path.string(), error.what()));
  }
}

}  // namespace rnnbench
