#include "results/exchange/packed_text.hpp"

#include <fmt/format.h>

#include <array>

#include "harness/core/error.hpp"
#include "harness/core/sha256.hpp"
#include "results/exchange/archive_handle.hpp"
#include "results/exchange/base64.hpp"

namespace rnnbench {
namespace {

constexpr std::size_t kDigestLetters = 16;
constexpr std::size_t kMostBytes = std::size_t{1} << 30;

la_ssize_t append(archive* /*handle*/, void* text, const void* bytes, std::size_t size) {
  static_cast<std::string*>(text)->append(static_cast<const char*>(bytes), size);
  return static_cast<la_ssize_t>(size);
}

std::string compressed(std::string_view bytes) {
  std::string out;
  const ArchiveHandle writing(archive_write_new());
  archive_write_set_format_raw(writing.get());
  archive_write_add_filter_gzip(writing.get());
  archive_write_set_filter_option(writing.get(), "gzip", "timestamp", nullptr);  // equal bytes, equal text
  archive_write_set_bytes_in_last_block(writing.get(), 1);                       // no padding
  const ArchiveEntry entry(archive_entry_new());
  archive_entry_set_filetype(entry.get(), AE_IFREG);
  if (archive_write_open(writing.get(), &out, nullptr, append, nullptr) != ARCHIVE_OK ||
      archive_write_header(writing.get(), entry.get()) != ARCHIVE_OK ||
      archive_write_data(writing.get(), bytes.data(), bytes.size()) !=
          static_cast<la_ssize_t>(bytes.size()) ||
      archive_write_close(writing.get()) != ARCHIVE_OK) {
    throw EnvironmentError(fmt::format("libarchive can't compress: {}", archive_error_string(writing.get())));
  }
  return out;
}

std::string decompressed(const std::string& bytes) {
  const ArchiveHandle reading(archive_read_new());
  archive_read_support_filter_gzip(reading.get());
  archive_read_support_format_raw(reading.get());
  archive_entry* entry = nullptr;
  std::string out;
  if (archive_read_open_memory(reading.get(), bytes.data(), bytes.size()) != ARCHIVE_OK ||
      archive_read_next_header(reading.get(), &entry) != ARCHIVE_OK) {
    return out;
  }
  std::array<char, 1 << 16> block{};
  for (;;) {
    const la_ssize_t size = archive_read_data(reading.get(), block.data(), block.size());
    if (size <= 0) return out;
    if (out.size() > kMostBytes) throw EnvironmentError("it is larger than any run is");
    out.append(block.data(), static_cast<std::size_t>(size));
  }
}

std::string digest_of(std::string_view bytes) { return sha256_hex(bytes).substr(0, kDigestLetters); }

}  // namespace

std::string packed_text(std::string_view bytes) { return digest_of(bytes) + base64(compressed(bytes)); }

std::string unpacked_text(std::string_view text) {
  if (text.size() > kDigestLetters) {
    const std::optional<std::string> bytes = from_base64(text.substr(kDigestLetters));
    if (bytes) {
      std::string content = decompressed(*bytes);
      if (digest_of(content) == text.substr(0, kDigestLetters)) return content;
    }
  }
  throw EnvironmentError("it was cut or changed since it was written");
}

}  // namespace rnnbench
