#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harness/core/records.hpp"
#include "harness/data/encoded_data.hpp"
#include "harness/model/engine.hpp"

namespace rnnbench {

/// Which of a layer's units tell nothing any more, as fractions of its units, measured on a probe of reviews.
/// Only slots within a review's length count.
struct UnitShares {
  std::string layer;  ///< "layers.I" or "dense.I"
  /// Units whose output varies by less than 1e-6 over the probe; among them a relu that is 0 everywhere.
  double dead = 0;
  /// Units whose output is beyond ±0.99 in at least 99 % of the slots. Nothing where outputs have no bound
  /// (relu, none).
  std::optional<double> saturated;
};

/// `activations` are what Engine::activations gives for `probe`; a layer without them, or a probe without a
/// slot, gives no shares.
std::vector<UnitShares> unit_shares(const Parameters& activations, const ModelSpec& model,
                                    const Batch& probe);

/// The shares as metrics "dead_units/LAYER" and "saturated_units/LAYER" of the split "train". The probe is
/// the first 64 training reviews, in the data's order, so that epochs and runs compare.
std::vector<MetricRecord> unit_metrics(Engine& engine, const ModelSpec& model, const EncodedData& data,
                                       int epoch);

}  // namespace rnnbench
