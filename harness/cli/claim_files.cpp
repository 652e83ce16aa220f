#include "harness/cli/claim_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "harness/cli/installation.hpp"
#include "harness/cli/matrix_builder.hpp"
#include "harness/core/error.hpp"
#include "harness/core/nearest.hpp"

namespace rnnbench {
namespace fs = std::filesystem;
namespace {

std::vector<fs::path> experiment_files(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code none;  // a folder that isn't there holds none
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

fs::path claims_folder() { return experiments_folder() / "claims"; }

std::vector<ClaimFile> read_claims(const fs::path& folder) {
  std::vector<ClaimFile> claims;
  std::map<std::string, fs::path> names;
  const auto require_new_name = [&](const ExperimentFile& file, const fs::path& path) {
    const auto [known, is_new] = names.try_emplace(file.name, path);
    if (is_new) return;
    throw ConfigError(fmt::format("{}: name: {} is called '{}' too; give another one", path.string(),
                                  known->second.string(), file.name));
  };
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
    require_new_name(file, path);
    claims.push_back({path, *file.claim, {}});
  }
  if (claims.empty()) {
    throw ConfigError(
        fmt::format("--claims {}: no experiment files there; give a folder of claims", folder.string()));
  }
  for (const fs::path& path : experiment_files(folder / "beside")) {
    const ExperimentFile file = read_experiment(path, {}, recipes_folder());
    if (!file.beside) continue;
    require_new_name(file, path);
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
      std::error_code unknown;
      if (fs::is_regular_file(name, unknown)) {
        throw ConfigError(
            fmt::format("{}: not in the folder of the claims; give its folder with --claims", name));
      }
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
