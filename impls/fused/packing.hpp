#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "harness/model/model_spec.hpp"
#include "impls/fused/real.hpp"

namespace rnnbench::fused {

/// How rows of gates lie, [blocks][gates][lanes]: all gates of a vector of units side by side, so that a
/// cell's update follows its product in registers. Units are padded to whole vectors; a GRU has a fourth part
/// for the recurrent share of its candidate, q. One that resets before the product has no recurrent share of
/// its candidate here: that is a product of its own, see `candidate`.
struct GateColumns {
  GateColumns(const LayerSpec& layer, int lanes);

  int padded_units = 0;
  std::vector<int> input;           ///< [width]: the row of W and b that column is made from, or −1
  std::vector<int> recurrent;       ///< [width]: of U
  std::vector<int> recurrent_bias;  ///< [width]: of b'
  std::vector<int> candidate;       ///< [padded units]: the rows U_n, of a gru that resets before

  int width() const { return static_cast<int>(input.size()); }
};

/// A row-major matrix in the weights: `rows` of it by an index (−1: zeros), columns [first, first + count).
struct Source {
  const Real* data = nullptr;
  int stride = 0;
  int first = 0;
  int count = 0;
};

/// The first multiple that is no less.
inline int up_to(int value, int multiple) { return (value + multiple - 1) / multiple * multiple; }

/// Floats of a packed matrix.
inline std::int64_t packed_size(int depth, int columns) { return static_cast<std::int64_t>(depth) * columns; }
/// Words of the same in bfloat16, see pack_pairs.
inline std::int64_t pairs_size(int depth, int columns) { return packed_size((depth + 1) / 2, columns); }

/// Packs B [source.count, columns] with B(k, c) = source(rows[c], first + k): panels of four vectors (the
/// last one may be narrower), in each depth after depth.
void pack_transposed(const Source& source, std::span<const int> rows, int lanes, Real* panels);

/// Packs B [rows.size(), columns] with B(r, c) = source(rows[r], first + c), zeros from source.count on.
void pack_rows(const Source& source, std::span<const int> rows, int columns, int lanes, Real* panels);

/// From a packed B [depth, columns] the same in bfloat16, the upper halves of its floats rounded to the
/// nearest (even of two): each word has a column's numbers at depths 2 k and 2 k + 1, the former in its lower
/// half.
/// [(depth + 1) / 2, columns], zero behind an odd depth.
void pack_pairs(const float* panels, int depth, int columns, int lanes, std::uint32_t* pairs);

/// The reverse of pack_transposed, for gradients: to(rows[c], first + k) = B(k, c).
void unpack_transposed(const Real* panels, std::span<const int> rows, int lanes, int depth, Real* to,
                       int stride, int first);

}  // namespace rnnbench::fused
