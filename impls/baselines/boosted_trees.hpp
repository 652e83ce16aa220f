#pragma once

#include <memory>

#include "harness/model/baseline.hpp"

namespace rnnbench {

/// XGBoost on the counts of ids: histograms ("hist"), log-loss, and what BoostedTreesSpec says. With a
/// patience it ends once so many rounds in a row gave no lower validation loss than the lowest before them,
/// and the trees up to that lowest one are kept; without one all are.
std::unique_ptr<Baseline> make_boosted_trees(const BaselineSetup& setup);

}  // namespace rnnbench
