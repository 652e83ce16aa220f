#pragma once

#include <string>
#include <vector>

#include "results/exchange/table_shapes.hpp"

namespace rnnbench {

/// SQL for DuckDB that reads the CSV files of an export, in the current folder, and writes each as Parquet
/// beside it, with the types of the database.
std::string parquet_sql(const std::vector<TableShape>& tables);

}  // namespace rnnbench
