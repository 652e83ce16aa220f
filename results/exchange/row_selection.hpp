#pragma once

#include <string>
#include <vector>

#include "results/exchange/table_shapes.hpp"

namespace rnnbench {

/// The SQL condition on rows of `table` for all that chosen runs need: themselves, what is part of them, what
/// any of that refers to, and parity records on the models of their trials. ?1 is a JSON array of the runs'
/// numbers. `shapes`: all tables.
std::string rows_of_runs(const std::vector<TableShape>& shapes, const std::string& table);

}  // namespace rnnbench
