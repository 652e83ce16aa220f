#pragma once

#include <span>
#include <string_view>

namespace rnnbench {

/// An .sql file of the source tree, built into the program.
struct SqlFile {
  std::string_view name;  ///< without folder and extension
  std::string_view text;
};

/// results/store/migrations/*.sql: number i brings a database of schema i to schema i + 1.
std::span<const SqlFile> migrations();

}  // namespace rnnbench
