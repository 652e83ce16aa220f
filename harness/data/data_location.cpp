#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <string_view>
#include <utility>

#include "harness/core/error.hpp"
#include "harness/core/files.hpp"
#include "harness/core/nearest.hpp"
#include "harness/data/csv_reader.hpp"
#include "harness/data/data_source.hpp"
#include "harness/data/folder_reader.hpp"

namespace rnnbench {
namespace fs = std::filesystem;
namespace {

const std::vector<std::string> kSets = {"imdb", "toy"};

constexpr std::string_view kHowToGetImdb =
    "get the official archive with 'rnnbench data fetch', or give an archive, an aclImdb folder or a "
    "review,sentiment CSV with --data or RNNBENCH_DATA";

struct Place {
  std::string name;
  fs::path path;
};

std::vector<Place> places(const std::optional<fs::path>& given) {
  if (given) return {{"--data", *given}};
  std::vector<Place> all;
  if (const char* variable = std::getenv("RNNBENCH_DATA"); variable != nullptr && *variable != '\0') {
    all.push_back({"RNNBENCH_DATA", variable});
  }
  all.push_back({"the cache folder", data_folder()});
  return all;
}

bool is_official_folder(const fs::path& folder) {
  std::error_code ignored;
  return std::all_of(kOfficialFolders.begin(), kOfficialFolders.end(),
                     [&](const char* part) { return fs::is_directory(folder / part, ignored); });
}

/// aclImdb*.tar.*, not the unlabelled half, nor a download that isn't finished.
bool is_archive_name(std::string_view name) {
  return name.starts_with("aclImdb") && name.find("unsup") == std::string_view::npos &&
         !name.ends_with(".part") &&
         (name.find(".tar.") != std::string_view::npos || name.ends_with(".tgz") || name.ends_with(".tar"));
}

/// The archive or CSV in `folder` that is preferred: a labelled archive, another one, "IMDB Dataset.csv",
/// another CSV; then by name.
std::optional<fs::path> best_file(const fs::path& folder) {
  std::vector<std::pair<int, fs::path>> ranked;
  std::error_code error;
  for (fs::directory_iterator entries(folder, error); !error && entries != fs::directory_iterator();
       entries.increment(error)) {
    std::error_code ignored;
    const fs::path& path = entries->path();
    const std::string name = path.filename().string();
    if (!fs::is_regular_file(path, ignored)) continue;
    if (is_archive_name(name)) {
      ranked.emplace_back(name.find("labelled") != std::string::npos ? 0 : 1, path);
    } else if (path.extension() == ".csv" && has_review_header(path)) {
      ranked.emplace_back(name == "IMDB Dataset.csv" ? 2 : 3, path);
    }
  }
  if (ranked.empty()) return std::nullopt;
  return std::min_element(ranked.begin(), ranked.end())->second;
}

std::optional<fs::path> look_in(const fs::path& place) {
  std::error_code ignored;
  if (fs::is_regular_file(place, ignored)) return place;
  if (is_official_folder(place)) return place;
  if (is_official_folder(place / "aclImdb")) return place / "aclImdb";
  return best_file(place);
}

std::string why_not(const Place& place) {
  std::error_code ignored;
  return fmt::format("{} {} {}", place.name, place.path.string(),
                     fs::exists(place.path, ignored) ? "holds none" : "doesn't exist");
}

const char* kind_of(const fs::path& path) {
  if (fs::is_directory(path)) return "folder";
  return path.extension() == ".csv" ? "CSV" : "archive";
}

}  // namespace

fs::path data_folder() { return cache_folder() / "data"; }

DataLocation find_data(const std::string& set, const std::optional<fs::path>& given) {
  if (set == "toy") return {set, {}};
  if (set != "imdb") {
    throw ConfigError(fmt::format("unknown data set '{}'{}", set, suggestion(set, kSets)));
  }
  std::string tried;
  for (const Place& place : places(given)) {
    if (const auto path = look_in(place.path)) return {set, *path};
    tried += (tried.empty() ? "" : ", ") + why_not(place);
  }
  throw DataError(fmt::format("the data set imdb was not found: {}; {}", tried, kHowToGetImdb));
}

std::vector<FoundSet> list_data(const std::optional<fs::path>& given) {
  std::vector<FoundSet> sets;
  for (const std::string& set : kSets) {
    try {
      const DataLocation location = find_data(set, given);
      sets.push_back({set, location, location.path.empty() ? "generated" : kind_of(location.path)});
    } catch (const Error& error) {
      sets.push_back({set, std::nullopt, error.what()});
    }
  }
  return sets;
}

}  // namespace rnnbench
