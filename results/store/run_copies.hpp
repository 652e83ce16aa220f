#pragma once

#include <string>

namespace SQLite {
class Database;
}

namespace rnnbench {

/// The columns of runs that are copies of metrics, see migration 4: what they must say, in SQL.

/// UPDATE of the run ?1.
const std::string& update_copies_sql();
/// The same after the metrics of epoch ?2 (0: none) were added: a run's other metrics needn't be read.
const std::string& follow_copies_sql();
/// SELECT of the ids of all runs whose copies say something else.
const std::string& differing_copies_sql();

/// Makes the copies again of runs whose copies differ; returns how many. Inside the caller's transaction.
int remake_copies(SQLite::Database& database);

}  // namespace rnnbench
