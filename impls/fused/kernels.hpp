#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "harness/model/dropout_mask.hpp"
#include "harness/model/model_spec.hpp"
#include "impls/fused/real.hpp"

namespace rnnbench::fused {

/// Vectors a panel of a packed matrix is wide, at most: the four gates of an LSTM over one vector of units.
inline constexpr int kPanelVectors = 4;

/// Rows of a matrix in memory owned elsewhere: row r begins at data + (index ? index[r] : r) · stride.
/// A stride of 0 is one row for all.
struct Rows {
  const Real* data = nullptr;
  std::int64_t stride = 0;
  const std::int32_t* index = nullptr;
};

/// Those from row `first` on.
inline Rows rows_from(const Rows& rows, int first) {
  if (rows.index != nullptr) return {rows.data, rows.stride, rows.index + first};
  return {rows.data + first * rows.stride, rows.stride, nullptr};
}

/// One factor pair of a product: rows of A [rows, depth] and a packed B [depth, columns] (see packing.hpp).
struct Operand {
  Rows rows = {};
  const Real* panels = nullptr;
  int depth = 0;
  const std::uint32_t* pairs = nullptr;  ///< B in bfloat16 instead, see pack_pairs; in single precision only
};

/// What a product begins with, and what is added: start + Σ A·B, over at most three operands. A start without
/// data is zero.
struct Product {
  int rows = 0;
  int vectors = 0;  ///< columns / lanes
  Rows start = {};
  Operand operands[3] = {};
  int operand_count = 0;
  bool alike = false;     ///< a row's bits are the same whatever rows stand beside it
  bool homeward = false;  ///< from the last panel to the first: those that the tick before left in the caches
};

/// One step of a cell for `product.rows` reviews, its product and what follows it in registers. All rows of
/// units are `units` = blocks · lanes floats wide, padding included; of gates as packing.hpp lays them.
struct CellStep {
  Product product;
  Activation activation = Activation::kTanh;  ///< of rnn
  Real* gates = nullptr;                      ///< kept for the way back, or null; not of rnn
  Real* hidden = nullptr;                     ///< h_t, or null
  const Real* memory_before = nullptr;        ///< c_{t−1} of lstm
  const Real* hidden_before = nullptr;        ///< h_{t−1} of gru, without dropout
  int going_on = 0;                           ///< the first so many rows have a next step
  Real* hidden_on = nullptr;                  ///< their h_t · mask, for the next step's product; or null
  Real* memory_on = nullptr;                  ///< their c_t
  const Real* mask = nullptr;                 ///< recurrent dropout [rows, units], or null
  Real* plain_on = nullptr;                   ///< their h_t without mask, of gru; or null
  const Real* masked_before = nullptr;        ///< h_{t−1} · mask, of gru_gates
  Real* reset = nullptr;                      ///< r h_{t−1} [rows, units], of gru_gates
  Real* candidate = nullptr;                  ///< a_n less its product [rows, units], of gru_gates
};

/// The way back through the functions of a cell: gates as kept become ∂L/∂a in place.
struct CellBack {
  int rows = 0;
  int units = 0;  ///< padded
  Activation activation = Activation::kTanh;
  Real* gates = nullptr;            ///< rnn: h_t on entry
  Real* hidden_gradient = nullptr;  ///< ∂L/∂h_t; of gru on return what goes past the product to h_{t−1}
  Real* memory_gradient = nullptr;  ///< ∂L/∂c_t on entry, ∂L/∂c_{t−1} on return
  const Real* memory_before = nullptr;  ///< c_{t−1}
  const Real* hidden_before = nullptr;  ///< h_{t−1} of gru, without dropout
  const Real* masked_before = nullptr;  ///< the same with it, of gru_reset_back
  Real* candidate = nullptr;            ///< ∂L/∂a_n [rows, units], of gru_candidate_back
  Real* reset_gradient = nullptr;  ///< ∂L/∂s on entry, its share of ∂L/∂h_{t−1} on return, of gru_reset_back
};

/// Gradient of a packed B: C += Σ_r a_rᵀ d_r, C packed [depth, vectors].
struct Outer {
  int rows = 0;
  Rows left = {};  ///< [rows, depth]
  int depth = 0;
  const Real* right = nullptr;  ///< [rows, vectors · lanes], contiguous
  int vectors = 0;
  Real* panels = nullptr;
};

/// A mask of dropout as it is drawn, a byte an element: what stays (1, else 0) is multiplied by `times`. No
/// data: no mask.
struct ByteMask {
  const std::uint8_t* stays = nullptr;
  Real times = 1;

  ByteMask from(std::int64_t element) const { return {stays == nullptr ? nullptr : stays + element, times}; }
};

/// Adam's rates of one step, as impls/eigen/optimizer.hpp has them.
struct AdamRates {
  Real scale, l2, keep, beta1_rest, square_keep, square_rest, step, root_correction, epsilon;
};

/// The kernels, compiled for each instruction set that Highway knows of this architecture.
struct Kernels {
  const char* target;  ///< Highway's name of it
  int lanes;           ///< floats in a vector
  void (*product)(const Product&, Real* out, std::int64_t stride);
  void (*rnn_step)(const CellStep&);
  void (*lstm_step)(const CellStep&);
  void (*gru_step)(const CellStep&);
  /// A GRU that resets before the product takes two products a step: of the gates r and z, with s = r
  /// h_{t−1}, then of the candidate, whose product begins with what the first left.
  void (*gru_gates)(const CellStep&);
  void (*gru_candidate)(const CellStep&);
  void (*rnn_back)(const CellBack&);
  void (*lstm_back)(const CellBack&);
  void (*gru_back)(const CellBack&);
  void (*gru_candidate_back)(const CellBack&);  ///< to ∂L/∂a_n and ∂L/∂a_z
  void (*gru_reset_back)(const CellBack&);      ///< from ∂L/∂s to ∂L/∂a_r
  void (*outer)(const Outer&);
  /// out[c] = Σ_i rows[index[i]][c], c < columns (a multiple of lanes), i < count; with `add` plus what is
  /// there.
  void (*sum_rows)(const Real* rows, std::int64_t stride, const std::int32_t* index, int count, int columns,
                   Real* out, bool add);
  void (*add)(Real* to, const Real* from, std::int64_t count);                      ///< to += from
  void (*multiply)(Real* to, const Real* by, std::int64_t count);                   ///< to *= by
  void (*add_product)(Real* to, const Real* a, const Real* b, std::int64_t count);  ///< to += a · b
  void (*mask)(Real* to, ByteMask mask, std::int64_t count);                        ///< to *= mask, or none
  void (*add_masked)(Real* to, const Real* a, ByteMask mask,
                     std::int64_t count);  ///< to += a · mask, or none
  /// most ← values · mask where that is more, no number, or nobody won before, and winner ← tick there. The
  /// mask may be none. The first of equal values wins; what is no number wins and stays.
  void (*raise_maximum)(const Real* values, ByteMask mask, Real tick, Real* most, Real* winner,
                        std::int64_t count);
  /// to += values · mask where `tick` won.
  void (*add_where_won)(const Real* values, ByteMask mask, const Real* winner, Real tick, Real* to,
                        std::int64_t count);
  /// Blocks of a mask of dropout, of kDropoutBlock elements each, from the `first` on.
  void (*draw_mask)(const DropoutRule&, std::uint64_t first, std::uint8_t* stays, std::int64_t blocks);
  /// Moves weights.
  void (*adam)(const AdamRates&, Real* weights, const Real* gradients, Real* first, Real* second,
               std::int64_t count);
  /// Moves weights whose gradient is zero, several steps one after the other.
  void (*adam_idle)(std::span<const AdamRates> steps, Real* weights, Real* first, Real* second,
                    std::int64_t count);
  double (*squared_sum)(const Real* values, std::int64_t count);
};

/// Those of the best instruction set that this processor runs, or of the one that the environment variable
/// RNNBENCH_SIMD names (e.g. AVX2). Throws EngineError where that can't be had.
const Kernels& kernels();

/// Highway's names of the instruction sets that run here, the best first.
std::vector<std::string> kernel_targets();

/// For tests: what is made from now on uses that one; "" is the best. Throws EngineError.
void use_kernels(const std::string& target);

}  // namespace rnnbench::fused
