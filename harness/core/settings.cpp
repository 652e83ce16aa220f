#include "harness/core/settings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

#include "harness/core/error.hpp"
#include "harness/core/nearest.hpp"

namespace rnnbench {
namespace {

const Json kEmptyTable = Json::object();
constexpr std::size_t kUsualKeys = 8;

std::string shown(const Json& value) {
  std::string text = value.dump(-1, ' ', false, Json::error_handler_t::replace);
  if (text.size() <= 60) return text;
  std::size_t end = 57;
  while ((static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;  // not inside a UTF-8 character
  return text.substr(0, end) + "...";
}

/// Also false for whole numbers beyond a long, which get<long>() would wrap around.
bool is_long(const Json& value) {
  if (!value.is_number_unsigned()) return value.is_number_integer();
  return value.get<std::uint64_t>() <= static_cast<std::uint64_t>(std::numeric_limits<long>::max());
}

}  // namespace

SettingsReader::SettingsReader(const Json& table, std::string path, const Origins& origins)
    : table_(&table), path_(std::move(path)), origins_(&origins) {
  asked_.reserve(kUsualKeys);
  if (!table.is_object()) {
    const std::size_t dot = path_.rfind('.');
    const std::string key = dot == std::string::npos ? path_ : path_.substr(dot + 1);
    path_ = dot == std::string::npos ? "" : path_.substr(0, dot);
    fail(key, fmt::format("expected a table, found {}", shown(table)));
  }
}

std::string SettingsReader::child_path(const std::string& key) const {
  return path_.empty() ? key : path_ + "." + key;
}

std::string SettingsReader::place(const std::string& key) const {
  const std::string whole = child_path(key);
  for (std::string at = whole;;) {
    if (const auto origin = origins_->find(at); origin != origins_->end()) {
      return fmt::format("{}: {}", origin->second, whole);
    }
    const std::size_t dot = at.rfind('.');
    if (dot == std::string::npos) break;
    at.resize(dot);
  }
  const auto file = origins_->find("");
  return file == origins_->end() ? whole : fmt::format("{}: {}", file->second, whole);
}

void SettingsReader::fail(const std::string& key, const std::string& message) const {
  throw ConfigError(fmt::format("{}: {}", place(key), message));
}

const Json* SettingsReader::find(const std::string& key) {
  const bool again = !asked_.empty() && asked_.back() == key;
  if (!again && std::find(asked_.begin(), asked_.end(), key) == asked_.end()) asked_.push_back(key);
  const auto found = table_->find(key);
  return found == table_->end() ? nullptr : &*found;
}

bool SettingsReader::has(const std::string& key) { return find(key) != nullptr; }

void SettingsReader::refuse(const std::string& key, const Json* found, const std::string& expected) const {
  if (found == nullptr) fail(key, fmt::format("missing; give {}", expected));
  fail(key, fmt::format("expected {}, found {}", expected, shown(*found)));
}

const Json& SettingsReader::value(const std::string& key) {
  const Json* found = find(key);
  if (found == nullptr) refuse(key, found, "a value");
  return *found;
}

std::string SettingsReader::text(const std::string& key) {
  const Json* found = find(key);
  if (found == nullptr || !found->is_string()) refuse(key, found, "a text in quotes");
  return found->get<std::string>();
}

std::string SettingsReader::text_or(const std::string& key, const std::string& fallback) {
  return has(key) ? text(key) : fallback;
}

std::string SettingsReader::choice(const std::string& key, const std::vector<std::string>& allowed,
                                   const std::string& fallback) {
  const std::string chosen = text_or(key, fallback);
  if (std::find(allowed.begin(), allowed.end(), chosen) == allowed.end()) {
    fail(key, fmt::format("'{}' is not one of its values{}", chosen, suggestion(chosen, allowed)));
  }
  return chosen;
}

long SettingsReader::integer(const std::string& key, long least, long most) {
  const Json* found = find(key);
  if (found == nullptr || !is_long(*found) || found->get<long>() < least || found->get<long>() > most) {
    refuse(key, found, fmt::format("an integer from {} to {}", least, most));
  }
  return found->get<long>();
}

long SettingsReader::integer_or(const std::string& key, long least, long most, long fallback) {
  return has(key) ? integer(key, least, most) : fallback;
}

double SettingsReader::number(const std::string& key, double least, double most) {
  const Json* found = find(key);
  const double number = found != nullptr && found->is_number() ? found->get<double>() : std::nan("");
  if (!(std::isfinite(number) && number >= least && number <= most)) {
    refuse(key, found, fmt::format("a number from {} to {}", least, most));
  }
  return number;
}

double SettingsReader::number_or(const std::string& key, double least, double most, double fallback) {
  return has(key) ? number(key, least, most) : fallback;
}

bool SettingsReader::flag_or(const std::string& key, bool fallback) {
  const Json* found = find(key);
  if (found == nullptr) return fallback;
  if (!found->is_boolean()) refuse(key, found, "true or false");
  return found->get<bool>();
}

SettingsReader SettingsReader::table(const std::string& key) {
  const Json* found = find(key);
  return {found == nullptr ? kEmptyTable : *found, child_path(key), *origins_};
}

std::vector<SettingsReader> SettingsReader::tables(const std::string& key) {
  std::vector<SettingsReader> readers;
  const Json* found = find(key);
  if (found == nullptr) return readers;
  if (!found->is_array()) refuse(key, found, "an array of tables");
  for (std::size_t i = 0; i < found->size(); ++i) {
    readers.emplace_back((*found)[i], fmt::format("{}.{}", child_path(key), i), *origins_);
  }
  return readers;
}

void SettingsReader::finish() const {
  for (const auto& [key, ignored] : table_->items()) {
    if (std::find(asked_.begin(), asked_.end(), key) != asked_.end()) continue;
    std::vector<std::string> known = asked_;
    std::sort(known.begin(), known.end());
    fail(key, "unknown key" + suggestion(key, known));
  }
}

}  // namespace rnnbench
