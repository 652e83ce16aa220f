#pragma once

#include <string>

#include "harness/core/parity_record.hpp"

namespace rnnbench {

/// The errors of a parity check for people: of each group and quantity the one that is nearest to its bound
/// (or furthest beyond), and below them each that failed, at most 20.
std::string parity_table(const ParityRecord& record);

}  // namespace rnnbench
