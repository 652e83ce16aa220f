#pragma once

#include <string>

namespace rnnbench {

/// The last lines of a text that grows.
class OutputTail {
 public:
  static constexpr std::size_t kLines = 20;
  static constexpr std::size_t kBytes = 4000;

  void add(const std::string& text) {
    text_ += text;
    if (text_.size() > 2 * kBytes) text_.erase(0, text_.size() - kBytes);
  }
  void clear() { text_.clear(); }

  /// At most so many lines and bytes.
  std::string text() const {
    std::size_t begin = text_.size() > kBytes ? text_.size() - kBytes : 0;
    std::size_t lines = 0;
    for (std::size_t at = text_.size(); at-- > begin;) {
      const bool ends_a_line = text_[at] == '\n' && at + 1 < text_.size();
      if (ends_a_line && ++lines == kLines) {
        begin = at + 1;
        break;
      }
    }
    return text_.substr(begin);
  }

 private:
  std::string text_;
};

}  // namespace rnnbench
