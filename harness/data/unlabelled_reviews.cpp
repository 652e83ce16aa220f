#include "harness/data/unlabelled_reviews.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "harness/data/archive_reader.hpp"
#include "harness/data/folder_reader.hpp"

namespace rnnbench {
namespace fs = std::filesystem;
namespace {

/// aclImdb*unsup*.tar*, not a download that isn't finished.
bool is_unlabelled_archive(std::string_view name) {
  return name.starts_with("aclImdb") && name.find("unsup") != std::string_view::npos &&
         name.find(".tar") != std::string_view::npos && !name.ends_with(".part");
}

/// The first by name, or "".
fs::path archive_in(const fs::path& folder) {
  std::vector<fs::path> found;
  std::error_code error;
  for (fs::directory_iterator entries(folder, error); !error && entries != fs::directory_iterator();
       entries.increment(error)) {
    if (is_unlabelled_archive(entries->path().filename().string())) found.push_back(entries->path());
  }
  return found.empty() ? fs::path() : *std::min_element(found.begin(), found.end());
}

/// The folder that a file or folder lies in, however its path is written ("aclImdb/", ".").
fs::path folder_of(const fs::path& path) {
  const fs::path whole = fs::weakly_canonical(path);
  return whole.has_filename() ? whole.parent_path() : whole.parent_path().parent_path();
}

UnlabelledReviews sorted(const fs::path& path, NumberedTexts texts) {
  std::sort(texts.begin(), texts.end());
  UnlabelledReviews reviews;
  if (texts.empty()) return reviews;
  reviews.path = path;
  for (auto& [number, text] : texts) reviews.texts.push_back(std::move(text));
  return reviews;
}

}  // namespace

UnlabelledReviews read_unlabelled(const DataLocation& location, const std::stop_token& stop) {
  if (location.path.empty()) return {};  // generated
  const bool is_folder = fs::is_directory(location.path);
  if (is_folder) {
    NumberedTexts texts = read_unlabelled_folder(location.path, stop);
    if (!texts.empty()) return sorted(location.path / "train/unsup", std::move(texts));
  }
  if (const fs::path path = archive_in(folder_of(location.path)); !path.empty()) {
    return sorted(path, read_unlabelled_archive(path, stop));
  }
  if (is_folder || location.path.extension() == ".csv") return {};
  return sorted(location.path, read_unlabelled_archive(location.path, stop));
}

}  // namespace rnnbench
