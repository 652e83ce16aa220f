#include "impls/eigen/batch_check.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "harness/core/error.hpp"

namespace rnnbench::eigen {
namespace {

void check_size(const char* what, std::size_t size, std::size_t expected) {
  if (size != expected) {
    throw EngineError(fmt::format("eigen engine: a batch has {} {}, expected {}", size, what, expected));
  }
}

template <typename Values>
void check_range(const char* what, const Values& values, int least, int most) {
  const auto outside =
      std::find_if(values.begin(), values.end(), [&](auto value) { return value < least || value > most; });
  if (outside != values.end()) {
    throw EngineError(fmt::format("eigen engine: {} {} in a batch is outside [{}, {}]", what,
                                  static_cast<int>(*outside), least, most));
  }
}

}  // namespace

void check_batch(const Batch& batch, int vocabulary) {
  if (batch.reviews < 1 || batch.time < 1) {
    throw EngineError(fmt::format("eigen engine: a batch of {} reviews and {} steps can't be run",
                                  batch.reviews, batch.time));
  }
  const auto reviews = static_cast<std::size_t>(batch.reviews);
  check_size("ids", batch.ids.size(), reviews * static_cast<std::size_t>(batch.time));
  check_size("lengths", batch.lengths.size(), reviews);
  check_size("labels", batch.labels.size(), reviews);
  check_range("id", batch.ids, 0, vocabulary - 1);
  check_range("length", batch.lengths, 0, batch.time);
  check_range("label", batch.labels, 0, 1);
}

}  // namespace rnnbench::eigen
