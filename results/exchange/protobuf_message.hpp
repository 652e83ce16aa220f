#pragma once

#include <bit>
#include <cstdint>
#include <string>
#include <string_view>

namespace rnnbench {

/// A message in protocol buffers' wire format, written field by field.
class ProtobufMessage {
 public:
  void number(int field, std::uint64_t value) {
    varint(tag(field, 0));
    varint(value);
  }
  void real(int field, double value) {
    varint(tag(field, 1));
    little_endian(std::bit_cast<std::uint64_t>(value));
  }
  void real(int field, float value) {
    varint(tag(field, 5));
    little_endian(std::bit_cast<std::uint32_t>(value));
  }
  void text(int field, std::string_view value) {
    varint(tag(field, 2));
    varint(value.size());
    bytes_ += value;
  }
  void message(int field, const ProtobufMessage& value) { text(field, value.bytes_); }

  const std::string& bytes() const { return bytes_; }
  /// Makes it empty, and keeps its memory.
  void clear() { bytes_.clear(); }

 private:
  static std::uint64_t tag(int field, std::uint64_t wire_type) {
    return static_cast<std::uint64_t>(field) << 3U | wire_type;
  }
  void varint(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7U) bytes_ += static_cast<char>(value | 0x80U);
    bytes_ += static_cast<char>(value);
  }
  template <typename Unsigned>
  void little_endian(Unsigned value) {
    for (std::size_t i = 0; i < sizeof value; ++i) bytes_ += static_cast<char>(value >> (8 * i));
  }

  std::string bytes_;
};

}  // namespace rnnbench
