#include "results/store/run_labels.hpp"

#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>
#include <SQLiteCpp/VariadicBind.h>
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "harness/core/error.hpp"
#include "results/store/connection.hpp"
#include "results/store/sqlite_error.hpp"

namespace rnnbench {
namespace {

class LabelWriter {
 public:
  LabelWriter(SQLite::Database& database, const std::filesystem::path& path)
      : path_(path),
        find_(database, "SELECT note FROM runs WHERE id = ?"),
        add_(database, "INSERT INTO run_tags VALUES (?, ?) ON CONFLICT DO NOTHING"),
        remove_(database, "DELETE FROM run_tags WHERE run_id = ? AND tag = ?"),
        annotate_(database, "UPDATE runs SET note = ? WHERE id = ?"),
        of_experiment_(database,
                       "SELECT 1 FROM experiment_tags JOIN runs USING (experiment_id) WHERE runs.id = ? "
                       "AND tag = ?") {}

  /// Whether the run's labels are others now.
  bool change(RunId run, const LabelChanges& changes) {
    const std::string note = note_of(run);
    bool changed = false;
    for (const std::string& tag : changes.added) changed = execute(add_, run, tag) || changed;
    for (const std::string& tag : changes.removed) {
      const bool had_it = execute(remove_, run, tag);
      changed = changed || had_it;
      if (had_it) removed_.insert(tag);
    }
    if (changes.note && *changes.note != note) changed = execute(annotate_, *changes.note, run) || changed;
    return changed;
  }

  /// Refuses a tag that was on none of the runs: it is mistyped.
  void require_removed(const std::vector<RunId>& runs, const std::vector<std::string>& tags) {
    for (const std::string& tag : tags) {
      if (removed_.contains(tag)) continue;
      const bool is_experiments = std::any_of(runs.begin(), runs.end(), [&](RunId run) {
        of_experiment_.reset();
        SQLite::bind(of_experiment_, run, tag);
        return of_experiment_.executeStep();
      });
      of_experiment_.reset();
      throw ConfigError(
          fmt::format("none of the runs has the tag '{}' to remove{}", tag,
                      is_experiments ? "; it is one of the experiment, whose tags are in its file" : ""));
    }
  }

 private:
  std::string note_of(RunId run) {
    find_.reset();
    find_.bind(1, run);
    if (!find_.executeStep()) {
      throw ConfigError(fmt::format("no run {} in {}; `rnnbench list` shows them", run, path_.string()));
    }
    std::string note = find_.getColumn(0).getString();
    find_.reset();
    return note;
  }

  template <typename... Values>
  static bool execute(SQLite::Statement& statement, const Values&... values) {
    SQLite::bind(statement, values...);
    const int rows = statement.exec();
    statement.reset();
    return rows > 0;
  }

  const std::filesystem::path& path_;
  SQLite::Statement find_;
  SQLite::Statement add_;
  SQLite::Statement remove_;
  SQLite::Statement annotate_;
  SQLite::Statement of_experiment_;
  std::set<std::string> removed_;
};

}  // namespace

std::size_t change_labels(const std::filesystem::path& database, const std::vector<RunId>& runs,
                          const LabelChanges& changes) {
  Connection connection = open_existing_for_writing(database);
  return with_store_errors(connection.path, [&] {
    SQLite::Transaction transaction(connection.database, SQLite::TransactionBehavior::IMMEDIATE);
    std::size_t changed = 0;
    {
      LabelWriter writer(connection.database, connection.path);
      for (const RunId run : runs) changed += writer.change(run, changes) ? 1 : 0;
      writer.require_removed(runs, changes.removed);
    }
    transaction.commit();
    return changed;
  });
}

}  // namespace rnnbench
