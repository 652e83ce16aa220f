#include "impls/fused/pooling.hpp"

#include <algorithm>

namespace rnnbench::fused {

ByteMask Pool::mask_of(const Shard& shard, int tick, int sample) const {
  const int review = shard.review[static_cast<std::size_t>(sample)];
  if (!is_masked() || review < 0) return {};
  if (kind_ == Pooling::kLast || kind_ == Pooling::kLastValid) {
    return mask_.row(shard.end_slot[static_cast<std::size_t>(sample)], review).from(first_);
  }
  const bool joined = sample < shard.active[static_cast<std::size_t>(tick)];
  const int row = shard.offset[static_cast<std::size_t>(tick)] + (joined ? sample : 0);
  return mask_.row(shard.row_slot[static_cast<std::size_t>(row)], review).from(first_);
}

/// A sample that joins takes over what the padding gave before. With a mask of its own it was added to
/// itself.
void Pool::join(const Shard& shard, int tick) {
  if (!shard.has_pads || is_masked()) return;
  const auto at = static_cast<std::size_t>(tick);
  for (int sample = std::max(shard.active[at - 1], 1); sample < shard.active[at]; ++sample) {
    std::copy(pooled(0), pooled(0) + width_, pooled(sample));
    if (kind_ == Pooling::kMax) {
      std::copy(winner(0), winner(0) + width_, winner(sample));
    }
  }
}

void Pool::add_tick(const Shard& shard, int tick, const Real* outputs) {
  join(shard, tick);
  const int active = shard.active[static_cast<std::size_t>(tick)];
  const bool all = shard.has_pads && is_masked();  // those that haven't joined see the padding
  for (int sample = 0; sample < (all ? shard.samples : active); ++sample) {
    const Real* output = outputs + static_cast<std::int64_t>(sample < active ? sample : 0) * width_;
    const ByteMask mask = mask_of(shard, tick, sample);
    if (kind_ == Pooling::kMax) {
      kernels_.raise_maximum(output, mask, static_cast<Real>(tick), pooled(sample), winner(sample), units_);
    } else {
      kernels_.add_masked(pooled(sample), output, mask, units_);
    }
  }
}

/// 1 / the slots that the mean goes over.
Real Pool::share(const Shard& shard, int sample) {
  const int slots = shard.has_pads ? shard.count.front() : shard.count[static_cast<std::size_t>(sample)];
  return slots > 0 ? 1 / static_cast<Real>(slots) : 0.0F;
}

void Pool::forward(const Shard& shard, bool homeward, const Real* outputs, int width, int units,
                   const OutputMask& mask, int first) {
  homeward_ = homeward;
  width_ = width;
  units_ = units;
  mask_ = mask;
  first_ = first;
  const std::int64_t size = static_cast<std::int64_t>(shard.samples) * width;
  std::fill_n(sums_.room(size), size, 0.0F);
  if (kind_ == Pooling::kLast || kind_ == Pooling::kLastValid) {
    for (int sample = 0; sample < shard.samples; ++sample) {
      const int tick = end_of(shard, sample);
      if (tick == 0) continue;
      const Real* output =
          outputs + static_cast<std::int64_t>(shard.offset[static_cast<std::size_t>(tick)] + sample) * width;
      std::copy(output, output + units, pooled(sample));
      kernels_.mask(pooled(sample), mask_of(shard, tick, sample), units);
    }
    return;
  }
  if (kind_ == Pooling::kMax) std::fill_n(winners_.room(size), size, 0.0F);
  for (int tick = 1; tick <= shard.ticks; ++tick) {
    add_tick(shard, tick,
             outputs + static_cast<std::int64_t>(shard.offset[static_cast<std::size_t>(tick)]) * width);
  }
  if (kind_ != Pooling::kMean) return;
  for (int sample = 0; sample < shard.samples; ++sample) {
    const Real by = share(shard, sample);
    for (int unit = 0; unit < units; ++unit) pooled(sample)[unit] *= by;
  }
}

void Pool::begin_backward(const Shard& shard) {
  for (int sample = 0; sample < shard.samples; ++sample) {
    Real* gradient = pooled(sample);
    const bool is_review = shard.review[static_cast<std::size_t>(sample)] >= 0;
    std::fill(gradient + (is_review ? units_ : 0), gradient + width_, 0.0F);
    if (kind_ != Pooling::kMean) continue;
    for (int unit = 0; unit < units_; ++unit) gradient[unit] *= share(shard, sample);
  }
}

void Pool::above(const Shard& shard, int tick, Real* carried) {
  const int active = shard.active[static_cast<std::size_t>(tick)];
  const bool waits = shard.has_pads && active < shard.samples;  // some are still padding
  if (kind_ == Pooling::kMean && !is_masked()) {
    if (shard.has_pads && tick < shard.ticks) {
      const int later = shard.active[static_cast<std::size_t>(tick) + 1];
      for (int sample = active; sample < later; ++sample) kernels_.add(pooled(0), pooled(sample), units_);
    }
    kernels_.add(carried, pooled(0), static_cast<std::int64_t>(active) * width_);
    return;
  }
  for (int sample = 0; sample < (waits ? shard.samples : active); ++sample) {
    const Real* gradient = pooled(sample);
    Real* to = carried + static_cast<std::int64_t>(sample < active ? sample : 0) * width_;
    const ByteMask mask = mask_of(shard, tick, sample);
    if (kind_ == Pooling::kMax) {
      kernels_.add_where_won(gradient, mask, winner(sample), static_cast<Real>(tick), to, units_);
    } else if (kind_ == Pooling::kMean || end_of(shard, sample) == tick) {
      kernels_.add_masked(to, gradient, mask, units_);
    }
  }
}

}  // namespace rnnbench::fused
