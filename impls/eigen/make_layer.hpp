#pragma once

#include <memory>
#include <string>

#include "impls/eigen/bidirectional_layer.hpp"
#include "impls/eigen/cell_layer.hpp"
#include "impls/eigen/gru_cell.hpp"
#include "impls/eigen/lstm_cell.hpp"
#include "impls/eigen/rnn_cell.hpp"

namespace rnnbench::eigen {

/// One direction of layer `index`.
template <typename Scalar>
std::unique_ptr<RecurrentLayer<Scalar>> make_direction(WeightStore<Scalar>& weights, const LayerSpec& spec,
                                                       std::size_t index, bool homeward) {
  const std::string prefix = "layers." + std::to_string(index) + (homeward ? ".backward." : ".");
  switch (spec.cell) {
    case Cell::kLstm:
      return std::make_unique<CellLayer<Scalar, LstmCell>>(weights, prefix, spec, index, homeward);
    case Cell::kGru:
      return std::make_unique<CellLayer<Scalar, GruCell>>(weights, prefix, spec, index, homeward);
    case Cell::kRnn:
      break;
  }
  return std::make_unique<CellLayer<Scalar, RnnCell>>(weights, prefix, spec, index, homeward);
}

/// Layer `index` of a model.
template <typename Scalar>
std::unique_ptr<RecurrentLayer<Scalar>> make_layer(WeightStore<Scalar>& weights, const LayerSpec& spec,
                                                   std::size_t index) {
  auto onward = make_direction(weights, spec, index, /*homeward=*/false);
  if (!spec.bidirectional) return onward;
  return std::make_unique<BidirectionalLayer<Scalar>>(
      std::move(onward), make_direction(weights, spec, index, /*homeward=*/true));
}

}  // namespace rnnbench::eigen
