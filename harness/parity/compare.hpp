#pragma once

#include <span>
#include <string>
#include <vector>

#include "harness/core/parity_record.hpp"
#include "harness/model/engine.hpp"
#include "harness/model/parameters.hpp"

namespace rnnbench {

/// How far two engines may be apart (rule of the project: parity before speed). Fixed before any run.
struct ParityBounds {
  static constexpr double kLoss = 1e-5;           ///< relative to the reference's
  static constexpr double kProbabilities = 1e-5;  ///< absolute
  static constexpr double kGradients = 1e-4;      ///< relative to the largest entry of the tensor
  static constexpr double kUpdate = 1e-6;         ///< relative to the largest entry of the tensor; in double
};

/// Collects what the comparisons of one check find. Each adds one error a tensor or number.
class ParityFindings {
 public:
  /// Names the check that the following comparisons belong to.
  void begin(const std::string& group, const std::string& check, Precision precision);

  /// |actual − expected| relative to |expected|.
  void compare_number(const std::string& quantity, const std::string& name, double actual, double expected,
                      double bound);

  /// The largest difference of two probabilities; both [reviews].
  void compare_probabilities(std::span<const float> actual, std::span<const float> expected);

  /// Per tensor, the largest difference relative to the largest magnitude of the expected one. Names and
  /// shapes must agree; a tensor that is all zeros must be all zeros; what is not finite is an error.
  void compare_tensors(const std::string& quantity, const Parameters& actual, const Parameters& expected,
                       double bound);

  /// The same of how far each weight in `before` was moved, less what rounding of the weight itself allows
  /// in double precision.
  void compare_updates(const Parameters& before, const Parameters& actual, const Parameters& expected,
                       double bound);

  /// Whether a gradient from place `first` on is beyond its bound, all its values being numbers.
  bool any_to_decide(std::size_t first) const;

  /// Nothing found yet, in the same check, in double precision.
  ParityFindings again_in_double() const;

  /// Puts what was found in double precision in the place of each such gradient.
  void decide(std::size_t first, const std::vector<ParityError>& in_double);

  const std::vector<ParityError>& errors() const { return errors_; }
  std::vector<ParityError> take() { return std::move(errors_); }

 private:
  ParityError& add(const std::string& quantity, const std::string& tensor, double bound);
  /// Whether both have the tensor in one shape; else adds what is wrong.
  bool comparable(const std::string& quantity, const std::string& name, const Parameters& actual,
                  const Parameters& expected, double bound);

  ParityError context_;
  std::vector<ParityError> errors_;
};

}  // namespace rnnbench
