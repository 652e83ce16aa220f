#pragma once

#include <cstdint>

#include "harness/core/parity_record.hpp"
#include "harness/core/parity_seeds.hpp"

namespace rnnbench {

class StatementCache;

/// Writes a parity record with its errors inside the caller's transaction; returns its id. Throws
/// SQLite::Exception.
std::int64_t add_parity_record(StatementCache& statements, const ParityRecord& record);

/// Adds what several seeds showed to a parity record, once.
void add_parity_seed_rows(StatementCache& statements, std::int64_t parity, const ParitySeeds& seeds);

}  // namespace rnnbench
