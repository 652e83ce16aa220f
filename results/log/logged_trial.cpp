#include "results/log/logged_trial.hpp"

#include <fmt/format.h>

#include <cmath>
#include <string>
#include <vector>

#include "harness/core/cell_names.hpp"
#include "harness/core/error.hpp"
#include "harness/core/logged_run.hpp"
#include "harness/core/sha256.hpp"

namespace rnnbench {
namespace {

const Json* find(const Json& settings, const char* path) {
  const Json::json_pointer pointer(path);
  return settings.contains(pointer) ? &settings.at(pointer) : nullptr;
}

std::string text_at(const Json& settings, const char* path, const char* fallback = "") {
  const Json* value = find(settings, path);
  return value != nullptr && value->is_string() ? value->get<std::string>() : fallback;
}

int count_at(const Json& settings, const char* path) {
  const Json* value = find(settings, path);
  constexpr int kMost = 1'000'000'000;
  const bool is_count = value != nullptr && value->is_number_integer() && *value >= 0 && *value <= kMost;
  return is_count ? value->get<int>() : 0;
}

std::string cells_in(const Json& settings) {
  const Json* layers = find(settings, "/model/layers");
  if (layers == nullptr || !layers->is_array()) return "";
  std::vector<std::string> cells;
  for (const Json& layer : *layers) cells.push_back(text_at(layer, "/cell", "?"));
  return joined_cells(std::move(cells));
}

/// JSON has no form for NaN and infinities: they would all become null, and different trials one. `path` is
/// that of `value`, "" at the top.
void require_finite(const Json& value, const std::string& path) {
  if (value.is_number_float() && !std::isfinite(value.get<double>())) {
    throw ConfigError(fmt::format("the setting {} of a logged run is {}; give a finite number, or text", path,
                                  value.get<double>()));
  }
  if (!value.is_structured()) return;
  for (const auto& [key, part] : value.items()) {
    const std::string place = value.is_array() ? fmt::format("{}[{}]", path, key)
                              : path.empty()   ? key
                                               : fmt::format("{}.{}", path, key);
    require_finite(part, place);
  }
}

std::string canonical(const Json& settings) {
  try {
    return settings.dump();
  } catch (const Json::exception& error) {
    throw ConfigError(fmt::format("settings of a logged run: {}; give text as UTF-8", error.what()));
  }
}

}  // namespace

TrialRecord logged_trial(const Json& settings) {
  if (!settings.is_object()) {
    throw ConfigError(fmt::format(
        "settings of a logged run are {}, not an object; give names and values, {{\"learning_rate\": 0.1}}",
        settings.type_name()));
  }
  const std::string text = canonical(settings);
  require_finite(settings, "");
  return {sha256_hex(text),
          text,
          text_at(settings, "/engine", kLoggedEngine),
          cells_in(settings),
          text_at(settings, "/device", "cpu"),
          text_at(settings, "/data/set"),
          text_at(settings, "/recipe/name"),
          count_at(settings, "/recipe/vocabulary"),
          count_at(settings, "/recipe/length")};
}

}  // namespace rnnbench
