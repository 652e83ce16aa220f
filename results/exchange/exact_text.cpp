#include "results/exchange/exact_text.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "harness/core/utf8.hpp"
#include "results/exchange/base64.hpp"

namespace rnnbench {
namespace {

constexpr std::string_view kBytes = "base64:";

template <typename Number>
std::optional<TableCell> number_of(std::string_view text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number != number) return std::nullopt;
  return number;
}

}  // namespace

std::string exact_real(double value) {
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  std::string text = fmt::format("{}", value);
  if (text.find_first_of(".e") == std::string::npos) text += ".0";
  return text;
}

std::string exact_text(const std::string& text) {
  const bool is_plain = is_utf8(text) && !text.starts_with(kBytes) && text.find('\0') == std::string::npos;
  return is_plain ? text : fmt::format("{}{}", kBytes, base64(text));
}

std::optional<TableCell> exact_value(std::string_view text, ColumnType type) {
  if (type == ColumnType::kInteger) return number_of<std::int64_t>(text);
  if (type == ColumnType::kReal) return number_of<double>(text);
  const bool is_blob = type == ColumnType::kBlob;
  if (!is_blob && !text.starts_with(kBytes))
    return is_utf8(text) ? std::optional<TableCell>(std::string(text)) : std::nullopt;
  auto bytes = from_base64(is_blob ? text : text.substr(kBytes.size()));
  if (!bytes) return std::nullopt;
  return is_blob ? TableCell(Blob{std::move(*bytes)}) : TableCell(std::move(*bytes));
}

}  // namespace rnnbench
