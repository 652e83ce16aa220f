#pragma once

#include <bit>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

namespace rnnbench {

static_assert(std::endian::native == std::endian::little, "blobs are little-endian and copied as they are");

/// The bytes of a blob column that holds `values` (see results/store/migrations); a view, valid as long as
/// they are.
template <typename Number>
std::string_view as_blob(std::span<const Number> values) {
  return {reinterpret_cast<const char*>(values.data()), values.size_bytes()};
}

/// The numbers in a blob column; bytes that don't fill a last number are left out.
template <typename Number>
std::vector<Number> from_blob(std::string_view bytes) {
  std::vector<Number> values(bytes.size() / sizeof(Number));
  if (!values.empty()) std::memcpy(values.data(), bytes.data(), values.size() * sizeof(Number));
  return values;
}

}  // namespace rnnbench
