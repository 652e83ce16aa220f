#pragma once

#include <optional>

#include "harness/parity/check_parity.hpp"
#include "harness/parity/owned_batch.hpp"

namespace rnnbench {

/// Whether the model's gradient jumps: a maximum over time, or relu. Two time steps (or a sum and zero) that
/// differ by rounding alone then decide where a gradient goes, and single precision can't tell who is right.
bool gradient_jumps(const ModelSpec& model);

/// Loss and gradients on a batch at the state that both engines have: without dropout, or with the masks of a
/// draw. Where the model's gradient jumps, tensors beyond their bound in single precision are compared again
/// in double, to the same bound, and that decides; the finding says what the error was in single.
void check_gradients(EnginePair& pair, const ParityRequest& request, const OwnedBatch& batch, int vocabulary,
                     const std::optional<DropoutDraw>& draw, const ParityServices& services,
                     ParityFindings& findings);

}  // namespace rnnbench
