#include "harness/cli/claim_files.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "harness/cli/matrix_builder.hpp"
#include "harness/core/error.hpp"
#include "harness/core/nearest.hpp"

namespace rnnbench {
namespace fs = std::filesystem;
namespace {

std::vector<fs::path> experiment_files(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(folder, none)) {
    if (entry.path().extension() == ".toml") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

/// "4-keras-lstm60.toml" is called by its claim's id, "4", "4-keras-lstm60" or a path to it.
bool is_called(const ClaimFile& file, const std::string& name) {
  const std::string stem = file.path.stem().string();
  std::error_code unknown;
  return name == file.claim.id || name == stem || name == stem.substr(0, stem.find('-')) ||
         fs::equivalent(name, file.path, unknown);
}

}  // namespace

fs::path claims_folder() { return fs::path(RNNBENCH_SOURCE_DIR) / "experiments" / "claims"; }

std::vector<ClaimFile> read_claims(const fs::path& folder) {
  std::vector<ClaimFile> claims;
  for (const fs::path& path : experiment_files(folder)) {
    const ExperimentFile file = read_experiment(path, {}, recipes_folder());
    if (!file.claim) {
      throw ConfigError(fmt::format(
          "{}: it has no [claim], which says what is reported; add one, or move the file", path.string()));
    }
    for (const ClaimFile& other : claims) {
      if (other.claim.id == file.claim->id) {
        throw ConfigError(fmt::format("{}: claim.id: {} has '{}' too; give another one", path.string(),
                                      other.path.string(), file.claim->id));
      }
    }
    claims.push_back({path, *file.claim, {}});
  }
  for (const fs::path& path : experiment_files(folder / "beside")) {
    const ExperimentFile file = read_experiment(path, {}, recipes_folder());
    if (!file.beside) continue;
    const auto claim = std::find_if(claims.begin(), claims.end(), [&](const ClaimFile& each) {
      return each.claim.id == file.beside->claim;
    });
    if (claim == claims.end()) {
      throw ConfigError(fmt::format("{}: beside.claim: no claim '{}' in {}", path.string(),
                                    file.beside->claim, folder.string()));
    }
    claim->besides.push_back({path, *file.beside});
  }
  return claims;
}

std::vector<ClaimFile> chosen_claims(const std::vector<ClaimFile>& all,
                                     const std::vector<std::string>& names) {
  if (names.empty()) return all;
  std::vector<ClaimFile> chosen;
  for (const std::string& name : names) {
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const ClaimFile& file) { return is_called(file, name); });
    if (found == all.end()) {
      std::vector<std::string> ids;
      for (const ClaimFile& file : all) ids.push_back(file.claim.id);
      throw ConfigError(fmt::format("no claim '{}'{}", name, suggestion(name, ids)));
    }
    const auto again = [&](const ClaimFile& file) { return file.path == found->path; };
    if (std::none_of(chosen.begin(), chosen.end(), again)) chosen.push_back(*found);
  }
  return chosen;
}

}  // namespace rnnbench
