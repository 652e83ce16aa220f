#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harness/data/encoded_data.hpp"

namespace rnnbench {

/// What an image says about itself, its sizes among it.
struct ImageFacts {
  std::string key;                       ///< what it was made from: 64 hexadecimal digits
  std::array<std::size_t, 3> reviews{};  ///< of train, validation, test
  std::array<std::string, 3> digests;    ///< EncodedPart::digest of them, 64 hexadecimal digits each
  int time = 0;
  int vocabulary = 0;
  std::int32_t padding_id = 0;
  bool padded_at_front = false;
};

/// An encoded data set as the bytes of its cache file: a header with an XXH3 checksum of 128 bits over all
/// that follows it, then ids, lengths, plain words, sizes of words, labels, ratings, words. For machines of
/// one byte order.
class EncodedImage {
 public:
  static constexpr std::uint32_t kVersion = 2;

  EncodedImage(const ImageFacts& facts, std::span<const std::string_view> words);

  /// Rows of train, then validation, then test; to be filled.
  std::span<std::int32_t> ids() { return ids_; }                   ///< [reviews, time]
  std::span<std::int32_t> lengths() { return lengths_; }           ///< [reviews]
  std::span<std::uint32_t> plain_words() { return plain_words_; }  ///< [reviews]
  std::span<std::uint8_t> labels() { return labels_; }             ///< [reviews]
  std::span<std::uint8_t> ratings() { return ratings_; }           ///< [reviews]

  /// Computes the checksum; call it when all is filled, before taking the bytes.
  void seal();

  std::span<const std::byte> bytes() const { return {memory_.get(), size_}; }
  std::shared_ptr<const void> memory() const { return memory_; }

 private:
  std::shared_ptr<std::byte[]> memory_;
  std::size_t size_ = 0;
  std::span<std::int32_t> ids_;
  std::span<std::int32_t> lengths_;
  std::span<std::uint32_t> plain_words_;
  std::span<std::uint8_t> labels_, ratings_;
};

/// Views of a whole, sound image that was made from `key`. Throws DataError that says what is wrong:
/// another format or version, a wrong checksum, another key. `memory` keeps `bytes` alive.
EncodedData open_image(std::shared_ptr<const void> memory, std::span<const std::byte> bytes,
                       std::string_view key);

}  // namespace rnnbench
