#include "harness/data/folder_reader.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <string>

#include "harness/core/error.hpp"
#include "harness/data/official_layout.hpp"

namespace rnnbench {
namespace fs = std::filesystem;
namespace {

void read_review(const fs::path& path, std::string& text) {
  std::error_code error;
  const std::uintmax_t size = fs::is_regular_file(path, error) ? fs::file_size(path, error) : 0;
  if (error || !fs::is_regular_file(path)) {
    throw DataError(fmt::format("{}: can't be read ({}); unpack the archive again", path.string(),
                                error ? error.message() : "no regular file"));
  }
  if (size > kMostReviewBytes) {
    throw DataError(
        fmt::format("{}: refused, {} bytes in one review; unpack the archive again", path.string(), size));
  }
  errno = 0;
  text.resize(size);
  std::ifstream file(path, std::ios::binary);
  file.read(text.data(), static_cast<std::streamsize>(size));
  if (!file || file.gcount() != static_cast<std::streamsize>(size)) {
    throw DataError(fmt::format("{}: can't be read ({}); check its permissions", path.string(),
                                errno != 0 ? std::strerror(errno) : "it ends early"));
  }
}

/// Calls `take(member, path)` for each file of `part`.
template <typename Take>
void read_part(const fs::path& folder, const fs::path& part, const std::stop_token& stop, Take&& take) {
  std::error_code error;
  fs::directory_iterator entries(folder / part, error);
  for (; !error && entries != fs::directory_iterator(); entries.increment(error)) {
    if (stop.stop_requested()) throw Interrupted();
    take((part / entries->path().filename()).string(), entries->path());
  }
  if (error) {
    throw DataError(fmt::format("{}: can't be listed ({}); an unpacked aclImdb folder has {}",
                                (folder / part).string(), error.message(), part.string()));
  }
}

}  // namespace

ReviewSet read_folder(const fs::path& folder, const std::stop_token& stop) {
  ReviewSet reviews;
  std::string text;
  for (const char* part : kOfficialFolders) {
    read_part(folder, part, stop, [&](const std::string& member, const fs::path& path) {
      const auto name = parse_official_name(member, folder);
      if (!name) return;
      read_review(path, text);
      reviews.add(text, name->label, name->part, name->id, name->rating);
    });
  }
  finish_official(reviews, folder);
  return reviews;
}

NumberedTexts read_unlabelled_folder(const fs::path& folder, const std::stop_token& stop) {
  constexpr const char* kPart = "train/unsup";
  NumberedTexts texts;
  std::error_code ignored;
  if (!fs::is_directory(folder / kPart, ignored)) return texts;
  read_part(folder, kPart, stop, [&](const std::string& member, const fs::path& path) {
    const auto number = parse_unlabelled_name(member, folder);
    if (!number) return;
    texts.emplace_back(*number, "");
    read_review(path, texts.back().second);
  });
  return texts;
}

}  // namespace rnnbench
