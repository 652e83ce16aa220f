#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "harness/core/settings.hpp"

namespace rnnbench {

/// A value for the setting at a dotted path ("model.layers.0.cell"), and where it was given.
struct Assignment {
  std::string path;
  Json value;
  std::string origin;  ///< "file:line" or "--set KEY"
};

/// Gives the setting at the assignment's path its value. Missing tables on the way are made; an element
/// that an array doesn't have, or a path through a plain value, is a ConfigError with the origin.
void assign(Json& settings, const Assignment& assignment);

/// The setting at a dotted path, or nullptr.
const Json* find_setting(const Json& settings, std::string_view path);

/// Puts `changes` on top of `onto`: tables key by key, anything else replaces what was there.
void merge(Json& onto, const Json& changes);

/// Every plain value and array of a table with its dotted path, whether it was written as nested tables or
/// as one dotted key; empty for an empty table. `prefix` is the table's own path in `origins`.
std::vector<Assignment> flatten(const Json& table, const std::string& prefix, const Origins& origins);

/// Whether `path` is `ancestor` or a setting inside it.
bool lies_within(std::string_view path, std::string_view ancestor);

}  // namespace rnnbench
