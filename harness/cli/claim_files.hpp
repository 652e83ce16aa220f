#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "harness/config/experiment_file.hpp"

namespace rnnbench {

/// A file of experiments/claims with a `[claim]`, and the files of its folder `beside` that stand beside it.
struct ClaimFile {
  std::filesystem::path path;
  Claim claim;
  struct Beside {
    std::filesystem::path path;
    BesideClaim beside;
  };
  std::vector<Beside> besides;
};

/// The folder of the claims that come with the program.
std::filesystem::path claims_folder();

/// All claims of the folder, in the order of their files. Throws ConfigError: a file without a [claim], a
/// [beside] of a claim that isn't there, two claims with one id; what read_experiment() throws.
std::vector<ClaimFile> read_claims(const std::filesystem::path& folder);

/// Those that are named: by id, by the number or the name of their file, or by a path. None named: all.
/// Throws ConfigError for a name that is none of them.
std::vector<ClaimFile> chosen_claims(const std::vector<ClaimFile>& all,
                                     const std::vector<std::string>& names);

}  // namespace rnnbench
