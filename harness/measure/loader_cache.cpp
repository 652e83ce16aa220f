#include "harness/measure/loader_cache.hpp"

#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>

#include "harness/core/error.hpp"
#include "harness/core/files.hpp"

namespace rnnbench {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kMagic = "glibc-ld.so.cache1.1";
constexpr std::size_t kHeader = 48;   // magic, number of entries, and what isn't needed here
constexpr std::size_t kEntry = 24;    // flags, name, path, and what isn't needed here
constexpr std::int32_t kLibrary = 3;  // the low byte of an entry's flags: a library of this C library

std::uint32_t number_at(std::string_view bytes, std::size_t offset) {
  std::uint32_t number = 0;
  std::memcpy(&number, bytes.data() + offset, sizeof number);
  return number;
}

std::optional<std::string> text_at(std::string_view bytes, std::size_t offset) {
  const std::size_t end = bytes.find('\0', offset);
  if (end == std::string_view::npos) return std::nullopt;
  return std::string(bytes.substr(offset, end - offset));
}

}  // namespace

std::map<std::string, fs::path> read_loader_cache(const fs::path& file) {
  std::map<std::string, fs::path> libraries;
  std::string content;
  try {
    content = read_file(file);
  } catch (const EnvironmentError&) {
    return libraries;
  }
  const std::size_t start = content.find(kMagic);  // an older format may stand before it
  if (start == std::string::npos) return libraries;
  const std::string_view bytes = std::string_view(content).substr(start);
  if (bytes.size() < kHeader) return libraries;
  const std::size_t count = number_at(bytes, kMagic.size());
  for (std::size_t i = 0; i < count && kHeader + (i + 1) * kEntry <= bytes.size(); ++i) {
    const std::size_t entry = kHeader + i * kEntry;
    if ((number_at(bytes, entry) & 0xff) != kLibrary) continue;
    const auto name = text_at(bytes, number_at(bytes, entry + 4));
    const auto path = text_at(bytes, number_at(bytes, entry + 8));
    if (name && path) libraries.emplace(*name, *path);
  }
  return libraries;
}

}  // namespace rnnbench
