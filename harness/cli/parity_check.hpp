#pragma once

#include <cstdint>
#include <memory>

#include "harness/cli/options.hpp"
#include "harness/cli/parity_subjects.hpp"
#include "harness/parity/check_seeds.hpp"
#include "harness/runner/services.hpp"

namespace rnnbench {

class Store;

/// The parity check of one subject: runs it with progress on stderr, prints what it found to stdout and
/// records it. The embedding starts from the word vectors that the model names, where they can be used. All
/// that is given by reference must outlive it. Throws what check_parity and the store do, DataError for
/// vectors.
class ParityCheck {
 public:
  ParityCheck(const ParitySubject& subject, ParityRequest request, const RunServices& services,
              const VectorsOption& vectors, Store& store);

  /// Whether all is within the bounds.
  bool run();

  /// Whether training with several seeds on `data` shows equivalent accuracies. After run(), to whose record
  /// it adds.
  bool train_seeds(const SeedsRequest& seeds, const EncodedData& data);

 private:
  ParityRecord check();
  void start_from_vectors(const EncodedData& data);
  void print_settings() const;

  const ParitySubject& subject_;
  ParityRequest request_;
  const RunServices& services_;
  const VectorsOption& option_;
  Store& store_;
  std::shared_ptr<const GivenVectors> vectors_;  ///< that the request refers to
  ParityRecord record_;
  std::int64_t id_ = 0;
};

}  // namespace rnnbench
