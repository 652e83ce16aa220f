#pragma once

#include <initializer_list>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace rnnbench {

using Json = nlohmann::json;  ///< objects are sorted by key: `dump()` of equal values is equal text

/// Where each setting was written: dotted path -> "file:line".
using Origins = std::map<std::string, std::string, std::less<>>;

/// Reads one table of a settings tree by key, with its type checked, and refuses keys nobody asked for.
/// Every message begins with the place ("file:line: path") and ends with the remedy. The tree and the
/// origins must outlive the reader.
class SettingsReader {
 public:
  SettingsReader(const Json& table, std::string path, const Origins& origins);

  bool has(const std::string& key);
  /// Each throws ConfigError where the key is missing (no fallback) or of another type or range.
  std::string text(const std::string& key);
  std::string text_or(const std::string& key, const std::string& fallback);
  /// One of `allowed`; an unknown name names the nearest.
  std::string choice(const std::string& key, const std::vector<std::string>& allowed,
                     const std::string& fallback);
  /// An integer in [least, most].
  long integer(const std::string& key, long least, long most);
  long integer_or(const std::string& key, long least, long most, long fallback);
  /// A number (integers are taken too) in [least, most]; infinities and NaN are refused.
  double number(const std::string& key, double least, double most);
  double number_or(const std::string& key, double least, double most, double fallback);
  bool flag_or(const std::string& key, bool fallback);
  /// A sub-table; an empty one where the key is missing.
  SettingsReader table(const std::string& key);
  /// An array of tables; empty where the key is missing.
  std::vector<SettingsReader> tables(const std::string& key);
  /// The raw value, any type.
  const Json& value(const std::string& key);

  /// Throws ConfigError for the first key that was never asked for. Call it when all were.
  void finish() const;

  /// "file:line: path.key" (the line of the nearest enclosing setting where the key has none).
  std::string place(const std::string& key) const;
  [[noreturn]] void fail(const std::string& key, const std::string& message) const;
  const std::string& path() const { return path_; }

 private:
  const Json* find(const std::string& key);
  [[noreturn]] void refuse(const std::string& key, const Json* found, const std::string& expected) const;
  std::string child_path(const std::string& key) const;

  const Json* table_;
  std::string path_;
  const Origins* origins_;
  std::vector<std::string> asked_;  // few: searching them beats a tree
};

}  // namespace rnnbench
