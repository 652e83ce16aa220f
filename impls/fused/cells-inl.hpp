// Steps of the cells and the ways back through them, for one instruction set. Included by kernels.cpp once
// for each. The formulas are those of impls/eigen/{rnn,lstm,gru}_cell.hpp.
#if defined(RNNBENCH_FUSED_CELLS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef RNNBENCH_FUSED_CELLS_INL
#undef RNNBENCH_FUSED_CELLS_INL
#else
#define RNNBENCH_FUSED_CELLS_INL
#endif

#include "impls/fused/functions-inl.hpp"
#include "impls/fused/product-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace rnnbench::fused::HWY_NAMESPACE {

HWY_INLINE Vector activated(Activation activation, Vector x) {
  const Floats d;
  if (activation == Activation::kTanh) return tanh(d, x);
  if (activation == Activation::kRelu) return at_least(d, hn::Zero(d), x);
  return x;
}

/// Where one vector of units of one review's state goes, `at` its place in [rows, units].
HWY_INLINE void store_hidden(const CellStep& step, int row, std::int64_t at, Vector hidden) {
  const Floats d;
  if (step.hidden != nullptr) hn::StoreU(hidden, d, step.hidden + at);
  if (row >= step.going_on) return;
  if (step.plain_on != nullptr) hn::StoreU(hidden, d, step.plain_on + at);
  if (step.hidden_on == nullptr) return;
  if (step.mask != nullptr) hidden = hn::Mul(hidden, hn::LoadU(d, step.mask + at));
  hn::StoreU(hidden, d, step.hidden_on + at);
}

struct RnnEnd {
  const CellStep& step;
  std::int64_t units;

  template <int M, int N>
  HWY_INLINE void operator()(int row, int panel, const Tile<M, N>& tile) const {
#pragma GCC unroll 1
    for (int m = 0; m < M; ++m) {
#pragma GCC unroll 1
      for (int n = 0; n < N; ++n) {
        const std::int64_t at = (row + m) * units + (panel * kPanelVectors + n) * kLanes;
        store_hidden(step, row + m, at, activated(step.activation, tile.sum[m][n]));
      }
    }
  }
};

/// i, f, g, o and c of one vector of units.
HWY_INLINE void lstm_unit(const CellStep& step, int row, int block, std::int64_t units, Vector a_i,
                          Vector a_f, Vector a_g, Vector a_o) {
  const Floats d;
  const std::int64_t at = row * units + block * kLanes;
  const auto [i, g] = logistic_and_tanh(d, a_i, a_g);
  const Vector f = logistic(d, a_f);
  const Vector c = hn::MulAdd(f, hn::LoadU(d, step.memory_before + at), hn::Mul(i, g));
  const auto [o, t] = logistic_and_tanh(d, a_o, c);
  if (step.gates != nullptr) {
    Real* gates = step.gates + row * units * 4 + block * 4 * kLanes;
    hn::StoreU(i, d, gates);
    hn::StoreU(f, d, gates + kLanes);
    hn::StoreU(g, d, gates + 2 * kLanes);
    hn::StoreU(o, d, gates + 3 * kLanes);
  }
  if (row < step.going_on) hn::StoreU(c, d, step.memory_on + at);
  store_hidden(step, row, at, hn::Mul(o, t));
}

struct LstmEnd {
  const CellStep& step;
  std::int64_t units;

  template <int M, int N>
  HWY_INLINE void operator()(int row, int panel, const Tile<M, N>& tile) const {
    if constexpr (N == 4) {
#pragma GCC unroll 1
      for (int m = 0; m < M; ++m) {
        lstm_unit(step, row + m, panel, units, tile.sum[m][0], tile.sum[m][1], tile.sum[m][2],
                  tile.sum[m][3]);
      }
    }
  }
};

struct GruEnd {
  const CellStep& step;
  std::int64_t units;

  template <int M, int N>
  HWY_INLINE void operator()(int row, int panel, const Tile<M, N>& tile) const {
    if constexpr (N == 4) {
      const Floats d;
#pragma GCC unroll 1
      for (int m = 0; m < M; ++m) {
        const std::int64_t at = (row + m) * units + panel * kLanes;
        const Vector r = logistic(d, tile.sum[m][0]), z = logistic(d, tile.sum[m][1]), q = tile.sum[m][3];
        const Vector n = tanh(d, hn::MulAdd(r, q, tile.sum[m][2]));
        if (step.gates != nullptr) {
          Real* gates = step.gates + (row + m) * units * 4 + panel * 4 * kLanes;
          hn::StoreU(r, d, gates);
          hn::StoreU(z, d, gates + kLanes);
          hn::StoreU(n, d, gates + 2 * kLanes);
          hn::StoreU(q, d, gates + 3 * kLanes);
        }
        const Vector before = hn::LoadU(d, step.hidden_before + at);
        store_hidden(step, row + m, at, hn::MulAdd(z, hn::Sub(before, n), n));
      }
    }
  }
};

/// r, z and the candidate's share of the input; n and the fourth part are not known yet.
struct GruGatesEnd {
  const CellStep& step;
  std::int64_t units;

  template <int M, int N>
  HWY_INLINE void operator()(int row, int panel, const Tile<M, N>& tile) const {
    if constexpr (N == 4) {
      const Floats d;
#pragma GCC unroll 1
      for (int m = 0; m < M; ++m) {
        const std::int64_t at = (row + m) * units + panel * kLanes;
        Real* gates = step.gates + (row + m) * units * 4 + panel * 4 * kLanes;
        const Vector r = logistic(d, tile.sum[m][0]);
        hn::StoreU(r, d, gates);
        hn::StoreU(logistic(d, tile.sum[m][1]), d, gates + kLanes);
        hn::StoreU(hn::Zero(d), d, gates + 3 * kLanes);
        hn::StoreU(tile.sum[m][2], d, step.candidate + at);
        hn::StoreU(hn::Mul(r, hn::LoadU(d, step.masked_before + at)), d, step.reset + at);
      }
    }
  }
};

struct GruCandidateEnd {
  const CellStep& step;
  std::int64_t units;

  template <int M, int N>
  HWY_INLINE void operator()(int row, int panel, const Tile<M, N>& tile) const {
    const Floats d;
#pragma GCC unroll 1
    for (int m = 0; m < M; ++m) {
#pragma GCC unroll 1
      for (int n = 0; n < N; ++n) {
        const int block = panel * kPanelVectors + n;
        const std::int64_t at = (row + m) * units + block * kLanes;
        Real* gates = step.gates + (row + m) * units * 4 + block * 4 * kLanes;
        const Vector candidate = tanh(d, tile.sum[m][n]), z = hn::LoadU(d, gates + kLanes);
        hn::StoreU(candidate, d, gates + 2 * kLanes);
        const Vector before = hn::LoadU(d, step.hidden_before + at);
        store_hidden(step, row + m, at, hn::MulAdd(z, hn::Sub(before, candidate), candidate));
      }
    }
  }
};

/// Panels of four vectors only.
template <typename End>
HWY_INLINE void for_each_gate_tile(const Product& product, const End& end) {
  for (int panel = 0; panel < product.vectors / kPanelVectors; ++panel) {
    panel_of<kPanelVectors>(product, panel, end);
  }
}

void rnn_step(const CellStep& step) {
  for_each_tile(step.product, RnnEnd{step, static_cast<std::int64_t>(step.product.vectors) * kLanes});
}

void lstm_step(const CellStep& step) {
  for_each_gate_tile(step.product,
                     LstmEnd{step, static_cast<std::int64_t>(step.product.vectors / 4) * kLanes});
}

void gru_step(const CellStep& step) {
  for_each_gate_tile(step.product,
                     GruEnd{step, static_cast<std::int64_t>(step.product.vectors / 4) * kLanes});
}

void gru_gates(const CellStep& step) {
  for_each_gate_tile(step.product,
                     GruGatesEnd{step, static_cast<std::int64_t>(step.product.vectors / 4) * kLanes});
}

void gru_candidate(const CellStep& step) {
  for_each_tile(step.product,
                GruCandidateEnd{step, static_cast<std::int64_t>(step.product.vectors) * kLanes});
}

void rnn_back(const CellBack& back) {
  const Floats d;
  const std::int64_t count = static_cast<std::int64_t>(back.rows) * back.units;
  for (std::int64_t at = 0; at < count; at += kLanes) {
    const Vector y = hn::LoadU(d, back.gates + at);
    Vector gradient = hn::LoadU(d, back.hidden_gradient + at);
    if (back.activation == Activation::kTanh) {
      gradient = hn::Mul(gradient, hn::NegMulAdd(y, y, hn::Set(d, 1.0F)));
    } else if (back.activation == Activation::kRelu) {
      gradient = hn::IfThenElseZero(hn::Gt(y, hn::Zero(d)), gradient);
    }
    hn::StoreU(gradient, d, back.gates + at);
  }
}

/// y (1 − y) = y − y².
HWY_INLINE Vector logistic_slope(Vector y) { return hn::NegMulAdd(y, y, y); }

void lstm_back(const CellBack& back) {
  const Floats d;
  const Vector one = hn::Set(d, 1.0F);
  for (int row = 0; row < back.rows; ++row) {
    for (int unit = 0; unit < back.units; unit += kLanes) {
      const std::int64_t at = static_cast<std::int64_t>(row) * back.units + unit;
      Real* gates = back.gates + at * 4;
      const Vector i = hn::LoadU(d, gates), f = hn::LoadU(d, gates + kLanes);
      const Vector g = hn::LoadU(d, gates + 2 * kLanes), o = hn::LoadU(d, gates + 3 * kLanes);
      const Vector before = hn::LoadU(d, back.memory_before + at);
      const Vector t = tanh(d, hn::MulAdd(f, before, hn::Mul(i, g)));
      const Vector dh = hn::LoadU(d, back.hidden_gradient + at);
      const Vector dc =
          hn::MulAdd(hn::Mul(dh, o), hn::NegMulAdd(t, t, one), hn::LoadU(d, back.memory_gradient + at));
      hn::StoreU(hn::Mul(hn::Mul(dc, g), logistic_slope(i)), d, gates);
      hn::StoreU(hn::Mul(hn::Mul(dc, before), logistic_slope(f)), d, gates + kLanes);
      hn::StoreU(hn::Mul(hn::Mul(dc, i), hn::NegMulAdd(g, g, one)), d, gates + 2 * kLanes);
      hn::StoreU(hn::Mul(hn::Mul(dh, t), logistic_slope(o)), d, gates + 3 * kLanes);
      hn::StoreU(hn::Mul(dc, f), d, back.memory_gradient + at);
    }
  }
}

void gru_back(const CellBack& back) {
  const Floats d;
  const Vector one = hn::Set(d, 1.0F);
  for (int row = 0; row < back.rows; ++row) {
    for (int unit = 0; unit < back.units; unit += kLanes) {
      const std::int64_t at = static_cast<std::int64_t>(row) * back.units + unit;
      Real* gates = back.gates + at * 4;
      const Vector r = hn::LoadU(d, gates), z = hn::LoadU(d, gates + kLanes);
      const Vector n = hn::LoadU(d, gates + 2 * kLanes), q = hn::LoadU(d, gates + 3 * kLanes);
      const Vector dh = hn::LoadU(d, back.hidden_gradient + at);
      const Vector before = hn::LoadU(d, back.hidden_before + at);
      const Vector a_n = hn::Mul(hn::Mul(dh, hn::Sub(one, z)), hn::NegMulAdd(n, n, one));
      hn::StoreU(hn::Mul(hn::Mul(a_n, q), logistic_slope(r)), d, gates);
      hn::StoreU(hn::Mul(hn::Mul(dh, hn::Sub(before, n)), logistic_slope(z)), d, gates + kLanes);
      hn::StoreU(a_n, d, gates + 2 * kLanes);
      hn::StoreU(hn::Mul(a_n, r), d, gates + 3 * kLanes);
      hn::StoreU(hn::Mul(dh, z), d, back.hidden_gradient + at);
    }
  }
}

void gru_candidate_back(const CellBack& back) {
  const Floats d;
  const Vector one = hn::Set(d, 1.0F);
  for (int row = 0; row < back.rows; ++row) {
    for (int unit = 0; unit < back.units; unit += kLanes) {
      const std::int64_t at = static_cast<std::int64_t>(row) * back.units + unit;
      Real* gates = back.gates + at * 4;
      const Vector z = hn::LoadU(d, gates + kLanes), n = hn::LoadU(d, gates + 2 * kLanes);
      const Vector dh = hn::LoadU(d, back.hidden_gradient + at);
      const Vector before = hn::LoadU(d, back.hidden_before + at);
      const Vector a_n = hn::Mul(hn::Mul(dh, hn::Sub(one, z)), hn::NegMulAdd(n, n, one));
      hn::StoreU(hn::Mul(hn::Mul(dh, hn::Sub(before, n)), logistic_slope(z)), d, gates + kLanes);
      hn::StoreU(a_n, d, gates + 2 * kLanes);
      hn::StoreU(a_n, d, back.candidate + at);
      hn::StoreU(hn::Mul(dh, z), d, back.hidden_gradient + at);
    }
  }
}

void gru_reset_back(const CellBack& back) {
  const Floats d;
  for (int row = 0; row < back.rows; ++row) {
    for (int unit = 0; unit < back.units; unit += kLanes) {
      const std::int64_t at = static_cast<std::int64_t>(row) * back.units + unit;
      Real* gates = back.gates + at * 4;
      const Vector r = hn::LoadU(d, gates), ds = hn::LoadU(d, back.reset_gradient + at);
      const Vector before = hn::LoadU(d, back.masked_before + at);
      hn::StoreU(hn::Mul(hn::Mul(ds, before), logistic_slope(r)), d, gates);
      hn::StoreU(hn::Mul(ds, r), d, back.reset_gradient + at);
    }
  }
}

}  // namespace rnnbench::fused::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
