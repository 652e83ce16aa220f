#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "results/query/table.hpp"

namespace rnnbench {

/// One column of an order: "NAME", "NAME:asc" or "NAME:desc"; a metric's name has a colon of its own.
struct SortKey {
  std::string name;
  bool descending = false;
};

/// Reads "test_accuracy:desc,run". Throws ConfigError where a name is missing.
std::vector<SortKey> parse_sort(std::string_view sort);

/// Orders the rows; rows that are equal keep their order, missing values come last in any order, numbers
/// before texts. Throws ConfigError where the table has no such column.
void sort_table(Table& table, const std::vector<SortKey>& keys);

}  // namespace rnnbench
