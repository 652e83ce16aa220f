#pragma once

#include <string>
#include <vector>

#include "harness/bench/bench_session.hpp"

namespace rnnbench {

/// How a comparison is recorded: a run a side, an epoch a round.

/// What a side's run says of the comparison it belongs to, a JSON object: bench.session, bench.subject,
/// bench.command, bench.parity, bench.side (its label), bench.place (from 0, the reference), bench.sides (all
/// labels), bench.tokens, bench.seconds and bench.precision (what it might take, and when it was precise
/// enough).
std::string bench_particulars(const BenchRecord& record, const BenchOptions& options,
                              const std::vector<BenchSide>& sides, std::size_t side,
                              const std::string& tokens);

/// What all training steps of a round took, those that warmed it and those with phases among them.
double train_seconds(const SideRound& round);

/// A round of a side: samples by phase, warm-up apart, the control's; memory peaks, and what the machine did.
/// Since the comparison began, its training steps took `train_seconds`, all of it `seconds`.
EpochRecord epoch_record(const BenchRound& round, std::size_t side, double train_seconds, double seconds);

}  // namespace rnnbench
