#include "impls/fused/idle_rows.hpp"

#include <algorithm>

namespace rnnbench::fused {

IdleRows::IdleRows(eigen::WeightRange rows, int columns, eigen::WeightStore<Real>& weights,
                   eigen::Optimizer<Real>& state, ThreadPool& threads)
    : begin_(rows.begin),
      columns_(columns),
      rows_((rows.end - rows.begin) / columns),
      weights_(weights),
      state_(state),
      threads_(threads),
      kernels_(kernels()),
      moved_(static_cast<std::size_t>(rows_), 0) {}

void IdleRows::catch_up(std::int64_t first, std::int64_t count, int behind) {
  const std::int64_t at = begin_ + first * columns_;
  kernels_.adam_idle({rates_.end() - behind, rates_.end()}, weights_.weights().data() + at,
                     state_.first().data() + at, state_.second().data() + at, count * columns_);
  std::fill_n(moved_.begin() + first, count, steps_);
}

/// Rows [begin, end), neighbours that are as far behind together.
void IdleRows::sweep(std::int64_t begin, std::int64_t end) {
  while (begin < end) {
    const std::uint32_t moved = moved_[static_cast<std::size_t>(begin)];
    const auto differs = [&](std::uint32_t other) { return other != moved; };
    const std::int64_t next =
        std::find_if(moved_.begin() + begin, moved_.begin() + end, differs) - moved_.begin();
    if (moved != steps_) catch_up(begin, next - begin, static_cast<int>(steps_ - moved));
    begin = next;
  }
}

void IdleRows::settle(std::span<const std::int32_t> ids) {
  if (rows_ == 0 || steps_ == 0) return;
  unsettled_.clear();
  unsettled_.reserve(2 * ids.size());  // a row that is marked is moved
  for (const std::int32_t id : ids) {
    std::uint32_t& moved = moved_[static_cast<std::size_t>(id)];
    if (moved == steps_) continue;
    unsettled_.push_back(id);
    unsettled_.push_back(static_cast<std::int32_t>(steps_ - moved));
    moved = steps_;
  }
  constexpr int kRows = 64;  // that a thread takes at a time
  const int rows = static_cast<int>(unsettled_.size() / 2);
  threads_.run((rows + kRows - 1) / kRows, [&](int piece) {
    for (int i = piece * kRows; i < std::min((piece + 1) * kRows, rows); ++i) {
      const std::size_t at = 2 * static_cast<std::size_t>(i);
      catch_up(unsettled_[at], 1, unsettled_[at + 1]);
    }
  });
}

void IdleRows::settle() {
  if (settled_ == steps_) return;
  const std::int64_t rows = std::max<std::int64_t>(kMovedAtOnce / columns_, 1);
  threads_.run(static_cast<int>((rows_ + rows - 1) / rows),
               [&](int piece) { sweep(piece * rows, std::min((piece + 1) * rows, rows_)); });
  settled_ = steps_;
}

void IdleRows::step(const AdamRates& rates, std::span<const std::int32_t> touched) {
  if (rows_ == 0) return;
  std::shift_left(rates_.begin(), rates_.end(), 1);
  rates_.back() = rates;
  ++steps_;
  for (const std::int32_t id : touched) moved_[static_cast<std::size_t>(id)] = steps_;
  // A piece: its share of the rows that have a gradient, and of those whose turn it is.
  const std::int64_t turn = steps_ % kMostBehind, first = rows_ * turn / kMostBehind,
                     turns = rows_ * (turn + 1) / kMostBehind - first, given = std::ssize(touched);
  const std::int64_t pieces = (turns * kMostBehind + given) * columns_ / kMovedAtOnce + 1;
  threads_.run(static_cast<int>(pieces), [&](int piece) {
    for (std::int64_t i = given * piece / pieces; i < given * (piece + 1) / pieces; ++i) {
      const std::int64_t at = begin_ + touched[static_cast<std::size_t>(i)] * columns_;
      kernels_.adam(rates, weights_.weights().data() + at, weights_.gradients().data() + at,
                    state_.first().data() + at, state_.second().data() + at, columns_);
    }
    sweep(first + turns * piece / pieces, first + turns * (piece + 1) / pieces);
  });
}

}  // namespace rnnbench::fused
