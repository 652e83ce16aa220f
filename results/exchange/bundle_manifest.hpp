#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "results/exchange/bundle_archive.hpp"

namespace rnnbench {

inline constexpr const char* kBundleManifest = "manifest.json";
inline constexpr const char* kBundleDatabase = "runs.db";

/// What a bundle says of itself, its first member: what it is, what made it, its runs, and size and SHA-256
/// of every other member.
BundleMember bundle_manifest(const nlohmann::json& runs, const std::vector<BundleMember>& members);

/// That the members are those, all of them, that the manifest among them names. Throws DataError beginning
/// with `file`.
void check_bundle(const std::filesystem::path& file, const std::vector<BundleMember>& members);

}  // namespace rnnbench
