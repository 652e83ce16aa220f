#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace rnnbench {

/// Numbers distinct byte strings 0, 1, 2, … in the order they are first seen, and keeps copies of them.
/// Open addressing with linear probing. Movable, not copyable.
class TokenTable {
 public:
  TokenTable();
  TokenTable(TokenTable&&) noexcept = default;
  TokenTable& operator=(TokenTable&&) noexcept = default;
  TokenTable(const TokenTable&) = delete;
  TokenTable& operator=(const TokenTable&) = delete;

  /// The number of `token`; a new one, size() before the call, where it wasn't seen yet.
  std::uint32_t intern(std::string_view token);

  std::string_view operator[](std::uint32_t number) const { return tokens_[number]; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(tokens_.size()); }

 private:
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t number = 0;  // counts from 1; 0: free
  };

  void grow();
  std::string_view keep(std::string_view token);

  std::vector<Slot> slots_;
  std::vector<std::string_view> tokens_;
  std::vector<std::unique_ptr<char[]>> blocks_;
  char* free_ = nullptr;
  std::size_t free_bytes_ = 0;
};

}  // namespace rnnbench
