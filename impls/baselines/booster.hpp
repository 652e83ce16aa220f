#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "impls/baselines/csr_matrix.hpp"

namespace rnnbench {

/// A matrix as XGBoost keeps it; what isn't stored in a row is "missing" to it, and its trees learn on which
/// side such a review goes. Throws EngineError with XGBoost's message, as all of this file does.
class BoosterMatrix {
 public:
  /// `labels` may be empty, of a matrix that is only predicted.
  BoosterMatrix(const CsrMatrix& matrix, std::size_t columns, std::span<const std::uint8_t> labels);
  ~BoosterMatrix();
  BoosterMatrix(const BoosterMatrix&) = delete;
  BoosterMatrix& operator=(const BoosterMatrix&) = delete;

  void* handle() const { return handle_; }

 private:
  void* handle_ = nullptr;
};

/// XGBoost's booster: trees that are grown one after another.
class Booster {
 public:
  /// One that is fitted to the first of `matrices`; what it predicts of any of them it keeps and doesn't work
  /// out again from the first tree. They must outlive it.
  explicit Booster(const std::vector<const BoosterMatrix*>& matrices);
  ~Booster();
  Booster(const Booster&) = delete;
  Booster& operator=(const Booster&) = delete;

  void set(const std::string& name, const std::string& value);

  /// Grows tree `round`, from 0.
  void grow(int round, const BoosterMatrix& train);

  /// The probability of label 1, [rows], by the first `rounds` trees; 0: by all.
  std::vector<float> predict(const BoosterMatrix& matrix, int rounds = 0) const;

  /// The first `rounds` trees in XGBoost's UBJSON format.
  std::string save(int rounds) const;
  void load(std::string_view bytes);

  /// Splits and leaves of the first `rounds` trees.
  std::int64_t nodes(int rounds) const;

 private:
  void* handle_ = nullptr;
};

/// "1.7.4"
std::string xgboost_version();

}  // namespace rnnbench
