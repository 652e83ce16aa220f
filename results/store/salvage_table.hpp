#pragma once

#include "results/store/row_copy.hpp"
#include "results/store/salvage.hpp"

namespace SQLite {
class Database;
}

namespace rnnbench {

/// Copies what can be read of one table. `parent` is the table whose ids its first column holds, or "" where
/// it has numbers of its own.
SalvagedTable salvage_table(SQLite::Database& damaged, SQLite::Database& target, const std::string& table,
                            const std::string& parent);

}  // namespace rnnbench
