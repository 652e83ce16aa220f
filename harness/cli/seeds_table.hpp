#pragma once

#include <string>

#include "harness/core/parity_record.hpp"
#include "harness/core/parity_seeds.hpp"

namespace rnnbench {

/// "1 point", "0.5 points".
std::string points_text(double points);

/// What several seeds showed, for people: accuracies by seed, mean difference with its interval, the verdict,
/// and what to do or to doubt about it. `record` names the engines.
std::string seeds_table(const ParityRecord& record, const ParitySeeds& seeds);

}  // namespace rnnbench
