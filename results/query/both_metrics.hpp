#pragma once

#include <string>

#include "harness/core/run_sink.hpp"
#include "results/query/database.hpp"

namespace rnnbench {

/// WITH … both AS (…): the metrics of the runs ?1 and ?2 side by side, but for what the machine did, which is
/// measured and not computed: name, split, epoch, step, unit, before, after, in_first, in_second. Where ?3 is
/// true, those that the first has nowhere are left out.
std::string with_both_metrics(const std::string& query);

/// 1 where another build made the second run, which may record metrics of which the first has none.
std::int64_t is_other_build(Database& database, RunId before, RunId after);

}  // namespace rnnbench
