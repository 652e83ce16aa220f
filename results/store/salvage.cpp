#include "results/store/salvage.hpp"

#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>

#include <array>
#include <utility>

#include "results/store/connection.hpp"
#include "results/store/new_file.hpp"
#include "results/store/salvage_table.hpp"
#include "results/store/schema.hpp"
#include "results/store/sqlite_error.hpp"

namespace rnnbench {
namespace fs = std::filesystem;
namespace {

/// Each table after those that it refers to, with the one whose number comes first in its key.
constexpr std::array<std::pair<const char*, const char*>, 19> kTables{
    {{"experiments", ""},
     {"trials", ""},
     {"environments", ""},
     {"review_sets", ""},
     {"review_facts", ""},
     {"runs", ""},
     {"parity_records", ""},
     {"experiment_trials", "experiments"},
     {"experiment_tags", "experiments"},
     {"run_tags", "runs"},
     {"metrics", "runs"},
     {"timings", "runs"},
     {"predictions", "runs"},
     {"artifacts", "runs"},
     {"checkpoints", "runs"},
     {"resumes", "runs"},
     {"parity_errors", "parity_records"},
     {"parity_seeds", "parity_records"},
     {"parity_equivalences", "parity_records"}}};

}  // namespace

std::vector<SalvagedTable> salvage(const fs::path& path, const fs::path& output) {
  Connection damaged = open_as_it_is(path);
  NewFile file(output);
  std::vector<SalvagedTable> tables;
  with_store_errors(fmt::format("{} into {}", path.string(), output.string()), [&] {
    const int schema = schema_version(damaged.database, path);
    damaged.database.exec("PRAGMA cell_size_check = ON");  // finds more of what is no row
    SQLite::Database target(file.part().string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    migrate(target, output, schema);
    target.exec("PRAGMA foreign_keys = ON; BEGIN");
    for (const auto& [table, parent] : kTables) {
      if (!target.tableExists(table)) continue;  // of a later schema
      tables.push_back(salvage_table(damaged.database, target, table, parent));
    }
    target.exec("COMMIT");
    migrate(target, output);
  });
  file.publish();
  return tables;
}

}  // namespace rnnbench
