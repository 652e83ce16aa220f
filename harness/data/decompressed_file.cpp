#include "harness/data/decompressed_file.hpp"

#include <archive.h>
#include <fmt/format.h>
#include <zlib.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "harness/core/error.hpp"

namespace rnnbench {
namespace fs = std::filesystem;

class DecompressedFile::Source {
 public:
  virtual ~Source() = default;
  virtual std::span<const std::byte> next() = 0;
};

namespace {

constexpr std::size_t kBlockBytes = std::size_t{1} << 18U;

/// A file and how to get it again.
struct Origin {
  fs::path path;
  std::string remedy;

  [[noreturn]] void fail(std::string_view what) const {
    throw DataError(fmt::format("{}: {}; the file is truncated or damaged; {}", path.string(), what, remedy));
  }
};

/// One or more gzip members, one after another (RFC 1952), through zlib.
class GzipSource : public DecompressedFile::Source {
 public:
  explicit GzipSource(const Origin& origin)
      : origin_(origin), file_(origin.path, std::ios::binary), in_(kBlockBytes), out_(kBlockBytes) {
    constexpr int kGzipWindow = 15 + 16;
    if (inflateInit2(&stream_, kGzipWindow) != Z_OK) throw EnvironmentError("zlib: out of memory");
  }
  ~GzipSource() override { inflateEnd(&stream_); }
  GzipSource(const GzipSource&) = delete;
  GzipSource& operator=(const GzipSource&) = delete;

  std::span<const std::byte> next() override {
    stream_.next_out = reinterpret_cast<Bytef*>(out_.data());
    stream_.avail_out = static_cast<uInt>(out_.size());
    while (stream_.avail_out > 0 && !ended_) advance();
    return {out_.data(), out_.size() - stream_.avail_out};
  }

 private:
  void advance() {
    if (stream_.avail_in == 0 && !refill()) {
      if (!between_members_) origin_.fail("the gzip data ends early");
      ended_ = true;
      return;
    }
    if (between_members_ && *stream_.next_in == 0) {  // some writers pad with zeros
      ++stream_.next_in;
      --stream_.avail_in;
      return;
    }
    between_members_ = false;
    const int result = inflate(&stream_, Z_NO_FLUSH);
    if (result == Z_STREAM_END) {
      between_members_ = true;
      inflateReset(&stream_);
    } else if (result != Z_OK) {
      origin_.fail(stream_.msg != nullptr ? stream_.msg : "damaged gzip data");
    }
  }

  bool refill() {
    file_.read(reinterpret_cast<char*>(in_.data()), static_cast<std::streamsize>(in_.size()));
    if (file_.bad()) origin_.fail("can't be read to its end");
    stream_.next_in = reinterpret_cast<Bytef*>(in_.data());
    stream_.avail_in = static_cast<uInt>(file_.gcount());
    return stream_.avail_in > 0;
  }

  Origin origin_;
  std::ifstream file_;
  std::vector<std::byte> in_;
  std::vector<std::byte> out_;
  z_stream stream_{};
  bool between_members_ = false;
  bool ended_ = false;
};

/// Anything else, through libarchive's filters with its "raw" format.
class FilteredSource : public DecompressedFile::Source {
 public:
  explicit FilteredSource(const Origin& origin) : origin_(origin) {
    archive_read_support_filter_xz(handle_.get());
    archive_read_support_filter_bzip2(handle_.get());
    archive_read_support_filter_zstd(handle_.get());
    archive_read_support_format_raw(handle_.get());
    archive_entry* entry = nullptr;
    if (archive_read_open_filename(handle_.get(), origin.path.c_str(), kBlockBytes) != ARCHIVE_OK ||
        archive_read_next_header(handle_.get(), &entry) != ARCHIVE_OK) {
      origin_.fail(reason());
    }
  }

  std::span<const std::byte> next() override {
    const void* block = nullptr;
    std::size_t size = 0;
    la_int64_t offset = 0;
    int result = ARCHIVE_OK;
    do {
      result = archive_read_data_block(handle_.get(), &block, &size, &offset);
    } while (result == ARCHIVE_OK && size == 0);
    if (result == ARCHIVE_EOF) return {};
    if (result != ARCHIVE_OK) origin_.fail(reason());
    return {static_cast<const std::byte*>(block), size};
  }

 private:
  std::string reason() const {
    const char* text = archive_error_string(handle_.get());
    return text != nullptr ? text : "can't be read";
  }

  struct Free {
    void operator()(archive* handle) const { archive_read_free(handle); }
  };
  Origin origin_;
  std::unique_ptr<archive, Free> handle_{archive_read_new()};
};

std::unique_ptr<DecompressedFile::Source> open_source(const Origin& origin) {
  const fs::path& path = origin.path;
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  std::array<char, 2> magic{};
  if (!fs::is_regular_file(path) || !file) {
    throw DataError(fmt::format("{}: can't be read ({}); check the path and its permissions", path.string(),
                                errno != 0 ? std::strerror(errno) : "no regular file"));
  }
  file.read(magic.data(), magic.size());
  if (file.gcount() == 0) origin.fail("it is empty");
  if (magic == std::array<char, 2>{'\x1f', '\x8b'}) return std::make_unique<GzipSource>(origin);
  return std::make_unique<FilteredSource>(origin);
}

}  // namespace

DecompressedFile::DecompressedFile(const fs::path& path, std::string_view remedy)
    : source_(open_source({path, std::string(remedy)})) {}
DecompressedFile::~DecompressedFile() = default;
std::span<const std::byte> DecompressedFile::next() { return source_->next(); }

}  // namespace rnnbench
