#pragma once

#include <string>
#include <vector>

#include "harness/bench/bench_session.hpp"

namespace rnnbench {

/// How a comparison is recorded: a run a side, an epoch a round.

/// What a side's run says of the comparison it belongs to, a JSON object: bench.session, bench.subject,
/// bench.check, bench.side (its label), bench.place (from 0, the reference), bench.sides (all labels),
/// bench.tokens, bench.seconds and bench.precision (what it might take, and when it was precise enough).
std::string bench_particulars(const BenchRecord& record, const BenchOptions& options,
                              const std::vector<BenchSide>& sides, std::size_t side,
                              const std::string& tokens);

/// A round of a side: samples by phase, warm-up apart, the control's; memory peaks, and what the machine did.
/// `seconds` since the comparison began.
EpochRecord epoch_record(const BenchRound& round, std::size_t side, double seconds);

}  // namespace rnnbench
