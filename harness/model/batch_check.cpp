#include "harness/model/batch_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "harness/core/error.hpp"

namespace rnnbench {
namespace {

using Fault = std::optional<std::string>;

Fault size_fault(const char* what, std::size_t size, std::size_t expected) {
  if (size == expected) return std::nullopt;
  return fmt::format("a batch has {} {}, expected {}", size, what, expected);
}

template <typename Values>
Fault range_fault(const char* what, const Values& values, int least, int most) {
  const auto outside =
      std::find_if(values.begin(), values.end(), [&](auto value) { return value < least || value > most; });
  if (outside == values.end()) return std::nullopt;
  return fmt::format("{} {} in a batch is outside [{}, {}]", what, static_cast<int>(*outside), least, most);
}

Fault fault_of(const Batch& batch, int vocabulary) {
  if (batch.reviews < 1 || batch.time < 1) {
    return fmt::format("a batch of {} reviews and {} steps can't be run", batch.reviews, batch.time);
  }
  const auto reviews = static_cast<std::size_t>(batch.reviews);
  if (Fault fault = size_fault("ids", batch.ids.size(), reviews * static_cast<std::size_t>(batch.time))) {
    return fault;
  }
  if (Fault fault = size_fault("lengths", batch.lengths.size(), reviews)) return fault;
  if (Fault fault = size_fault("labels", batch.labels.size(), reviews)) return fault;
  if (Fault fault = range_fault("id", batch.ids, 0, vocabulary - 1)) return fault;
  if (Fault fault = range_fault("length", batch.lengths, 0, batch.time)) return fault;
  return range_fault("label", batch.labels, 0, 1);
}

}  // namespace

void check_batch(const Batch& batch, int vocabulary, const std::string& engine) {
  if (const Fault fault = fault_of(batch, vocabulary)) throw EngineError(engine + " engine: " + *fault);
}

}  // namespace rnnbench
