#include "harness/config/overrides.hpp"

#include <fmt/format.h>

#include "harness/config/toml_reader.hpp"
#include "harness/core/error.hpp"
#include "harness/core/trimmed.hpp"

namespace rnnbench {
namespace {

constexpr const char* kExample = "write it as --set training.epochs=3";

bool is_toml_value(const std::string& text) {
  // A date, infinity or NaN is TOML too; those are refused by the caller's second reading, with a reason.
  try {
    return parse_toml("value = " + text, "").values.size() == 1;
  } catch (const ConfigError& error) {
    return std::string_view(error.what()).find(": value: ") != std::string_view::npos;
  }
}

void require_utf8(const std::string& text, const std::string& origin) {
  try {
    static_cast<void>(Json(text).dump());
  } catch (const Json::exception&) {
    throw ConfigError(fmt::format("{}: the value is not valid UTF-8; write it in UTF-8", origin));
  }
}

}  // namespace

Assignment parse_override(const std::string& text) {
  const std::size_t equals = text.find('=');
  const std::string path(trimmed(text.substr(0, equals)));
  if (equals == std::string::npos) {
    throw ConfigError(fmt::format("--set {}: no '=' in it; {}", text, kExample));
  }
  if (path.empty() || path.front() == '.' || path.back() == '.' || path.find("..") != std::string::npos ||
      path.find_first_of(" \t\n\"'") != std::string::npos) {
    throw ConfigError(fmt::format("--set {}: '{}' is no dotted path; {}", text, path, kExample));
  }
  const std::string origin = "--set " + path;
  const std::string value(trimmed(text.substr(equals + 1)));
  require_utf8(value, origin);
  if (!is_toml_value(value)) return {path, value, origin};
  return {path, parse_toml("value = " + value, origin).values.at("value"), origin};
}

}  // namespace rnnbench
