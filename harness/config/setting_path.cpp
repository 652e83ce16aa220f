#include "harness/config/setting_path.hpp"

#include <fmt/format.h>

#include <charconv>
#include <optional>

#include "harness/core/error.hpp"

namespace rnnbench {
namespace {

/// Takes the first key off `rest`.
std::string_view next_key(std::string_view& rest) {
  const std::size_t dot = rest.find('.');
  const std::string_view key = rest.substr(0, dot);
  rest = dot == std::string_view::npos ? std::string_view() : rest.substr(dot + 1);
  return key;
}

std::optional<std::size_t> element_of(const Json& array, std::string_view key) {
  std::size_t index = 0;
  const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), index);
  const bool whole = error == std::errc() && end == key.data() + key.size();
  return whole && index < array.size() ? std::optional(index) : std::nullopt;
}

std::string joined(const std::string& path, const std::string& key) {
  return path.empty() ? key : path + "." + key;
}

void flatten_into(std::vector<Assignment>& leaves, const Json& value, const std::string& path,
                  const std::string& prefix, const Origins& origins) {
  if (value.is_object() && !value.empty()) {
    for (const auto& [key, child] : value.items()) {
      flatten_into(leaves, child, joined(path, key), prefix, origins);
    }
  } else if (!path.empty()) {
    const auto origin = origins.find(joined(prefix, path));
    leaves.push_back({path, value, origin == origins.end() ? "" : origin->second});
  }
}

}  // namespace

void assign(Json& settings, const Assignment& assignment) {
  Json* at = &settings;
  std::string_view rest = assignment.path;
  const auto fail = [&](const std::string& what) {
    throw ConfigError(fmt::format("{}: {}: {}", assignment.origin, assignment.path, what));
  };
  while (!rest.empty()) {
    const std::size_t done = assignment.path.size() - rest.size();
    const std::string parent = assignment.path.substr(0, done == 0 ? 0 : done - 1);
    const std::string_view key = next_key(rest);
    if (at->is_array()) {
      const auto index = element_of(*at, key);
      if (!index) {
        fail(fmt::format("{} has no element {}; it has {}, counted from 0", parent, key, at->size()));
      }
      at = &(*at)[*index];
    } else if (at->is_object()) {
      at = &(*at)[std::string(key)];
      if (at->is_null()) *at = Json::object();
    } else {
      fail(fmt::format("{} is {} and holds no settings; give a path that ends there", parent, at->dump()));
    }
  }
  *at = assignment.value;
}

const Json* find_setting(const Json& settings, std::string_view path) {
  const Json* at = &settings;
  while (!path.empty()) {
    const std::string_view key = next_key(path);
    if (at->is_array()) {
      const auto index = element_of(*at, key);
      if (!index) return nullptr;
      at = &(*at)[*index];
    } else {
      if (!at->is_object()) return nullptr;
      const auto found = at->find(key);
      if (found == at->end()) return nullptr;
      at = &*found;
    }
  }
  return at;
}

void merge(Json& onto, const Json& changes) {
  if (!onto.is_object() || !changes.is_object()) {
    onto = changes;
    return;
  }
  for (const auto& [key, value] : changes.items()) {
    if (const auto found = onto.find(key); found != onto.end()) {
      merge(*found, value);
    } else {
      onto[key] = value;
    }
  }
}

std::vector<Assignment> flatten(const Json& table, const std::string& prefix, const Origins& origins) {
  std::vector<Assignment> leaves;
  flatten_into(leaves, table, "", prefix, origins);
  return leaves;
}

bool lies_within(std::string_view path, std::string_view ancestor) {
  return path.starts_with(ancestor) && (path.size() == ancestor.size() || path[ancestor.size()] == '.');
}

}  // namespace rnnbench
