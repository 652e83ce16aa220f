#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "harness/core/settings.hpp"

namespace rnnbench {

/// The lists of `[seed_sets]` by name.
using SeedSets = std::map<std::string, std::vector<std::uint64_t>>;

/// Reads `[seed_sets]`: lists of seeds, or texts such as "1..10". Throws ConfigError for a bad list and for a
/// name that doesn't begin with a letter, which could be taken for seeds.
SeedSets read_seed_sets(SettingsReader& reader);

/// Reads `seeds`: a list, a text such as "1..10", or the name of one of `sets`. Throws ConfigError.
std::vector<std::uint64_t> read_seeds(SettingsReader& reader, const SeedSets& sets);

/// The seeds of a set's name, else of a text as parse_seeds() reads it. Throws ConfigError at `place`.
std::vector<std::uint64_t> seeds_of(const std::string& text, const SeedSets& sets, const std::string& place);

}  // namespace rnnbench
