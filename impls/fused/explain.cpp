#include "impls/fused/explain.hpp"

#include "harness/model/arithmetic.hpp"
#include "impls/fused/idle_rows.hpp"
#include "impls/fused/real.hpp"

namespace rnnbench::fused {
namespace {

/// Of one slot, forward: operations of the products, numbers that are kept.
struct SlotWork {
  double words = 0;  ///< of the first layer's input
  double rest = 0;   ///< of all other products
  double kept = 0;   ///< gates and states
  double projected = 0;
};

SlotWork slot_work(const ModelSpec& spec) {
  SlotWork work;
  double features = spec.embedding.size;
  for (std::size_t i = 0; i < spec.layers.size(); ++i) {
    const LayerSpec& layer = spec.layers[i];
    const double directions = layer.bidirectional ? 2 : 1, gates = gate_count(layer.cell);
    const double units = layer.units * directions;
    (i == 0 ? work.words : work.rest) += 2 * gates * features * units;
    work.rest += 2 * gates * layer.units * units;
    if (i == 0) work.projected = gates * units;
    // Gates but a simple cell's; output, the state that the next step begins with, and a cell's memory.
    work.kept += units * (layer.cell == Cell::kRnn ? 2 : gates + 3);
    features = units;
  }
  return work;
}

}  // namespace

StepExplanation explain(const ModelSpec& spec, const Batch& batch, const BatchPlan& plan, bool words,
                        std::int64_t weights, std::int64_t idle) {
  const SlotWork slot = slot_work(spec);
  const double slots = static_cast<double>(batch.time) * batch.reviews, rows = plan.rows;
  const double products = words ? static_cast<double>(plan.words.size()) : rows;
  const double dense = prediction_operations(spec, batch.reviews, /*length=*/0);
  const double word_bytes = sizeof(Real) * products * (spec.embedding.size + slot.projected);
  const double row_bytes = sizeof(Real) * rows * slot.kept;
  const double back = spec.embedding.trainable ? 2 : 1;  // by the weights, and by the words
  StepExplanation explanation;
  explanation.written = step_operations(spec, batch.reviews, batch.time);
  explanation.shortcuts = {
      {plan.walked == Walked::kWords ? "masks" : "padding", "slots walked", rows, slots,
       (slots - rows) * ((1 + back) * slot.words + 3 * slot.rest)},
      {"words", "words' products made", products, rows, (1 + back) * (rows - products) * slot.words}};
  if (!spec.embedding.trainable) {
    explanation.shortcuts.push_back({"frozen words", "slots' gradients taken", 0, slots, slots * slot.words});
  }
  explanation.phases = {
      {"words", products * slot.words, word_bytes},
      {"forward", rows * slot.rest + dense, row_bytes + sizeof(Real) * rows * slot.projected},
      {"backward", rows * slot.rest + dense, 2 * row_bytes},
      {"gradients", rows * slot.rest + dense, row_bytes},
      {"words, back", back * products * slot.words, word_bytes + sizeof(Real) * rows * slot.projected},
      // Weight, gradient and two moments are read, all but the gradient written; late without the gradient.
      {"optimizer", 0,
       sizeof(Real) * (7.0 * static_cast<double>(weights - idle) +
                       6.0 / IdleRows::kMostBehind * static_cast<double>(idle))}};
  return explanation;
}

}  // namespace rnnbench::fused
