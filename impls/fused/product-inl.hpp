// Products with packed panels, for one instruction set. Included by kernels.cpp once for each.
#if defined(RNNBENCH_FUSED_PRODUCT_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef RNNBENCH_FUSED_PRODUCT_INL
#undef RNNBENCH_FUSED_PRODUCT_INL
#else
#define RNNBENCH_FUSED_PRODUCT_INL
#endif

#include <hwy/cache_control.h>
#include <hwy/highway.h>

#include <algorithm>
#include <utility>

#include "impls/fused/kernels.hpp"
#include "impls/fused/packing.hpp"

HWY_BEFORE_NAMESPACE();
namespace rnnbench::fused::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;
using Floats = hn::ScalableTag<Real>;
using Vector = hn::Vec<Floats>;
constexpr int kLanes = static_cast<int>(HWY_LANES(Real));

// Rows of a tile: accumulators, a panel's vectors and a factor fit into the registers.
#if HWY_TARGET == HWY_AVX3 || HWY_TARGET == HWY_NEON
constexpr int kTileRows[kPanelVectors + 1] = {0, 6, 6, 6, 6};
#else
constexpr int kTileRows[kPanelVectors + 1] = {0, 4, 4, 3, 3};
#endif

// Sums of a tile that are fewer leave the units that add waiting for them.
constexpr int kFewSums = 4;

/// Accumulators of M rows and N vectors.
template <int M, int N>
struct Tile {
  Vector sum[M][N];
};

HWY_INLINE const Real* row_of(const Rows& rows, int row) {
  const std::int64_t place = rows.index == nullptr ? row : rows.index[row];
  return rows.data + place * rows.stride;
}

template <int M, int N>
HWY_INLINE void begin_tile(const Product& product, int row, int panel, Tile<M, N>& tile) {
  const Floats d;
  if (product.start.data == nullptr) {
#pragma GCC unroll 16
    for (int m = 0; m < M; ++m) {
#pragma GCC unroll 4
      for (int n = 0; n < N; ++n) tile.sum[m][n] = hn::Zero(d);
    }
    return;
  }
#pragma GCC unroll 16
  for (int m = 0; m < M; ++m) {
    const Real* start = row_of(product.start, row + m) + panel * kPanelVectors * kLanes;
#pragma GCC unroll 4
    for (int n = 0; n < N; ++n) tile.sum[m][n] = hn::LoadU(d, start + n * kLanes);
  }
}

/// Adds factor k of the rows times `b`, row k of a panel.
template <int M, int N>
HWY_INLINE void add_factors(const Real* const* left, int k, const Vector* b, Tile<M, N>& tile) {
  const Floats d;
#pragma GCC unroll 16
  for (int m = 0; m < M; ++m) {
    const Vector a = hn::Set(d, left[m][k]);
#pragma GCC unroll 4
    for (int n = 0; n < N; ++n) tile.sum[m][n] = hn::MulAdd(a, b[n], tile.sum[m][n]);
  }
}

/// A panel of an operand, row by row.
template <int N>
struct PanelRows {
  static constexpr bool kInTwos = false;
  const Real* next;

  PanelRows(const Operand& operand, int panel)
      : next(operand.panels + static_cast<std::int64_t>(panel) * kPanelVectors * kLanes * operand.depth) {}

  HWY_INLINE void load(Vector* b) {
    const Floats d;
#pragma GCC unroll 4
    for (int n = 0; n < N; ++n) b[n] = hn::LoadU(d, next + n * kLanes);
    next += N * kLanes;
  }
  HWY_INLINE void load_two(Vector* even, Vector* odd) {
    load(even);
    load(odd);
  }
};

#ifndef RNNBENCH_FUSED_DOUBLE
/// The same of an operand in bfloat16, the upper 16 bits of a float. Rows come in twos; the last may be
/// alone.
template <int N>
struct PairRows {
  static constexpr bool kInTwos = true;
  const std::uint32_t* next;

  PairRows(const Operand& operand, int panel)
      : next(operand.pairs + pairs_size(operand.depth, panel * kPanelVectors * kLanes)) {}

  HWY_INLINE void load(Vector* even) {
    Vector odd[N];
    load_two(even, odd);
  }
  HWY_INLINE void load_two(Vector* even, Vector* odd) {
    const Floats d;
    const hn::RebindToUnsigned<Floats> du;
#pragma GCC unroll 4
    for (int n = 0; n < N; ++n) {
      const auto pair = hn::LoadU(du, next + n * kLanes);
      even[n] = hn::BitCast(d, hn::ShiftLeft<16>(pair));
      odd[n] = hn::BitCast(d, hn::And(pair, hn::Set(du, 0xFFFF0000U)));
    }
    next += N * kLanes;
  }
};
#endif

/// tile += rows · panel.
template <int M, int N, typename Panel>
HWY_INLINE void add_panel(const Real* const* left, int depth, Panel panel, bool alike, Tile<M, N>& tile) {
  const Floats d;
  Tile<M, N> local = tile;
  Vector b[N], c[N];
  int k = 0;
  if constexpr (M * N <= kFewSums) {
    // Each sum waits for the one before: odd factors have sums of their own.
    Tile<M, N> odd;
#pragma GCC unroll 16
    for (int m = 0; m < M; ++m) {
#pragma GCC unroll 4
      for (int n = 0; n < N; ++n) odd.sum[m][n] = hn::Zero(d);
    }
    for (; k + 2 <= depth && !alike; k += 2) {
      panel.load_two(b, c);
      add_factors(left, k, b, local);
      add_factors(left, k + 1, c, odd);
    }
#pragma GCC unroll 16
    for (int m = 0; m < M; ++m) {
#pragma GCC unroll 4
      for (int n = 0; n < N; ++n) local.sum[m][n] = hn::Add(local.sum[m][n], odd.sum[m][n]);
    }
  }
  if constexpr (Panel::kInTwos) {
    for (; k + 2 <= depth; k += 2) {
      panel.load_two(b, c);
      add_factors(left, k, b, local);
      add_factors(left, k + 1, c, local);
    }
  }
  for (; k < depth; ++k) {
    panel.load(b);
    add_factors(left, k, b, local);
  }
  tile = local;
}

template <int M, int N>
HWY_INLINE void add_operand(const Operand& operand, int row, int panel, bool alike, Tile<M, N>& tile) {
  const Real* left[M];
#pragma GCC unroll 16
  for (int m = 0; m < M; ++m) left[m] = row_of(operand.rows, row + m);
#ifndef RNNBENCH_FUSED_DOUBLE
  if (operand.pairs != nullptr)
    return add_panel(left, operand.depth, PairRows<N>(operand, panel), alike, tile);
#endif
  add_panel(left, operand.depth, PanelRows<N>(operand, panel), alike, tile);
}

/// Asks for what the next tile begins with, where rows are looked up all over a table.
template <int M, int N>
HWY_INLINE void fetch_start(const Product& product, int row, int panel) {
  if (product.start.index == nullptr) return;
  int next = row + M;
  if (next >= product.rows) {
    next = 0;
    panel += product.homeward ? -1 : 1;
    if (panel < 0 || (panel + 1) * kPanelVectors > product.vectors) return;
  }
  for (const int end = std::min(next + M, product.rows); next < end; ++next) {
    const Real* start = row_of(product.start, next) + panel * kPanelVectors * kLanes;
#pragma GCC unroll 4
    for (int n = 0; n < N; ++n) hwy::Prefetch(start + n * kLanes);
  }
}

template <int M, int N, typename End>
HWY_INLINE void one_tile(const Product& product, int row, int panel, const End& end) {
  Tile<M, N> tile;
  begin_tile(product, row, panel, tile);
  fetch_start<M, N>(product, row, panel);
  for (int i = 0; i < product.operand_count; ++i)
    add_operand(product.operands[i], row, panel, product.alike, tile);
  end.template operator()<M, N>(row, panel, tile);
}

/// A tile of `rows` rows, at most M: the template for as many.
template <int M, int N, typename End>
HWY_INLINE void tile_of(int rows, const Product& product, int row, int panel, const End& end) {
  if constexpr (M > 0) {
    if (rows == M) {
      one_tile<M, N>(product, row, panel, end);
    } else {
      tile_of<M - 1, N>(rows, product, row, panel, end);
    }
  }
}

template <int N, typename End>
HWY_INLINE void panel_of(const Product& product, int panel, const End& end) {
  constexpr int kMost = kTileRows[N];
  // Tiles as equal as can be: the last one is not left with a row.
  const int tiles = (product.rows + kMost - 1) / kMost;
  int row = 0;
  for (int tile = 0; tile < tiles; ++tile) {
    const int rows = (product.rows - row) / (tiles - tile);
    tile_of<kMost, N>(rows, product, row, panel, end);
    row += rows;
  }
}

/// Calls `use` for each panel of a product in its order.
template <typename Use>
HWY_INLINE void for_each_panel(const Product& product, const Use& use) {
  const int panels = (product.vectors + kPanelVectors - 1) / kPanelVectors;
  for (int i = 0; i < panels; ++i) use(product.homeward ? panels - 1 - i : i);
}

/// Computes a product and gives each tile to `end`, a functor template on the tile's size.
template <typename End>
HWY_INLINE void for_each_tile(const Product& product, const End& end) {
  for_each_panel(product, [&](int panel) HWY_ATTR {
    switch (product.vectors - panel * kPanelVectors) {
      case 3:
        return panel_of<3>(product, panel, end);
      case 2:
        return panel_of<2>(product, panel, end);
      case 1:
        return panel_of<1>(product, panel, end);
      default:
        return panel_of<kPanelVectors>(product, panel, end);
    }
  });
}

struct StoreTile {
  Real* out;
  std::int64_t stride;

  template <int M, int N>
  HWY_INLINE void operator()(int row, int panel, const Tile<M, N>& tile) const {
    const Floats d;
#pragma GCC unroll 16
    for (int m = 0; m < M; ++m) {
      Real* to = out + (row + m) * stride + panel * kPanelVectors * kLanes;
#pragma GCC unroll 4
      for (int n = 0; n < N; ++n) hn::StoreU(tile.sum[m][n], d, to + n * kLanes);
    }
  }
};

void product(const Product& product, Real* out, std::int64_t stride) {
  for_each_tile(product, StoreTile{out, stride});
}

template <int M, int N>
HWY_INLINE void outer_tile(const Outer& outer, int k, int panel, Real* panels) {
  const Floats d;
  Tile<M, N> tile;
#pragma GCC unroll 16
  for (int m = 0; m < M; ++m) {
#pragma GCC unroll 4
    for (int n = 0; n < N; ++n) tile.sum[m][n] = hn::LoadU(d, panels + (m * N + n) * kLanes);
  }
  const std::int64_t width = static_cast<std::int64_t>(outer.vectors) * kLanes;
  const Real* right = outer.right + panel * kPanelVectors * kLanes;
  for (int r = 0; r < outer.rows; ++r, right += width) {
    const Real* left = row_of(outer.left, r) + k;
    Vector b[N];
#pragma GCC unroll 4
    for (int n = 0; n < N; ++n) b[n] = hn::LoadU(d, right + n * kLanes);
#pragma GCC unroll 16
    for (int m = 0; m < M; ++m) {
      const Vector a = hn::Set(d, left[m]);
#pragma GCC unroll 4
      for (int n = 0; n < N; ++n) tile.sum[m][n] = hn::MulAdd(a, b[n], tile.sum[m][n]);
    }
  }
#pragma GCC unroll 16
  for (int m = 0; m < M; ++m) {
#pragma GCC unroll 4
    for (int n = 0; n < N; ++n) hn::StoreU(tile.sum[m][n], d, panels + (m * N + n) * kLanes);
  }
}

template <int M, int N>
HWY_INLINE void outer_tile_of(int rows, const Outer& outer, int k, int panel, Real* panels) {
  if constexpr (M > 0) {
    if (rows == M) {
      outer_tile<M, N>(outer, k, panel, panels);
    } else {
      outer_tile_of<M - 1, N>(rows, outer, k, panel, panels);
    }
  }
}

template <int N>
HWY_INLINE void outer_panel(const Outer& outer, int panel) {
  Real* panels = outer.panels + static_cast<std::int64_t>(panel) * kPanelVectors * kLanes * outer.depth;
  constexpr int kMost = kTileRows[N];
  const int tiles = (outer.depth + kMost - 1) / kMost;
  int k = 0;
  for (int tile = 0; tile < tiles; ++tile) {
    const int rows = (outer.depth - k) / (tiles - tile);
    outer_tile_of<kMost, N>(rows, outer, k, panel, panels + static_cast<std::int64_t>(k) * N * kLanes);
    k += rows;
  }
}

void outer(const Outer& outer) {
  const int whole = outer.vectors / kPanelVectors;
  for (int panel = 0; panel < whole; ++panel) outer_panel<kPanelVectors>(outer, panel);
  switch (outer.vectors % kPanelVectors) {
    case 3:
      outer_panel<3>(outer, whole);
      break;
    case 2:
      outer_panel<2>(outer, whole);
      break;
    case 1:
      outer_panel<1>(outer, whole);
      break;
    default:
      break;
  }
}

}  // namespace rnnbench::fused::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
