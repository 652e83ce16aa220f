#include "harness/config/recipe_library.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <ranges>
#include <set>
#include <utility>

#include "harness/config/merge_trees.hpp"
#include "harness/core/error.hpp"
#include "harness/core/nearest.hpp"

namespace rnnbench {
namespace fs = std::filesystem;
namespace {

bool is_recipe(const fs::path& path) { return path.extension() == ".toml" && fs::is_regular_file(path); }

}  // namespace

RecipeLibrary::RecipeLibrary(std::vector<fs::path> folders) : folders_(std::move(folders)) {}

const SettingsTree& RecipeLibrary::load(const std::string& name, const std::string& place) {
  if (const auto known = loaded_.find(name); known != loaded_.end()) return known->second;
  std::vector<std::string> chain;
  return loaded_.emplace(name, read(name, place, chain)).first->second;
}

SettingsTree RecipeLibrary::read(const std::string& name, const std::string& place,
                                 std::vector<std::string>& chain) const {
  const bool circle = std::find(chain.begin(), chain.end(), name) != chain.end();
  chain.push_back(name);
  if (circle) {
    throw ConfigError(fmt::format("{}: the bases go in a circle, {}; take one of them out", place,
                                  fmt::join(chain, " -> ")));
  }
  const std::vector<std::string> known = names();
  if (!std::binary_search(known.begin(), known.end(), name)) {
    throw ConfigError(known.empty()
                          ? fmt::format("{}: no recipe '{}', and no recipe files in {}", place, name,
                                        fmt::join(folders_ | std::views::transform(&fs::path::native), ", "))
                          : fmt::format("{}: no recipe '{}'{}", place, name, suggestion(name, known)));
  }
  const auto folder = std::find_if(folders_.begin(), folders_.end(),
                                   [&](const fs::path& each) { return is_recipe(each / (name + ".toml")); });
  SettingsTree own = read_toml(*folder / (name + ".toml"));
  if (own.values.contains("base")) {
    SettingsReader reader(own.values, "", own.origins);
    const std::string base = reader.text("base");
    const std::string base_place = reader.place("base");
    own.values.erase("base");
    own = merge_trees(read(base, base_place, chain), std::move(own));
  }
  own.values["name"] = name;
  return own;
}

std::vector<std::string> RecipeLibrary::names() const {
  std::set<std::string> found;
  for (const fs::path& folder : folders_) {
    std::error_code absent;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, absent)) {
      if (is_recipe(entry.path())) found.insert(entry.path().stem().string());
    }
  }
  return {found.begin(), found.end()};
}

}  // namespace rnnbench
