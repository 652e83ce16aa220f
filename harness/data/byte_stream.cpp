#include "harness/data/byte_stream.hpp"

#include <algorithm>

namespace rnnbench {

bool ByteStream::refill() {
  const std::span<const std::byte> block = file_.next();
  if (block.empty()) return false;
  buffer_.erase(0, at_);
  at_ = 0;
  buffer_.append(reinterpret_cast<const char*>(block.data()), block.size());
  return true;
}

std::string_view ByteStream::peek(std::size_t count) {
  while (buffer_.size() - at_ < count && refill()) {
  }
  return std::string_view(buffer_).substr(at_, count);
}

std::string_view ByteStream::take(std::size_t count) {
  const std::string_view bytes = peek(count);
  at_ += bytes.size();
  return bytes;
}

std::string_view ByteStream::until(char end, std::size_t most) {
  std::size_t searched = 0;
  for (;;) {
    const std::string_view rest = std::string_view(buffer_).substr(at_, most);
    const std::size_t found = rest.find(end, searched);
    if (found != std::string_view::npos) {
      at_ += found + 1;
      return rest.substr(0, found);
    }
    searched = rest.size();
    if (rest.size() == most || !refill()) return take(rest.size());
  }
}

}  // namespace rnnbench
