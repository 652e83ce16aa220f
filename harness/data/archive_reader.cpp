#include "harness/data/archive_reader.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>

#include <cerrno>
#include <exception>
#include <memory>
#include <string>

#include "harness/core/error.hpp"
#include "harness/data/decompressed_file.hpp"
#include "harness/data/official_layout.hpp"

namespace rnnbench {
namespace fs = std::filesystem;
namespace {

/// The decompressed bytes as libarchive asks for them. An exception can't pass through libarchive's
/// frames: it waits in `failure`.
struct Feed {
  DecompressedFile file;
  const std::stop_token& stop;
  std::exception_ptr failure;

  std::span<const std::byte> next() {
    if (stop.stop_requested()) throw Interrupted();
    return file.next();
  }
};

la_ssize_t read_feed(archive* handle, void* data, const void** block) {
  Feed& feed = *static_cast<Feed*>(data);
  try {
    const std::span<const std::byte> bytes = feed.next();
    *block = bytes.data();
    return static_cast<la_ssize_t>(bytes.size());
  } catch (...) {
    feed.failure = std::current_exception();
    archive_set_error(handle, EIO, "reading failed");
    return -1;
  }
}

constexpr const char* kRemedy = "remove it and get the official archive with 'rnnbench data fetch'";

class TarReader {
 public:
  TarReader(const fs::path& path, const std::stop_token& stop)
      : path_(path), feed_{DecompressedFile(path, kRemedy), stop, nullptr} {
    archive_read_support_format_tar(handle_.get());
    if (archive_read_open(handle_.get(), &feed_, nullptr, read_feed, nullptr) != ARCHIVE_OK) fail();
  }

  /// The next member, or null at the end of the archive.
  archive_entry* next_member() {
    archive_entry* entry = nullptr;
    const int result = archive_read_next_header(handle_.get(), &entry);
    if (result == ARCHIVE_EOF) return nullptr;
    if (result != ARCHIVE_OK && result != ARCHIVE_WARN) fail();
    return entry;
  }

  /// The current member's content.
  std::string_view content(std::size_t size) {
    buffer_.resize(size);
    std::size_t done = 0;
    while (done < size) {
      const la_ssize_t count = archive_read_data(handle_.get(), buffer_.data() + done, size - done);
      if (count <= 0) fail();
      done += static_cast<std::size_t>(count);
    }
    return buffer_;
  }

  /// Reads on to the end of the file, where its checksum stands.
  void drain() {
    while (!feed_.next().empty()) {
    }
  }

 private:
  [[noreturn]] void fail() {
    if (feed_.failure) std::rethrow_exception(feed_.failure);
    const char* reason = archive_error_string(handle_.get());
    throw DataError(
        fmt::format("{}: not a sound tar archive ({}); get the official one with 'rnnbench data fetch' or "
                    "give another with --data",
                    path_.string(), reason != nullptr ? reason : "it ends early"));
  }

  struct Free {
    void operator()(archive* handle) const { archive_read_free(handle); }
  };
  fs::path path_;
  Feed feed_;
  std::unique_ptr<archive, Free> handle_{archive_read_new()};
  std::string buffer_;
};

std::size_t review_bytes(archive_entry* entry, const fs::path& path, const char* name) {
  const bool plain = archive_entry_filetype(entry) == AE_IFREG && archive_entry_hardlink(entry) == nullptr;
  const la_int64_t size = archive_entry_size(entry);
  if (!plain || size < 0 || size > static_cast<la_int64_t>(kMostReviewBytes)) {
    throw DataError(fmt::format("{}: refused {} ({}); take the set from its official source", path.string(),
                                name, plain ? fmt::format("{} bytes", size) : "it is a link or no file"));
  }
  return static_cast<std::size_t>(size);
}

/// Calls `take(name, content)` for each member but folders; `content` reads what the member holds.
template <typename Take>
void read_members(const fs::path& path, const std::stop_token& stop, Take&& take) {
  TarReader reader(path, stop);
  while (archive_entry* entry = reader.next_member()) {
    if (archive_entry_filetype(entry) == AE_IFDIR) continue;
    const char* name = archive_entry_pathname(entry);
    take(name != nullptr ? name : "",
         [&]() -> std::string_view { return reader.content(review_bytes(entry, path, name)); });
  }
  reader.drain();
}

}  // namespace

ReviewSet read_archive(const fs::path& path, const std::stop_token& stop) {
  ReviewSet reviews;
  read_members(path, stop, [&](std::string_view name, auto&& content) {
    const auto official = parse_official_name(name, path);
    if (!official) return;
    reviews.add(content(), official->label, official->part, official->id, official->rating);
  });
  finish_official(reviews, path);
  return reviews;
}

NumberedTexts read_unlabelled_archive(const fs::path& path, const std::stop_token& stop) {
  NumberedTexts texts;
  read_members(path, stop, [&](std::string_view name, auto&& content) {
    if (const auto number = parse_unlabelled_name(name, path)) texts.emplace_back(*number, content());
  });
  return texts;
}

}  // namespace rnnbench
