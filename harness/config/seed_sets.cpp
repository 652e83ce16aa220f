#include "harness/config/seed_sets.hpp"

#include <fmt/format.h>

#include <cctype>

#include "harness/config/seed_list.hpp"
#include "harness/core/error.hpp"
#include "harness/core/nearest.hpp"

namespace rnnbench {
namespace {

bool begins_with_letter(const std::string& text) {
  return !text.empty() && std::isalpha(static_cast<unsigned char>(text.front())) != 0;
}

std::vector<std::uint64_t> read_list(const SettingsReader& reader, const std::string& key, const Json& list) {
  const std::string expected =
      fmt::format("give a list of whole numbers from 0 to {}, as in [1, 2, 3]", kLargestSeed);
  if (!list.is_array() || list.empty()) reader.fail(key, expected);
  std::vector<std::uint64_t> seeds;
  for (const Json& seed : list) {
    const bool fits = seed.is_number_integer() && seed >= Json(0) && seed <= Json(kLargestSeed);
    if (!fits) reader.fail(key, fmt::format("{} is no seed; {}", seed.dump(), expected));
    seeds.push_back(seed.get<std::uint64_t>());
  }
  if (const auto* twice = repeated_seed(seeds)) {
    reader.fail(key, fmt::format("{} stands there twice; take one out", *twice));
  }
  return seeds;
}

}  // namespace

SeedSets read_seed_sets(SettingsReader& reader) {
  SeedSets sets;
  if (!reader.has("seed_sets")) return sets;
  SettingsReader table = reader.table("seed_sets");
  for (const auto& [name, list] : reader.value("seed_sets").items()) {
    if (!begins_with_letter(name)) table.fail(name, "a set's name begins with a letter, as in \"three\"");
    sets[name] = list.is_string() ? parse_seeds(list.get<std::string>(), table.place(name))
                                  : read_list(table, name, list);
  }
  return sets;
}

std::vector<std::uint64_t> read_seeds(SettingsReader& reader, const SeedSets& sets) {
  const Json& seeds = reader.value("seeds");
  return seeds.is_string() ? seeds_of(seeds.get<std::string>(), sets, reader.place("seeds"))
                           : read_list(reader, "seeds", seeds);
}

std::vector<std::uint64_t> seeds_of(const std::string& text, const SeedSets& sets, const std::string& place) {
  if (const auto known = sets.find(text); known != sets.end()) return known->second;
  if (begins_with_letter(text) && !sets.empty()) {
    std::vector<std::string> names;
    for (const auto& [name, seeds] : sets) names.push_back(name);
    throw ConfigError(
        fmt::format("{}: no set of seeds is named '{}'{}", place, text, suggestion(text, names)));
  }
  return parse_seeds(text, place);
}

}  // namespace rnnbench
