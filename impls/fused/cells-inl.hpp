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
  if (HWY_LIKELY(activation == Activation::kTanh)) return tanh(d, x);
  if (activation == Activation::kRelu) return at_least(d, hn::Zero(d), x);
  return x;
}

/// Where states go: a copy of what a step says of that, which the compiler needn't read again behind each
/// store.
struct States {
  Real *hidden, *plain_on, *hidden_on;
  const Real* mask;
  int going_on;

  explicit HWY_INLINE States(const CellStep& step)
      : hidden(step.hidden),
        plain_on(step.plain_on),
        hidden_on(step.hidden_on),
        mask(step.mask),
        going_on(step.going_on) {}

  /// One vector of units of one review, `at` its place in [rows, units].
  HWY_INLINE void store(int row, std::int64_t at, Vector state) const {
    const Floats d;
    if (hidden != nullptr) hn::StoreU(state, d, hidden + at);
    if (row >= going_on) return;
    if (plain_on != nullptr) hn::StoreU(state, d, plain_on + at);
    if (hidden_on == nullptr) return;
    if (mask != nullptr) state = hn::Mul(state, hn::LoadU(d, mask + at));
    hn::StoreU(state, d, hidden_on + at);
  }
};

struct RnnEnd {
  const CellStep& step;
  std::int64_t units;

  template <int M, int N>
  HWY_INLINE void operator()(int row, int panel, const Tile<M, N>& tile) const {
    const States states(step);
    const Activation activation = step.activation;
#pragma GCC unroll 1
    for (int m = 0; m < M; ++m) {
#pragma GCC unroll 1
      for (int n = 0; n < N; ++n) {
        const std::int64_t at = (row + m) * units + (std::int64_t{panel} * kPanelVectors + n) * kLanes;
        states.store(row + m, at, activated(activation, tile.sum[m][n]));
      }
    }
  }
};

// Rows whose functions are taken together.
constexpr int kUnitsTogether = 3;

/// Gives the vectors of units of a tile, each with its four gates, to Unit::end<P>, P rows at a time, of
/// which the first is `row` and its units are at `at`: the functions of one follow from each other, so that
/// the processor waits unless it has those of others to do.
template <typename Unit>
struct GateEnd {
  const CellStep& step;
  std::int64_t units;

  template <int M, int N>
  HWY_INLINE void operator()(int row, int panel, const Tile<M, N>& tile) const {
    if constexpr (N == 4) {
      constexpr int kTogether = M < kUnitsTogether ? M : kUnitsTogether;
#pragma GCC unroll 1
      for (int m = 0; m + kTogether <= M; m += kTogether) end<kTogether>(row + m, panel, tile.sum + m);
      if constexpr (M % kTogether > 0) {
        end<M % kTogether>(row + M - M % kTogether, panel, tile.sum + M - M % kTogether);
      }
    }
  }

  template <int P>
  HWY_INLINE void end(int row, int panel, const Vector (*gates)[4]) const {
    Unit::template end<P>(step, row, row * units + std::int64_t{panel} * kLanes, units, gates);
  }
};

/// Four vectors side by side in [rows, units, 4].
HWY_INLINE void store_gates(Real* gates, std::int64_t at, Vector a, Vector b, Vector c, Vector e) {
  const Floats d;
  hn::StoreU(a, d, gates + at * 4);
  hn::StoreU(b, d, gates + at * 4 + kLanes);
  hn::StoreU(c, d, gates + (at * 4 + 2 * kLanes));
  hn::StoreU(e, d, gates + (at * 4 + 3 * kLanes));
}

struct LstmUnit {
  template <int P>
  static HWY_INLINE void end(const CellStep& step, int row, std::int64_t at, std::int64_t units,
                             const Vector (*gates)[4]) {
    const Floats d;
    LogisticAndTanh<Vector> in[P], out[P];
    Vector forget[P], memory[P];
#pragma GCC unroll 4
    for (int p = 0; p < P; ++p) {
      in[p] = logistic_and_tanh(d, gates[p][0], gates[p][2]);
      forget[p] = logistic(d, gates[p][1]);
    }
#pragma GCC unroll 4
    for (int p = 0; p < P; ++p) {
      memory[p] = hn::MulAdd(forget[p], hn::LoadU(d, step.memory_before + at + p * units),
                             hn::Mul(in[p].logistic, in[p].tanh));
      out[p] = logistic_and_tanh(d, gates[p][3], memory[p]);
    }
#pragma GCC unroll 4
    for (int p = 0; p < P; ++p, at += units) {
      if (step.gates != nullptr)
        store_gates(step.gates, at, in[p].logistic, forget[p], in[p].tanh, out[p].logistic);
      if (row + p < step.going_on) hn::StoreU(memory[p], d, step.memory_on + at);
      States(step).store(row + p, at, hn::Mul(out[p].logistic, out[p].tanh));
    }
  }
};

struct GruUnit {
  template <int P>
  static HWY_INLINE void end(const CellStep& step, int row, std::int64_t at, std::int64_t units,
                             const Vector (*gates)[4]) {
    const Floats d;
    Vector r[P], z[P], n[P];
#pragma GCC unroll 4
    for (int p = 0; p < P; ++p) {
      r[p] = logistic(d, gates[p][0]);
      z[p] = logistic(d, gates[p][1]);
    }
#pragma GCC unroll 4
    for (int p = 0; p < P; ++p) n[p] = tanh(d, hn::MulAdd(r[p], gates[p][3], gates[p][2]));
#pragma GCC unroll 4
    for (int p = 0; p < P; ++p, at += units) {
      if (step.gates != nullptr) store_gates(step.gates, at, r[p], z[p], n[p], gates[p][3]);
      const Vector before = hn::LoadU(d, step.hidden_before + at);
      States(step).store(row + p, at, hn::MulAdd(z[p], hn::Sub(before, n[p]), n[p]));
    }
  }
};

/// r, z and the candidate's share of the input; n is not known yet, and there is no fourth part.
struct GruGatesUnit {
  template <int P>
  static HWY_INLINE void end(const CellStep& step, int /*row*/, std::int64_t at, std::int64_t units,
                             const Vector (*gates)[4]) {
    const Floats d;
#pragma GCC unroll 4
    for (int p = 0; p < P; ++p, at += units) {
      const Vector r = logistic(d, gates[p][0]), z = logistic(d, gates[p][1]);
      store_gates(step.gates, at, r, z, hn::Zero(d), hn::Zero(d));
      hn::StoreU(gates[p][2], d, step.candidate + at);
      hn::StoreU(hn::Mul(r, hn::LoadU(d, step.masked_before + at)), d, step.reset + at);
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
        States(step).store(row + m, at, hn::MulAdd(z, hn::Sub(before, candidate), candidate));
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
