#include "results/store/merge.hpp"

#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>

#include "harness/core/error.hpp"
#include "results/store/connection.hpp"
#include "results/store/merge_runs.hpp"
#include "results/store/merge_shared.hpp"
#include "results/store/sqlite_error.hpp"
#include "results/store/statement_cache.hpp"
#include "results/store/write_scope.hpp"

namespace rnnbench {
namespace fs = std::filesystem;
namespace {

/// Before anything is added: what is merged by number must be there.
void require_references(Connection& source) {
  constexpr const char* kReferences[][3] = {
      {"runs", "experiment_id", "experiments"},    {"runs", "trial_id", "trials"},
      {"runs", "environment_id", "environments"},  {"resumes", "environment_id", "environments"},
      {"experiment_trials", "trial_id", "trials"}, {"parity_records", "environment_id", "environments"},
  };
  for (const auto& [table, column, parent] : kReferences) {
    SQLite::Statement lost(
        source.database,
        fmt::format("SELECT 1 FROM {} WHERE {} NOT IN (SELECT id FROM {})", table, column, parent));
    if (!lost.executeStep()) continue;
    throw StoreError(
        fmt::format("{} is damaged: rows of {} refer to none of {}; `rnnbench check --db {}` says "
                    "how to save what is sound",
                    source.path.string(), table, parent, source.path.string()));
  }
}

}  // namespace

MergeReport merge_database(const fs::path& source, const fs::path& target) {
  std::error_code missing;
  if (fs::equivalent(source, target, missing)) {
    throw ConfigError(fmt::format("{} can't be merged into itself", source.string()));
  }
  Connection from = open_for_reading(source);
  Connection to = open_for_writing(target);
  MergeReport report;
  with_store_errors(fmt::format("{} into {}", from.path.string(), to.path.string()), [&] {
    from.database.exec("BEGIN");  // all of it as it is now
    require_references(from);
    StatementCache statements(to.database);
    WriteScope scope(statements, WriteScope::Kind::kTransaction);
    const SharedIds ids = merge_shared(from.database, to.database, report);
    merge_parity(from.database, to.database, ids, report);
    scope.commit();
    merge_runs(from, to, ids, report);
  });
  return report;
}

}  // namespace rnnbench
