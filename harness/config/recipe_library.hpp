#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "harness/config/toml_reader.hpp"

namespace rnnbench {

/// The recipe files of some folders, the first folder that has a name winning. Each file is read once.
class RecipeLibrary {
 public:
  /// Folders need not exist.
  explicit RecipeLibrary(std::vector<std::filesystem::path> folders);

  /// Recipe `name`, with the recipe it names as its `base` underneath and its own keys on top; `name` is
  /// set and `base` is gone. `place` ("file:line: data.recipe") begins the message where there is no such
  /// recipe. Throws ConfigError, also for bases in a circle. The tree stays valid with the library.
  const SettingsTree& load(const std::string& name, const std::string& place);

  /// Names of all recipes, sorted.
  std::vector<std::string> names() const;

 private:
  SettingsTree read(const std::string& name, const std::string& place, std::vector<std::string>& chain) const;

  std::vector<std::filesystem::path> folders_;
  std::map<std::string, SettingsTree> loaded_;
};

}  // namespace rnnbench
