#pragma once

#include <string>

#include "impls/eigen/weight_store.hpp"

namespace rnnbench::eigen {

/// One weight of a layer and its gradient, which has no rows where the weight is frozen. A bias is one row.
template <typename Scalar>
struct Weight {
  Weight(WeightStore<Scalar>& weights, const std::string& name)
      : value(weights.weight(name)), gradient(weights.gradient(name)) {}

  MatrixMap<Scalar> value;
  MatrixMap<Scalar> gradient;
};

}  // namespace rnnbench::eigen
