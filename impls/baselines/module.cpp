#include "impls/baselines/boosted_trees.hpp"
#include "impls/baselines/tfidf_logistic.hpp"
#include "impls/registry/baseline_module.hpp"

// What kMakeBaselineSymbol names; RNNBENCH_BASELINE is the function of this module's baseline.
extern "C" __attribute__((visibility("default"))) rnnbench::Baseline* rnnbench_make_baseline(
    const rnnbench::BaselineSetup& setup) {
  return rnnbench::RNNBENCH_BASELINE(setup).release();
}
