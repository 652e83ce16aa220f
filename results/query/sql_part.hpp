#pragma once

#include <string>
#include <vector>

#include "results/query/table.hpp"

namespace rnnbench {

/// A piece of an SQL statement with the values for its ?s; what a user wrote is only ever among the values.
struct SqlPart {
  std::string text;
  std::vector<TableCell> parameters = {};

  SqlPart& operator+=(const SqlPart& other) {
    text += other.text;
    parameters.insert(parameters.end(), other.parameters.begin(), other.parameters.end());
    return *this;
  }
};

}  // namespace rnnbench
