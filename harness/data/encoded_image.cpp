#include "harness/data/encoded_image.hpp"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <cstring>

#include "harness/core/error.hpp"

namespace rnnbench {
namespace {

constexpr std::array<char, 8> kMagic = {'r', 'n', 'n', 'b', 'e', 'n', 'c', '\n'};
using Digest = std::array<char, 64>;

struct Header {
  std::array<char, 8> magic = kMagic;
  std::uint32_t version = EncodedImage::kVersion;
  std::uint32_t padding_at_front = 0;
  XXH128_hash_t checksum{};  // over all bytes of the file, this field taken as zero
  Digest key{};
  std::array<Digest, 3> digests{};
  std::array<std::uint64_t, 3> reviews{};
  std::uint64_t words = 0;
  std::uint64_t word_bytes = 0;
  std::int32_t time = 0;
  std::int32_t vocabulary = 0;
  std::int32_t padding_id = 0;
  std::int32_t reserved = 0;
};
static_assert(sizeof(Header) % 8 == 0 && std::is_trivially_copyable_v<Header>);

/// Where the blocks that follow the header begin.
struct Layout {
  std::size_t lengths, plain_words, word_sizes, labels, ratings, words, end;

  explicit Layout(const Header& header) {
    const std::size_t reviews = header.reviews[0] + header.reviews[1] + header.reviews[2];
    lengths = sizeof(Header) + reviews * static_cast<std::size_t>(header.time) * sizeof(std::int32_t);
    plain_words = lengths + reviews * sizeof(std::int32_t);
    word_sizes = plain_words + reviews * sizeof(std::uint32_t);
    labels = word_sizes + header.words * sizeof(std::uint32_t);
    ratings = labels + reviews;
    words = ratings + reviews;
    end = words + header.word_bytes;
  }
};

Digest to_digest(std::string_view text) {
  Digest digest{};
  std::copy_n(text.begin(), std::min(text.size(), digest.size()), digest.begin());
  return digest;
}

XXH128_hash_t checksum(Header header, std::span<const std::byte> bytes) {
  header.checksum = {};
  const XXH128_hash_t of_header = XXH3_128bits(&header, sizeof(header));
  return XXH3_128bits_withSeed(bytes.data() + sizeof(Header), bytes.size() - sizeof(Header),
                               of_header.low64 ^ of_header.high64);
}

Header read_header(std::span<const std::byte> bytes) {
  Header header;
  std::memcpy(static_cast<void*>(&header), bytes.data(), sizeof(header));
  return header;
}

Header sound_header(std::span<const std::byte> bytes, std::string_view key) {
  if (bytes.size() < sizeof(Header)) throw DataError("it is shorter than its header");
  const Header header = read_header(bytes);
  if (header.magic != kMagic) throw DataError("it is no file of encoded reviews");
  if (header.version != EncodedImage::kVersion) throw DataError("it has another version of the format");
  if (XXH128_isEqual(header.checksum, checksum(header, bytes)) == 0) throw DataError("its checksum is wrong");
  if (header.key != to_digest(key)) throw DataError("it was made from other data or another recipe");
  if (Layout(header).end != bytes.size()) throw DataError("its size is wrong");
  return header;
}

template <typename T>
std::span<const T> block(std::span<const std::byte> bytes, std::size_t start, std::size_t count) {
  return {reinterpret_cast<const T*>(bytes.data() + start), count};
}

}  // namespace

EncodedImage::EncodedImage(const ImageFacts& facts, std::span<const std::string_view> words) {
  Header header;
  header.key = to_digest(facts.key);
  for (std::size_t part = 0; part < 3; ++part) {
    header.digests[part] = to_digest(facts.digests[part]);
    header.reviews[part] = facts.reviews[part];
  }
  header.words = words.size();
  for (const std::string_view word : words) header.word_bytes += word.size();
  header.time = facts.time;
  header.vocabulary = facts.vocabulary;
  header.padding_id = facts.padding_id;
  header.padding_at_front = facts.padded_at_front ? 1 : 0;

  const Layout layout(header);
  size_ = layout.end;
  memory_.reset(new std::byte[size_]);  // left as it is: every byte is written once
  std::memcpy(memory_.get(), &header, sizeof(header));
  const std::size_t reviews = facts.reviews[0] + facts.reviews[1] + facts.reviews[2];
  ids_ = {reinterpret_cast<std::int32_t*>(memory_.get() + sizeof(Header)),
          reviews * static_cast<std::size_t>(facts.time)};
  lengths_ = {reinterpret_cast<std::int32_t*>(memory_.get() + layout.lengths), reviews};
  plain_words_ = {reinterpret_cast<std::uint32_t*>(memory_.get() + layout.plain_words), reviews};
  labels_ = {reinterpret_cast<std::uint8_t*>(memory_.get() + layout.labels), reviews};
  ratings_ = {reinterpret_cast<std::uint8_t*>(memory_.get() + layout.ratings), reviews};
  auto* size_at = reinterpret_cast<std::uint32_t*>(memory_.get() + layout.word_sizes);
  std::byte* word_at = memory_.get() + layout.words;
  for (const std::string_view word : words) {
    *size_at++ = static_cast<std::uint32_t>(word.size());
    word_at = std::copy_n(reinterpret_cast<const std::byte*>(word.data()), word.size(), word_at);
  }
}

void EncodedImage::seal() {
  Header header = read_header(bytes());
  header.checksum = checksum(header, bytes());
  std::memcpy(memory_.get(), &header, sizeof(header));
}

EncodedData open_image(std::shared_ptr<const void> memory, std::span<const std::byte> bytes,
                       std::string_view key) {
  const Header header = sound_header(bytes, key);
  const Layout layout(header);
  const auto width = static_cast<std::size_t>(header.time);
  EncodedData data;
  data.memory = std::move(memory);
  data.time = header.time;
  data.vocabulary = header.vocabulary;
  data.padding_id = header.padding_id;
  data.padded_at_front = header.padding_at_front != 0;
  std::size_t first = 0;
  for (const auto& [part, i] : {std::pair(&data.train, 0U), {&data.validation, 1U}, {&data.test, 2U}}) {
    const std::size_t count = header.reviews[i];
    part->ids =
        block<std::int32_t>(bytes, sizeof(Header) + first * width * sizeof(std::int32_t), count * width);
    part->lengths = block<std::int32_t>(bytes, layout.lengths + first * sizeof(std::int32_t), count);
    part->plain_words =
        block<std::uint32_t>(bytes, layout.plain_words + first * sizeof(std::uint32_t), count);
    part->labels = block<std::uint8_t>(bytes, layout.labels + first, count);
    part->ratings = block<std::uint8_t>(bytes, layout.ratings + first, count);
    part->digest.assign(header.digests[i].begin(), header.digests[i].end());
    first += count;
  }
  const char* word = reinterpret_cast<const char*>(bytes.data() + layout.words);
  data.words.reserve(header.words);
  for (const std::uint32_t size : block<std::uint32_t>(bytes, layout.word_sizes, header.words)) {
    data.words.emplace_back(word, size);
    word += size;
  }
  return data;
}

}  // namespace rnnbench
