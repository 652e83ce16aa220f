#include "harness/data/word_vectors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "harness/core/error.hpp"
#include "harness/data/byte_stream.hpp"

namespace rnnbench {
namespace {

constexpr std::size_t kLongestLine = std::size_t{1} << 22U;
constexpr std::size_t kLongestWord = 1 << 12;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";  ///< some editors begin UTF-8 with it

template <typename Number>
std::optional<Number> number_in(std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// A number of a text file. As other readers do, this one takes "+0.1", and zero for what is too small.
std::optional<double> real_in(std::string_view text) {
  if (text.size() > 1 && text.front() == '+' && text[1] != '-') text.remove_prefix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc::invalid_argument || end != text.data() + text.size()) return std::nullopt;
  // from_chars doesn't say whether the number is too large or too small.
  if (error == std::errc::result_out_of_range) return std::strtod(std::string(text).c_str(), nullptr);
  return value;
}

/// The beginning of a field that is named in a message: bytes that would end or garble it as \x1b.
std::string named(std::string_view field) {
  std::string text;
  for (const char byte : field.substr(0, 40)) {
    const bool is_control = static_cast<unsigned char>(byte) < 0x20 || byte == 0x7F;
    text += is_control ? fmt::format("\\x{:02x}", byte) : std::string(1, byte);
  }
  return text;
}

std::string_view without_blank_end(std::string_view line) {
  const std::size_t last = line.find_last_not_of(" \t\r");
  return line.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

std::size_t fields_in(std::string_view line) {
  return static_cast<std::size_t>(std::count(line.begin(), line.end(), ' ')) + 1;
}

constexpr const char* kGetVectorsAgain = "get the file of word vectors again";

struct Header {
  std::uint64_t count = 0;
  std::uint64_t size = 0;
};

/// "400000 300": two whole numbers. A GloVe line holds a word first.
std::optional<Header> header_in(std::string_view line) {
  line = without_blank_end(line);
  const std::size_t space = line.find(' ');
  if (space == std::string_view::npos) return std::nullopt;
  const auto count = number_in<std::uint64_t>(line.substr(0, space));
  const auto size = number_in<std::uint64_t>(line.substr(space + 1));
  if (!count || !size) return std::nullopt;
  return Header{*count, *size};
}

/// Two whole numbers, be they as large or as negative as they like.
bool looks_like_header(std::string_view line) {
  const auto is_whole = [](std::string_view number) {
    if (number.starts_with('-') || number.starts_with('+')) number.remove_prefix(1);
    return !number.empty() && number.find_first_not_of("0123456789") == std::string_view::npos;
  };
  const std::size_t space = line.find(' ');
  return space != std::string_view::npos && is_whole(line.substr(0, space)) &&
         is_whole(line.substr(space + 1));
}

/// One reading of one file.
class VectorReader {
 public:
  VectorReader(const std::filesystem::path& path, const WantedVectors& wanted, const std::stop_token& stop)
      : path_(path),
        stream_(path, kGetVectorsAgain),
        stop_(stop),
        size_(static_cast<std::size_t>(wanted.size)) {
    vectors_.rows.resize(static_cast<std::size_t>(wanted.vocabulary) * size_);
    std::size_t row = static_cast<std::size_t>(wanted.first_id);
    for (const std::string& word : wanted.words) {
      if (row >= static_cast<std::size_t>(wanted.vocabulary)) break;
      rows_.emplace(word, row++);
    }
    vectors_.words = rows_.size();
  }

  WordVectors read() {
    const std::optional<Header> header = begin();
    const bool binary = header && !is_text(next_line());
    vectors_.format = binary ? "word2vec binary" : header ? "word2vec text" : "GloVe";
    if (binary) {
      read_binary(header->count);
    } else {
      read_text(header);
    }
    return std::move(vectors_);
  }

  /// Checks the size that the file begins with, and passes over its header where it has one.
  std::optional<Header> begin() {
    if (stream_.peek(kByteOrderMark.size()) == kByteOrderMark) stream_.take(kByteOrderMark.size());
    const std::string first(without_blank_end(next_line()));
    const std::optional<Header> header = header_in(first);
    if (header) {
      if (header->size != size_) wrong_size("the file", header->size);
      stream_.until('\n', kLongestLine);
    } else if (looks_like_header(first)) {
      fail(fmt::format("line 1: '{}' is no header, which has the count of words and their size",
                       named(first)));
    } else if (fields_in(first) != size_ + 1) {
      wrong_size("line 1", fields_in(first) - 1);
    }
    return header;
  }

 private:
  /// The line that comes next, not passed over; reads no more of the file than it must.
  std::string_view next_line() {
    for (std::size_t count = 1 << 12;; count *= 2) {
      const std::string_view bytes = stream_.peek(count);
      const std::size_t end = bytes.find('\n');
      const bool is_all = bytes.size() < count || count >= kLongestLine;
      if (end != std::string_view::npos || is_all) return bytes.substr(0, end);
    }
  }

  /// Whether a line looks like a word and its numbers.
  bool is_text(std::string_view line) const {
    line = without_blank_end(line);
    if (fields_in(line) < size_ + 1) return false;
    for (std::size_t i = 0; i < size_; ++i) {
      const std::size_t space = line.rfind(' ');
      if (!real_in(line.substr(space + 1))) return false;
      line = line.substr(0, space);
    }
    return true;
  }

  void read_text(const std::optional<Header>& header) {
    const std::uint64_t first_line = header ? 2 : 1;
    std::uint64_t entries = 0;
    for (; !stream_.at_end(); ++entries) {
      stop_where_asked(entries);
      place_ = {"line", first_line + entries};
      const std::string_view whole = stream_.take(next_line().size() + 1);
      const std::string_view line = without_blank_end(whole.substr(0, whole.find('\n')));
      if (line.empty()) break;
      if (header && entries == header->count) fail(fmt::format("goes on after its {} words", header->count));
      read_line(line, !whole.ends_with('\n'));
    }
    pass_blank_lines();
    if (header && entries < header->count) ends_early(entries, header->count);
  }

  /// To the end of the file; a blank line may stand nowhere else.
  void pass_blank_lines() {
    while (!stream_.at_end()) {
      if (!without_blank_end(stream_.until('\n', kLongestLine)).empty()) fail(place() + " is blank");
    }
  }

  /// `is_open`: the file ends within the line or right after it.
  void read_line(std::string_view line, bool is_open) {
    const std::size_t fields = fields_in(line);
    if (fields < size_ + 1) {
      if (is_open) fail(place() + ": the file is cut off");
      wrong_size(place(), fields - 1);
    }
    std::size_t word_end = line.find(' ');
    for (std::size_t extra = fields - size_ - 1; extra > 0; --extra) word_end = line.find(' ', word_end + 1);
    float* row = take_row(line.substr(0, word_end));
    // The first line is read even if nobody wants it: a file of another kind is seen by it.
    if (row == nullptr && std::exchange(knows_lines_, true)) return;
    std::string_view rest = line.substr(word_end + 1);
    for (std::size_t i = 0; i < size_; ++i) {
      const std::string_view field = rest.substr(0, rest.find(' '));
      const auto value = real_in(field);
      if (!value && is_open && i + 1 == size_) fail(place() + ": the file is cut off");
      if (!value) fail(fmt::format("{}: '{}' is no number", place(), named(field)));
      check_finite(*value);
      if (row != nullptr) row[i] = static_cast<float>(*value);
      rest.remove_prefix(std::min(rest.size(), field.size() + 1));
    }
  }

  void read_binary(std::uint64_t count) {
    for (std::uint64_t entry = 0; entry < count; ++entry) {
      stop_where_asked(entry);
      place_ = {"word", entry + 1};
      if (stream_.peek(1) == "\n") stream_.take(1);
      const std::string_view word = stream_.until(' ', kLongestWord);
      if (word.size() == kLongestWord)
        fail(fmt::format("{}: no space within {} bytes", place(), kLongestWord));
      float* row = take_row(word);
      const std::string_view bytes = stream_.take(size_ * sizeof(float));
      if (bytes.size() < size_ * sizeof(float)) ends_early(entry, count);
      if (row == nullptr) continue;
      std::memcpy(row, bytes.data(), bytes.size());
      std::for_each(row, row + size_, [this](float value) { check_finite(value); });
    }
    while (!stream_.at_end()) {
      if (stream_.take(1) != "\n") fail(fmt::format("goes on after its {} words", count));
    }
  }

  /// Where the vector of `word` goes; null where it isn't wanted or was there before.
  float* take_row(std::string_view word) {
    const auto wanted = rows_.find(word);
    if (wanted == rows_.end()) return nullptr;
    float* row = vectors_.rows.data() + wanted->second * size_;
    rows_.erase(wanted);
    ++vectors_.found;
    return row;
  }

  void check_finite(double value) const {
    const bool finite = std::abs(value) <= std::numeric_limits<float>::max();  // false of NaN too
    if (!finite) fail(place() + ": a number that is not finite");
  }
  void stop_where_asked(std::uint64_t entry) const {
    if (entry % 1024 == 0 && stop_.stop_requested()) throw Interrupted();
  }
  std::string place() const { return fmt::format("{} {}", place_.first, place_.second); }

  [[noreturn]] void fail(const std::string& what) const {
    throw DataError(fmt::format("{}: {}; {}", path_.string(), what, kGetVectorsAgain));
  }
  [[noreturn]] void ends_early(std::uint64_t entries, std::uint64_t count) const {
    fail(fmt::format("ends after {} of its {} words", entries, count));
  }
  [[noreturn]] void wrong_size(const std::string& where, std::uint64_t found) const {
    throw DataError(
        fmt::format("{}: {} has vectors of {} numbers, model.embedding.size is {}; change one of the two",
                    path_.string(), where, found, size_));
  }

  std::filesystem::path path_;
  ByteStream stream_;
  const std::stop_token& stop_;
  std::size_t size_;
  std::unordered_map<std::string_view, std::size_t> rows_;  ///< of the words not found yet
  std::pair<const char*, std::uint64_t> place_;             ///< "line" or "word" that is read, from 1
  bool knows_lines_ = false;
  WordVectors vectors_;
};

}  // namespace

WordVectors read_word_vectors(const std::filesystem::path& path, const WantedVectors& wanted,
                              const std::stop_token& stop) {
  return VectorReader(path, wanted, stop).read();
}

void check_word_vectors(const std::filesystem::path& path, int size) {
  VectorReader(path, {.words = {}, .size = size}, {}).begin();
}

}  // namespace rnnbench
