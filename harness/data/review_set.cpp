#include "harness/data/review_set.hpp"

#include <algorithm>
#include <tuple>

namespace rnnbench {
namespace {

constexpr std::size_t kBlockBytes = std::size_t{1} << 20U;

}  // namespace

void ReviewSet::add(std::string_view text, std::uint8_t label, Part part, std::int32_t id,
                    std::int32_t rating) {
  if (blocks_.empty() || blocks_.back().size() + text.size() > blocks_.back().capacity()) {
    blocks_.emplace_back().reserve(std::max(kBlockBytes, text.size()));
  }
  std::string& block = blocks_.back();
  const std::size_t start = block.size();
  block.append(text);
  reviews_.push_back({std::string_view(block).substr(start), label, part, id, rating});
}

void ReviewSet::sort_officially() {
  std::stable_sort(reviews_.begin(), reviews_.end(), [](const Review& a, const Review& b) {
    return std::tuple(a.part, a.id, a.label) < std::tuple(b.part, b.id, b.label);
  });
}

}  // namespace rnnbench
