#include "harness/runner/unit_statistics.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>

namespace rnnbench {
namespace {

constexpr std::size_t kProbeReviews = 64;
constexpr double kLeastRange = 1e-6;
constexpr double kSaturatedBeyond = 0.99;
constexpr double kSaturatedSlots = 0.99;

/// What the units of one layer gave, slot by slot.
class UnitRanges {
 public:
  explicit UnitRanges(std::size_t units)
      : least_(units, std::numeric_limits<double>::infinity()),
        most_(units, -least_.front()),
        beyond_(units) {}

  /// `outputs` [units] of one slot.
  void add(std::span<const double> outputs) {
    ++slots_;
    for (std::size_t u = 0; u < outputs.size(); ++u) {
      least_[u] = std::min(least_[u], outputs[u]);
      most_[u] = std::max(most_[u], outputs[u]);
      beyond_[u] += std::abs(outputs[u]) > kSaturatedBeyond ? 1 : 0;
    }
  }

  bool empty() const { return slots_ == 0; }
  double dead() const {
    return share([&](std::size_t u) { return most_[u] - least_[u] < kLeastRange; });
  }
  double saturated() const {
    return share([&](std::size_t u) { return beyond_[u] >= kSaturatedSlots * static_cast<double>(slots_); });
  }

 private:
  template <typename Condition>
  double share(Condition condition) const {
    std::size_t count = 0;
    for (std::size_t u = 0; u < least_.size(); ++u) count += condition(u) ? 1 : 0;
    return static_cast<double>(count) / static_cast<double>(least_.size());
  }

  std::vector<double> least_, most_, beyond_;
  std::int64_t slots_ = 0;
};

bool counts(const Batch& probe, std::size_t time, std::size_t review) {
  const auto length = static_cast<std::size_t>(probe.lengths[review]);
  return probe.padded_at_front ? time + length >= static_cast<std::size_t>(probe.time) : time < length;
}

/// Of a tensor [time, reviews, units], the slots that count; of [reviews, units], all of them.
UnitRanges ranges_of(const Tensor& tensor, const Batch& probe) {
  const auto units = static_cast<std::size_t>(tensor.shape.back());
  const auto reviews = static_cast<std::size_t>(probe.reviews);
  UnitRanges ranges(units);
  for (std::size_t slot = 0; slot < tensor.values.size() / units; ++slot) {
    if (tensor.shape.size() == 3 && !counts(probe, slot / reviews, slot % reviews)) continue;
    ranges.add(std::span(tensor.values).subspan(slot * units, units));
  }
  return ranges;
}

void add_shares(std::vector<UnitShares>& shares, const std::string& layer, bool bounded,
                const Parameters& activations, const Batch& probe) {
  const auto found = activations.find(layer);
  if (found == activations.end()) return;
  const UnitRanges ranges = ranges_of(found->second, probe);
  if (ranges.empty()) return;
  shares.push_back({layer, ranges.dead(), std::nullopt});
  if (bounded) shares.back().saturated = ranges.saturated();
}

}  // namespace

std::vector<UnitShares> unit_shares(const Parameters& activations, const ModelSpec& model,
                                    const Batch& probe) {
  std::vector<UnitShares> shares;
  for (std::size_t i = 0; i < model.layers.size(); ++i) {
    const bool bounded = model.layers[i].activation == Activation::kTanh;  // as it is of lstm and gru
    add_shares(shares, fmt::format("layers.{}", i), bounded, activations, probe);
  }
  for (std::size_t i = 0; i < model.dense.size(); ++i) {
    const bool bounded = model.dense[i].activation == Activation::kTanh;
    add_shares(shares, fmt::format("dense.{}", i), bounded, activations, probe);
  }
  return shares;
}

std::vector<MetricRecord> unit_metrics(Engine& engine, const ModelSpec& model, const EncodedData& data,
                                       int epoch) {
  const Batch probe = data.rows(data.train, 0, std::min(kProbeReviews, data.train.reviews()));
  std::vector<MetricRecord> metrics;
  for (const UnitShares& one : unit_shares(engine.activations(probe), model, probe)) {
    metrics.push_back({"dead_units/" + one.layer, "train", epoch, one.dead, "fraction"});
    if (one.saturated) {
      metrics.push_back({"saturated_units/" + one.layer, "train", epoch, *one.saturated, "fraction"});
    }
  }
  return metrics;
}

}  // namespace rnnbench
