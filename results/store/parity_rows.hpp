#pragma once

#include <cstdint>

#include "harness/core/parity_record.hpp"

namespace SQLite {
class Database;
}

namespace rnnbench {

/// Writes a parity record with its errors inside the caller's transaction; returns its id. Throws
/// SQLite::Exception.
std::int64_t add_parity_record(SQLite::Database& database, const ParityRecord& record);

}  // namespace rnnbench
