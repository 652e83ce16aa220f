#pragma once

#include "results/query/table.hpp"

namespace SQLite {
class Statement;
}

namespace rnnbench {

/// Binds a cell, which has to live until the statement was executed.
void bind_cell(SQLite::Statement& to, int index, const TableCell& cell);

}  // namespace rnnbench
