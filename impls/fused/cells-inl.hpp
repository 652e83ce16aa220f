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

/// Gives each vector of units of a tile, with its four gates, to Unit::end.
template <typename Unit>
struct GateEnd {
  const CellStep& step;
  std::int64_t units;

  template <int M, int N>
  HWY_INLINE void operator()(int row, int panel, const Tile<M, N>& tile) const {
    if constexpr (N == 4) {
#pragma GCC unroll 1
      for (int m = 0; m < M; ++m) {
        const std::int64_t at = (row + m) * units + panel * kLanes;
        Unit::end(step, row + m, at, tile.sum[m][0], tile.sum[m][1], tile.sum[m][2], tile.sum[m][3]);
      }
    }
  }
};

/// Four vectors side by side in [rows, units, 4].
HWY_INLINE void store_gates(Real* gates, std::int64_t at, Vector a, Vector b, Vector c, Vector e) {
  const Floats d;
  hn::StoreU(a, d, gates + at * 4);
  hn::StoreU(b, d, gates + at * 4 + kLanes);
  hn::StoreU(c, d, gates + at * 4 + 2 * kLanes);
  hn::StoreU(e, d, gates + at * 4 + 3 * kLanes);
}

struct LstmUnit {
  static HWY_INLINE void end(const CellStep& step, int row, std::int64_t at, Vector a_i, Vector a_f,
                             Vector a_g, Vector a_o) {
    const Floats d;
    const auto [i, g] = logistic_and_tanh(d, a_i, a_g);
    const Vector f = logistic(d, a_f);
    const Vector c = hn::MulAdd(f, hn::LoadU(d, step.memory_before + at), hn::Mul(i, g));
    const auto [o, t] = logistic_and_tanh(d, a_o, c);
    if (step.gates != nullptr) store_gates(step.gates, at, i, f, g, o);
    if (row < step.going_on) hn::StoreU(c, d, step.memory_on + at);
    store_hidden(step, row, at, hn::Mul(o, t));
  }
};

struct GruUnit {
  static HWY_INLINE void end(const CellStep& step, int row, std::int64_t at, Vector a_r, Vector a_z,
                             Vector a_n, Vector q) {
    const Floats d;
    const Vector r = logistic(d, a_r), z = logistic(d, a_z);
    const Vector n = tanh(d, hn::MulAdd(r, q, a_n));
    if (step.gates != nullptr) store_gates(step.gates, at, r, z, n, q);
    const Vector before = hn::LoadU(d, step.hidden_before + at);
    store_hidden(step, row, at, hn::MulAdd(z, hn::Sub(before, n), n));
  }
};

/// r, z and the candidate's share of the input; n is not known yet, and there is no fourth part.
struct GruGatesUnit {
  static HWY_INLINE void end(const CellStep& step, int /*row*/, std::int64_t at, Vector a_r, Vector a_z,
                             Vector a_n, Vector /*none*/) {
    const Floats d;
    const Vector r = logistic(d, a_r);
    store_gates(step.gates, at, r, logistic(d, a_z), hn::Zero(d), hn::Zero(d));
    hn::StoreU(a_n, d, step.candidate + at);
    hn::StoreU(hn::Mul(r, hn::LoadU(d, step.masked_before + at)), d, step.reset + at);
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

/// A step of a cell of gates: panels of four vectors only.
template <typename Unit>
HWY_INLINE void gates_step(const CellStep& step) {
  const GateEnd<Unit> end{step, static_cast<std::int64_t>(step.product.vectors / 4) * kLanes};
  for_each_panel(step.product,
                 [&](int panel) HWY_ATTR { panel_of<kPanelVectors>(step.product, panel, end); });
}

void rnn_step(const CellStep& step) {
  for_each_tile(step.product, RnnEnd{step, static_cast<std::int64_t>(step.product.vectors) * kLanes});
}

void lstm_step(const CellStep& step) { gates_step<LstmUnit>(step); }
void gru_step(const CellStep& step) { gates_step<GruUnit>(step); }
void gru_gates(const CellStep& step) { gates_step<GruGatesUnit>(step); }

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

/// Calls Unit::back for each vector of units of each row: its place in [rows, units], and its four gates.
template <typename Unit>
HWY_INLINE void gates_back(const CellBack& back) {
  const std::int64_t count = static_cast<std::int64_t>(back.rows) * back.units;
  for (std::int64_t at = 0; at < count; at += kLanes) Unit::back(back, at, back.gates + at * 4);
}

struct LstmBackUnit {
  static HWY_INLINE void back(const CellBack& back, std::int64_t at, Real* gates) {
    const Floats d;
    const Vector one = hn::Set(d, 1.0F);
    const Vector i = hn::LoadU(d, gates), f = hn::LoadU(d, gates + kLanes);
    const Vector g = hn::LoadU(d, gates + 2 * kLanes), o = hn::LoadU(d, gates + 3 * kLanes);
    const Vector before = hn::LoadU(d, back.memory_before + at);
    const Vector t = tanh(d, hn::MulAdd(f, before, hn::Mul(i, g)));
    const Vector dh = hn::LoadU(d, back.hidden_gradient + at);
    const Vector dc =
        hn::MulAdd(hn::Mul(dh, o), hn::NegMulAdd(t, t, one), hn::LoadU(d, back.memory_gradient + at));
    store_gates(back.gates, at, hn::Mul(hn::Mul(dc, g), logistic_slope(i)),
                hn::Mul(hn::Mul(dc, before), logistic_slope(f)),
                hn::Mul(hn::Mul(dc, i), hn::NegMulAdd(g, g, one)),
                hn::Mul(hn::Mul(dh, t), logistic_slope(o)));
    hn::StoreU(hn::Mul(dc, f), d, back.memory_gradient + at);
  }
};

/// ∂L/∂a_n and ∂L/∂a_z of a GRU of either kind; what goes past its product takes the place of ∂L/∂h_t.
struct UpdateGradients {
  Vector candidate, update;
};
HWY_INLINE UpdateGradients update_back(const CellBack& back, std::int64_t at, Vector z, Vector n) {
  const Floats d;
  const Vector one = hn::Set(d, 1.0F), dh = hn::LoadU(d, back.hidden_gradient + at);
  const Vector before = hn::LoadU(d, back.hidden_before + at);
  hn::StoreU(hn::Mul(dh, z), d, back.hidden_gradient + at);
  return {hn::Mul(hn::Mul(dh, hn::Sub(one, z)), hn::NegMulAdd(n, n, one)),
          hn::Mul(hn::Mul(dh, hn::Sub(before, n)), logistic_slope(z))};
}

struct GruBackUnit {
  static HWY_INLINE void back(const CellBack& back, std::int64_t at, Real* gates) {
    const Floats d;
    const Vector r = hn::LoadU(d, gates), q = hn::LoadU(d, gates + 3 * kLanes);
    const auto [a_n, a_z] =
        update_back(back, at, hn::LoadU(d, gates + kLanes), hn::LoadU(d, gates + 2 * kLanes));
    store_gates(back.gates, at, hn::Mul(hn::Mul(a_n, q), logistic_slope(r)), a_z, a_n, hn::Mul(a_n, r));
  }
};

struct GruCandidateBackUnit {
  static HWY_INLINE void back(const CellBack& back, std::int64_t at, Real* gates) {
    const Floats d;
    const auto [a_n, a_z] =
        update_back(back, at, hn::LoadU(d, gates + kLanes), hn::LoadU(d, gates + 2 * kLanes));
    hn::StoreU(a_z, d, gates + kLanes);
    hn::StoreU(a_n, d, gates + 2 * kLanes);
    hn::StoreU(a_n, d, back.candidate + at);
  }
};

struct GruResetBackUnit {
  static HWY_INLINE void back(const CellBack& back, std::int64_t at, Real* gates) {
    const Floats d;
    const Vector r = hn::LoadU(d, gates), ds = hn::LoadU(d, back.reset_gradient + at);
    const Vector before = hn::LoadU(d, back.masked_before + at);
    hn::StoreU(hn::Mul(hn::Mul(ds, before), logistic_slope(r)), d, gates);
    hn::StoreU(hn::Mul(ds, r), d, back.reset_gradient + at);
  }
};

void lstm_back(const CellBack& back) { gates_back<LstmBackUnit>(back); }
void gru_back(const CellBack& back) { gates_back<GruBackUnit>(back); }
void gru_candidate_back(const CellBack& back) { gates_back<GruCandidateBackUnit>(back); }
void gru_reset_back(const CellBack& back) { gates_back<GruResetBackUnit>(back); }

}  // namespace rnnbench::fused::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
