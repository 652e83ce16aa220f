#include "results/exchange/decimal.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string>

namespace rnnbench {
namespace {

/// ±0.DIGITS * 10^exponent, without zeros at either end of the digits; none of zero.
struct Decimal {
  bool is_negative = false;
  std::string digits;
  std::int64_t exponent = 0;
  bool operator==(const Decimal&) const = default;
};

bool are_digits(std::string_view text) {
  return std::ranges::all_of(text, [](char letter) { return letter >= '0' && letter <= '9'; });
}

std::optional<std::int32_t> exponent_of(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  std::int32_t exponent = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), exponent);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return exponent;
}

std::optional<Decimal> decimal_of(std::string_view text) {
  Decimal decimal;
  decimal.is_negative = text.starts_with('-');
  if (decimal.is_negative) text.remove_prefix(1);
  const std::size_t mark = std::min(text.find_first_of("eE"), text.size());
  const std::string_view mantissa = text.substr(0, mark);
  const std::size_t point = std::min(mantissa.find('.'), mantissa.size());
  const std::string_view whole = mantissa.substr(0, point),
                         fraction = mantissa.substr(std::min(point + 1, mantissa.size()));
  if (mantissa.empty() || !are_digits(whole) || !are_digits(fraction)) return std::nullopt;
  decimal.digits = std::string(whole) + std::string(fraction);
  const std::size_t first = decimal.digits.find_first_not_of('0');
  if (first == std::string::npos) return Decimal{};
  decimal.digits = decimal.digits.substr(first, decimal.digits.find_last_not_of('0') - first + 1);
  decimal.exponent = static_cast<std::int64_t>(whole.size()) - static_cast<std::int64_t>(first);
  if (mark == text.size()) return decimal;
  const std::optional<std::int32_t> exponent = exponent_of(text.substr(mark + 1));
  if (!exponent) return std::nullopt;
  decimal.exponent += *exponent;
  return decimal;
}

}  // namespace

bool is_same_number(std::string_view left, std::string_view right) {
  const std::optional<Decimal> number = decimal_of(left);
  return number && number == decimal_of(right);
}

}  // namespace rnnbench
