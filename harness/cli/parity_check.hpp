#pragma once

#include <cstdint>

#include "harness/cli/parity_subjects.hpp"
#include "harness/parity/check_seeds.hpp"
#include "harness/runner/services.hpp"

namespace rnnbench {

class Store;

/// The parity check of one subject: runs it with progress on stderr, prints what it found to stdout and
/// records it. `subject`, `services` and `store` must outlive it. Throws what check_parity and the store do.
class ParityCheck {
 public:
  ParityCheck(const ParitySubject& subject, ParityRequest request, const RunServices& services, Store& store);

  /// Whether all is within the bounds.
  bool run();

  /// Whether training with several seeds on `data` shows equivalent accuracies. After run(), to whose record
  /// it adds.
  bool train_seeds(const SeedsRequest& seeds, const EncodedData& data);

 private:
  ParityRecord check();
  void print_settings() const;

  const ParitySubject& subject_;
  ParityRequest request_;
  const RunServices& services_;
  Store& store_;
  ParityRecord record_;
  std::int64_t id_ = 0;
};

}  // namespace rnnbench
