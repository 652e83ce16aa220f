#include "results/store/merge.hpp"

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
