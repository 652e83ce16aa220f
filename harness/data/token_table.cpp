#include "harness/data/token_table.hpp"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <cstring>

namespace rnnbench {
namespace {

constexpr std::size_t kFirstSlots = std::size_t{1} << 12U;
constexpr std::size_t kBlockBytes = std::size_t{1} << 18U;

}  // namespace

TokenTable::TokenTable() : slots_(kFirstSlots) {}

std::uint32_t TokenTable::intern(std::string_view token) {
  const auto hash = static_cast<std::uint32_t>(XXH3_64bits(token.data(), token.size()));
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = hash & mask;
  for (; slots_[at].number != 0; at = (at + 1) & mask) {
    if (slots_[at].hash == hash && tokens_[slots_[at].number - 1] == token) return slots_[at].number - 1;
  }
  tokens_.push_back(keep(token));
  slots_[at] = {hash, size()};
  if (tokens_.size() * 2 > slots_.size()) grow();
  return size() - 1;
}

void TokenTable::grow() {
  std::vector<Slot> larger(slots_.size() * 2);
  const std::size_t mask = larger.size() - 1;
  for (const Slot& slot : slots_) {
    if (slot.number == 0) continue;
    std::size_t at = slot.hash & mask;
    while (larger[at].number != 0) at = (at + 1) & mask;
    larger[at] = slot;
  }
  slots_ = std::move(larger);
}

std::string_view TokenTable::keep(std::string_view token) {
  if (token.size() > free_bytes_) {
    free_bytes_ = std::max(kBlockBytes, token.size());
    free_ = blocks_.emplace_back(std::make_unique_for_overwrite<char[]>(free_bytes_)).get();
  }
  char* copy = free_;
  std::copy(token.begin(), token.end(), copy);
  free_ += token.size();
  free_bytes_ -= token.size();
  return {copy, token.size()};
}

}  // namespace rnnbench
