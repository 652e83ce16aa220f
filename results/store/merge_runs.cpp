#include "results/store/merge_runs.hpp"

#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/VariadicBind.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "results/store/connection.hpp"
#include "results/store/merge_files.hpp"
#include "results/store/row_copy.hpp"
#include "results/store/run_content.hpp"
#include "results/store/statement_cache.hpp"
#include "results/store/write_scope.hpp"

namespace rnnbench {
namespace {

/// Short, so that other writers of the target come in between.
constexpr std::size_t kRunsATransaction = 50;

/// A run of the source.
struct SourceRun {
  std::int64_t id;
  std::string uid, status, note;
};

std::vector<SourceRun> runs_of(SQLite::Database& source) {
  SQLite::Statement select(source, "SELECT id, uid, status, note FROM runs ORDER BY id");
  std::vector<SourceRun> runs;
  while (select.executeStep()) {
    runs.push_back({select.getColumn(0).getInt64(), select.getColumn(1).getString(),
                    select.getColumn(2).getString(), select.getColumn(3).getString()});
  }
  return runs;
}

/// Why runs of the source can't be added: what they refer to has other content in the target under its key.
std::map<std::int64_t, const char*> unfit_runs(SQLite::Database& source, const SharedIds& ids) {
  std::map<std::int64_t, const char*> unfit;
  SQLite::Statement runs(source,
                         "SELECT id, environment_id, trial_id FROM runs UNION ALL "
                         "SELECT run_id, environment_id, NULL FROM resumes");
  while (runs.executeStep()) {
    const std::int64_t run = runs.getColumn(0).getInt64();
    if (!ids.environments.contains(runs.getColumn(1).getInt64())) unfit[run] = "environment";
    if (!runs.isColumnNull(2) && !ids.trials.contains(runs.getColumn(2).getInt64())) unfit[run] = "trial";
  }
  if (ids.other_reviews.empty()) return unfit;
  SQLite::Statement predictions(source, "SELECT DISTINCT run_id, reviews FROM predictions");
  while (predictions.executeStep()) {
    if (ids.other_reviews.contains(predictions.getColumn(1).getString()))
      unfit[predictions.getColumn(0).getInt64()] = "set of reviews";
  }
  return unfit;
}

class RunMerge {
 public:
  RunMerge(Connection& source, Connection& target, const SharedIds& ids, MergeReport& report)
      : source_(source),
        target_(target),
        report_(report),
        unfit_(unfit_runs(source.database, ids)),
        there_(source.database),
        here_(target.database),
        files_(source.database,
               "SELECT kind, path, sha256 FROM artifacts WHERE run_id = ?1 UNION ALL "
               "SELECT 'checkpoint', path, sha256 FROM checkpoints WHERE run_id = ?1"),
        find_(target.database, "SELECT id, note FROM runs WHERE uid = ?"),
        forget_(target.database, "DELETE FROM runs WHERE id = ?"),
        annotate_(target.database, "UPDATE runs SET note = ? WHERE id = ?"),
        tag_(target.database, "INSERT OR IGNORE INTO run_tags VALUES (?, ?)"),
        row_(source.database, target.database, "runs", columns_but_id(target.database), "WHERE id = ?",
             {{"experiment_id", mapped(ids.experiments)},
              {"trial_id", mapped(ids.trials)},
              {"environment_id", mapped(ids.environments)}}),
        tags_(parts("run_tags", ids, "INSERT OR IGNORE")) {
    for (const char* table : {"metrics", "timings", "predictions", "artifacts", "checkpoints", "resumes"}) {
      parts_.push_back(parts(table, ids, "INSERT"));
    }
  }

  /// Before the transaction, since files may be large.
  void copy_files(const SourceRun& run) {
    files_.bind(1, run.id);
    auto& paths = paths_[run.id];
    while (files_.executeStep()) {
      const std::string path = files_.getColumn(1).getString();
      if (paths.contains(path)) continue;  // the best weights may be the last ones
      paths[path] = merge_file(source_.path, target_.path, run.uid, files_.getColumn(0).getString(),
                               {path, files_.getColumn(2).getString()}, report_);
    }
    files_.reset();
  }

  /// Whether the run is to be written, all of it.
  bool is_wanted(const SourceRun& run) {
    if (unfit_.contains(run.id)) return false;
    const auto [id, note] = find(run);
    return id == 0 || continues(here_.read(id), there_.read(run.id));
  }

  void merge(const SourceRun& run) {
    if (const auto why = unfit_.find(run.id); why != unfit_.end()) {
      ++report_.differing;
      report_.conflicts.push_back(fmt::format(
          "run {} of the source is left out: its {} has other content here", run.id, why->second));
      return;
    }
    const auto [id, note] = find(run);
    if (id == 0) {
      add(run);
      ++report_.added;
      return;
    }
    const RunContent here = here_.read(id), there = there_.read(run.id);
    if (continues(here, there)) {
      const std::vector<std::string> tags = tags_of(id);
      forget_.bind(1, id);
      forget_.exec();
      forget_.reset();
      add(run);
      for (const std::string& tag : tags) {
        SQLite::bind(tag_, added_, tag);
        tag_.exec();
        tag_.reset();
      }
      set_note(added_, merged_note(fmt::format("run {}", added_), run.note, note, report_), run.note);
      ++report_.completed;
      return;
    }
    if (here == there || continues(there, here)) {
      ++report_.known;
    } else {
      ++report_.differing;
      report_.conflicts.push_back(
          fmt::format("run {} (run {} of the source): {} here, {} there, with other content", id, run.id,
                      here.status, there.status));
    }
    add_annotations(run, id, note);
  }

 private:
  static std::vector<std::string> columns_but_id(SQLite::Database& database) {
    std::vector<std::string> columns = columns_of(database, "runs");
    columns.erase(std::find(columns.begin(), columns.end(), "id"));
    return columns;
  }
  static RowCopy::Change mapped(const IdMap& ids) {
    return [&ids](SQLite::Statement& to, int index, const SQLite::Column& from) {
      to.bind(index, ids.at(from.getInt64()));
    };
  }

  RowCopy parts(const std::string& table, const SharedIds& ids, const std::string& verb) {
    const auto renumbered = [this](SQLite::Statement& to, int index, const SQLite::Column&) {
      to.bind(index, added_);
    };
    const auto moved = [this](SQLite::Statement& to, int index, const SQLite::Column& from) {
      to.bind(index, paths_.at(source_run_).at(from.getString()));
    };
    return {source_.database,
            target_.database,
            table,
            columns_of(target_.database, table),
            "WHERE run_id = ?",
            {{"run_id", renumbered}, {"path", moved}, {"environment_id", mapped(ids.environments)}},
            verb};
  }

  std::pair<std::int64_t, std::string> find(const SourceRun& run) {
    find_.bind(1, run.uid);
    std::pair<std::int64_t, std::string> found;
    if (find_.executeStep()) found = {find_.getColumn(0).getInt64(), find_.getColumn(1).getString()};
    find_.reset();
    return found;
  }

  void add(const SourceRun& run) {
    if (!paths_.contains(run.id)) copy_files(run);  // another process changed the target meanwhile
    row_.copy(run.id);
    added_ = target_.database.getLastInsertRowid();
    source_run_ = run.id;
    for (RowCopy& part : parts_) part.copy(run.id);
    tags_.copy(run.id);
  }

  void add_annotations(const SourceRun& run, std::int64_t id, const std::string& note) {
    added_ = id;
    tags_.copy(run.id);
    set_note(id, merged_note(fmt::format("run {}", id), note, run.note, report_), note);
  }

  std::vector<std::string> tags_of(std::int64_t id) {
    SQLite::Statement select(target_.database, "SELECT tag FROM run_tags WHERE run_id = ?");
    select.bind(1, id);
    std::vector<std::string> tags;
    while (select.executeStep()) tags.push_back(select.getColumn(0).getString());
    return tags;
  }

  void set_note(std::int64_t id, const std::string& note, const std::string& before) {
    if (note == before) return;
    SQLite::bind(annotate_, note, id);
    annotate_.exec();
    annotate_.reset();
  }

  Connection& source_;
  Connection& target_;
  MergeReport& report_;
  std::map<std::int64_t, const char*> unfit_;  ///< runs of the source, and what of theirs is
  RunContentReader there_, here_;
  SQLite::Statement files_, find_, forget_, annotate_, tag_;
  RowCopy row_;
  RowCopy tags_;
  std::vector<RowCopy> parts_;
  std::map<std::int64_t, std::map<std::string, std::string>> paths_;  // new by old ones, by run of the source
  std::int64_t added_ = 0;                                            // the run's number in the target
  std::int64_t source_run_ = 0;
};

}  // namespace

void merge_runs(Connection& source, Connection& target, const SharedIds& ids, MergeReport& report) {
  RunMerge merge(source, target, ids, report);
  StatementCache statements(target.database);
  std::vector<SourceRun> runs = runs_of(source.database);
  const auto over = std::stable_partition(runs.begin(), runs.end(),
                                          [](const SourceRun& run) { return run.status != "running"; });
  report.running += static_cast<int>(runs.end() - over);
  runs.erase(over, runs.end());
  for (std::size_t begin = 0; begin < runs.size(); begin += kRunsATransaction) {
    const std::size_t end = std::min(begin + kRunsATransaction, runs.size());
    for (std::size_t i = begin; i < end; ++i) {
      if (merge.is_wanted(runs[i])) merge.copy_files(runs[i]);
    }
    WriteScope scope(statements, WriteScope::Kind::kTransaction);
    for (std::size_t i = begin; i < end; ++i) merge.merge(runs[i]);
    scope.commit();
  }
}

}  // namespace rnnbench
