#pragma once

#include <string>
#include <utility>
#include <variant>

namespace rnnbench {

/// Why there is no result: one sentence that names what is wrong with the sample and what to do.
struct Refusal {
  std::string reason;
};

/// What a function of this folder gives: a result, or why there is none. A sample that a method can't judge
/// (too small, alike throughout, NaN or infinity in it) never gives a number.
template <typename T>
class Finding {
 public:
  Finding(T value) : content_(std::move(value)) {}
  Finding(Refusal refusal) : content_(std::move(refusal)) {}

  explicit operator bool() const { return std::holds_alternative<T>(content_); }
  /// Only where there is a result.
  const T& operator*() const { return std::get<T>(content_); }
  const T* operator->() const { return &std::get<T>(content_); }
  /// Empty where there is a result.
  std::string why_not() const { return *this ? "" : std::get<Refusal>(content_).reason; }

 private:
  std::variant<T, Refusal> content_;
};

}  // namespace rnnbench
