#pragma once

#include <span>
#include <string_view>

namespace rnnbench {

/// A file of assets/ or of the chart library, built into the program.
struct AssetFile {
  std::string_view name;
  std::string_view text;
};

std::span<const AssetFile> asset_files();

}  // namespace rnnbench
