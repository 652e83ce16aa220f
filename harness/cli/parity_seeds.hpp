#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harness/cli/parity_subjects.hpp"
#include "harness/parity/check_seeds.hpp"
#include "harness/runner/services.hpp"

namespace CLI {
class App;
}  // namespace CLI

namespace rnnbench {

/// `--seeds LIST --reviews N --epochs N --margin POINTS` of `parity`.
class ParitySeedsOption {
 public:
  void add_to(CLI::App& command);

  bool given() const { return list_.has_value(); }
  double margin() const { return margin_; }

  /// The request for a subject: without --epochs the epochs of its training, at most 3. Throws ConfigError
  /// for a list that is none or has fewer than two seeds.
  SeedsRequest request_for(const ParitySubject& subject) const;

  /// Loads the subject's data, each part cut to --reviews by the rule of data.limit. Throws ConfigError where
  /// none are left to test on, and what RunServices::load_data throws.
  EncodedData load_subset(const ParitySubject& subject, const RunServices& services) const;

 private:
  std::optional<std::string> list_;
  int reviews_ = 2000;
  int epochs_ = 0;  // of the subject
  double margin_ = 1;
};

/// What is about to be run and by which margin it will be judged, to be printed before.
std::string seeds_plan(const ParityRequest& request, const SeedsRequest& seeds, const EncodedData& data);

}  // namespace rnnbench
