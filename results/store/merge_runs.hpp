#pragma once

#include "results/store/merge_shared.hpp"

namespace rnnbench {

struct Connection;
class StatementCache;

/// Adds the runs of the source, in transactions of some runs each.
void merge_runs(Connection& source, Connection& target, const SharedIds& ids, MergeReport& report);

}  // namespace rnnbench
