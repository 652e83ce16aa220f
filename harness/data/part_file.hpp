#pragma once

#include <cstdint>
#include <filesystem>
#include <stop_token>
#include <string>
#include <string_view>

namespace rnnbench {

/// A download that isn't finished: `target` with ".part" after its name, kept between calls of the
/// program (an empty one is removed), held by one process at a time. All methods throw EnvironmentError with
/// the path and reason.
class PartFile {
 public:
  explicit PartFile(const std::filesystem::path& target);
  ~PartFile();
  PartFile(const PartFile&) = delete;
  PartFile& operator=(const PartFile&) = delete;

  std::int64_t size() const { return size_; }
  void append(std::string_view bytes);
  void clear();
  /// Of all its bytes. Throws Interrupted.
  std::string sha256(const std::stop_token& stop) const;
  /// Flushes it to disk and gives it the target's name.
  void publish();
  void remove();

 private:
  [[noreturn]] void fail(std::string_view action) const;

  std::filesystem::path target_;
  std::filesystem::path path_;
  int descriptor_;
  std::int64_t size_ = 0;
};

}  // namespace rnnbench
