#pragma once

#include <cstdint>
#include <vector>

#include "harness/core/parity_seeds.hpp"
#include "harness/parity/check_parity.hpp"

namespace rnnbench {

/// A quick training with several seeds.
struct SeedsRequest {
  std::vector<std::uint64_t> seeds;  ///< two or more, distinct
  int epochs = 1;
  double margin = 1;  ///< of equivalence, in percentage points; to be fixed before the runs
};

/// For each seed both engines start from the same initial parameters and train by themselves on all training
/// reviews of `data`, in the same batches of the model's own training settings, at the constant learning rate
/// those begin with, to the last epoch (a loss that isn't finite ends it, as in a run). They draw the same
/// dropout masks, so that dropout makes no difference between them. Then the accuracies on the test reviews
/// are compared by the paired two one-sided tests. `request` gives model, training, engines and precision;
/// its batch, stride and seed don't count. `data` has test reviews. Throws EngineError, Interrupted.
ParitySeeds check_seeds(const ParityRequest& request, const SeedsRequest& seeds, const EncodedData& data,
                        const ParityServices& services);

}  // namespace rnnbench
