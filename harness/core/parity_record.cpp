#include "harness/core/parity_record.hpp"

#include <algorithm>

namespace rnnbench {

bool passed(const ParityRecord& record) {
  return !record.errors.empty() && std::all_of(record.errors.begin(), record.errors.end(),
                                               [](const ParityError& e) { return e.passed(); });
}

}  // namespace rnnbench
