#include "harness/runner/command_lines.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <string_view>

#include "harness/core/error.hpp"
#include "harness/core/settings.hpp"

namespace rnnbench {
namespace {

constexpr std::array<std::string_view, 3> kNotFinite = {"NaN", "Infinity", "-Infinity"};

/// Throws EngineError that says what a key may be.
[[noreturn]] void fail(const char* key, const Json& json, const char* expected) {
  constexpr std::size_t kShown = 60;
  std::string found = json.dump(-1, ' ', false, Json::error_handler_t::replace);
  if (found.size() > kShown) found = found.substr(0, kShown) + "…";
  throw EngineError(fmt::format("{} is {}; it is {}", key, found, expected));
}

const Json& needed(const Json& json, const char* key) {
  if (!json.contains(key)) throw EngineError(fmt::format("{} is missing", key));
  return json.at(key);
}

std::string text(const Json& json, const char* key) {
  const Json& value = needed(json, key);
  if (!value.is_string()) fail(key, value, "a text");
  return value.get<std::string>();
}

double number(const Json& json, const char* key) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  if (json.is_null() || json == "NaN" || json == "nan") return std::numeric_limits<double>::quiet_NaN();
  if (json == "Infinity") return kInfinity;
  if (json == "-Infinity") return -kInfinity;
  if (!json.is_number()) fail(key, json, "a number, null, NaN, Infinity or -Infinity");
  return json.get<double>();
}

/// The line with quotes around each NaN, Infinity and -Infinity that stands outside a text.
std::string with_quoted_numbers(const std::string& line) {
  std::string quoted;
  bool in_text = false;
  for (std::size_t at = 0; at < line.size();) {
    const auto token = std::find_if(kNotFinite.begin(), kNotFinite.end(), [&](std::string_view each) {
      return !in_text && line.compare(at, each.size(), each) == 0;
    });
    if (token != kNotFinite.end()) {
      quoted += fmt::format("\"{}\"", *token);
      at += token->size();
      continue;
    }
    const bool is_escape = in_text && line[at] == '\\' && at + 1 < line.size();
    if (is_escape) quoted += line[at++];
    if (line[at] == '"' && !is_escape) in_text = !in_text;
    quoted += line[at++];
  }
  return quoted;
}

/// The line as JSON. Python writes numbers that are not finite without quotes, which JSON doesn't know.
Json parsed(const std::string& line) {
  Json json = Json::parse(line, nullptr, /*allow_exceptions=*/false);
  if (!json.is_discarded()) return json;
  json = Json::parse(with_quoted_numbers(line), nullptr, /*allow_exceptions=*/false);
  const auto names = [&](const char* key) { return line.find(key) != std::string::npos; };
  if (json.is_discarded() && (names("\"metric\"") || names("\"timing\"") || names("\"train_seconds\""))) {
    throw EngineError("it is no JSON");
  }
  return json;
}

std::int64_t whole(const Json& json, const char* key, std::int64_t least, std::int64_t most) {
  const bool fits = json.is_number_integer() && json >= Json(least) && json <= Json(most);
  if (!fits)
    throw EngineError(
        fmt::format("{} is {}; it is a whole number from {} to {}", key, json.dump(), least, most));
  return json.get<std::int64_t>();
}

std::vector<std::int64_t> samples_of(const Json& json) {
  std::vector<std::int64_t> samples;
  if (!json.is_array()) return {whole(json, "ns", 0, kLongestSampleNs)};
  for (const Json& each : json) samples.push_back(whole(each, "ns", 0, kLongestSampleNs));
  return samples;
}

double seconds(const Json& json) {
  const double value = json.is_number() ? json.get<double>() : -1;
  if (value >= 0 && value <= 1e9) return value;
  throw EngineError(fmt::format("train_seconds is {}; it is a number from 0 to 1e9", json.dump()));
}

std::string text_or(const Json& json, const char* key, const char* fallback) {
  return json.contains(key) ? text(json, key) : fallback;
}

TimingRecord timing_of(const Json& json, int epoch) {
  TimingRecord timing;
  timing.phase = text(json, "timing");
  timing.clock = text_or(json, "clock", "host");
  timing.epoch = epoch;
  if (json.contains("warmup")) {
    if (!json.at("warmup").is_boolean()) fail("warmup", json.at("warmup"), "true or false");
    timing.warmup = json.at("warmup").get<bool>();
  }
  timing.samples_ns = samples_of(needed(json, "ns"));
  if (timing.clock != "host" && timing.clock != "device") {
    throw EngineError("clock is \"" + timing.clock + "\"; it is \"host\" or \"device\"");
  }
  return timing;
}

MetricRecord metric_of(const Json& json, int epoch) {
  return {text(json, "metric"), text_or(json, "split", ""), epoch, number(needed(json, "value"), "value"),
          text_or(json, "unit", "")};
}

}  // namespace

bool CommandLines::take(const std::string& line) {
  ++number_of_lines_;
  if (line.empty() || line.front() != '{') return false;
  try {
    const Json json = parsed(line);
    if (!json.is_object()) return false;
    if (json.contains("metric")) {
      epochs_.add(metric_of(json, epoch_of(json)));
    } else if (json.contains("timing")) {
      epochs_.add(timing_of(json, epoch_of(json)));
    } else if (json.contains("train_seconds")) {
      train_seconds_ = seconds(json.at("train_seconds"));
    } else {
      return false;
    }
  } catch (const Json::exception& error) {
    throw EngineError(fmt::format("line {} of its output: {}", number_of_lines_, error.what()));
  } catch (const EngineError& error) {
    throw EngineError(fmt::format("line {} of its output: {}", number_of_lines_, error.what()));
  }
  return true;
}

int CommandLines::epoch_of(const Json& json) const {
  return json.contains("epoch") ? static_cast<int>(whole(json.at("epoch"), "epoch", 1, 1'000'000'000))
                                : epochs_.epoch();
}

}  // namespace rnnbench
