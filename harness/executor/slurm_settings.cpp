#include "harness/executor/slurm_settings.hpp"

#include <fmt/format.h>

#include <optional>
#include <sstream>
#include <vector>

#include "harness/core/files.hpp"
#include "harness/core/settings.hpp"
#include "harness/executor/digits.hpp"

namespace rnnbench {
namespace {

namespace fs = std::filesystem;

/// A text of one line, which becomes an option in a script.
std::string option_text(SettingsReader& reader, const char* key, const std::string& fallback) {
  std::string text = reader.text_or(key, fallback);
  if (text.find_first_of("\n\r") != std::string::npos) reader.fail(key, "take the line end out");
  return text;
}

std::vector<std::string> option_list(SettingsReader& reader, const char* key,
                                     std::vector<std::string> fallback) {
  if (!reader.has(key)) return fallback;
  const Json& values = reader.value(key);
  std::vector<std::string> options;
  for (const Json& value : values.is_array() ? values : Json::array({values})) {
    const bool is_option = value.is_string() && value.get<std::string>().starts_with("--") &&
                           value.get<std::string>().find_first_of("\n\r") == std::string::npos;
    if (!is_option) reader.fail(key, R"(expected a list of options of sbatch, as in ["--qos=night"])");
    options.push_back(value.get<std::string>());
  }
  return options;
}

/// A task that is told of its end as it begins would never get anywhere.
void require_room(SettingsReader& reader, const SlurmSettings& settings) {
  const std::optional<long> seconds = slurm_seconds(settings.time);
  if (!seconds || *seconds == 0 || *seconds > settings.notice) return;  // 0: no limit
  reader.fail(
      reader.has("time") ? "time" : "notice",
      fmt::format("a task of {} s is told {} s before its end to stop: it never gets anywhere; give more "
                  "time or less notice",
                  *seconds, settings.notice));
}

}  // namespace

std::optional<long> slurm_seconds(const std::string& time) {
  constexpr std::size_t kMostDigits = 7;
  const std::size_t dash = time.find('-');
  const bool has_days = dash != std::string::npos;
  const std::optional<long> days = has_days ? digits(time.substr(0, dash), kMostDigits) : 0;
  std::vector<long> parts;  // between colons
  std::istringstream rest(has_days ? time.substr(dash + 1) : time);
  for (std::string text; std::getline(rest, text, ':');) {
    const std::optional<long> part = digits(text, kMostDigits);
    if (!part) return std::nullopt;
    parts.push_back(*part);
  }
  if (!days || parts.empty() || parts.size() > 3 || time.ends_with(':')) return std::nullopt;
  long unit = has_days || parts.size() == 3 ? 3600 : 60;  // of the first
  long seconds = *days * 86400;
  for (const long part : parts) {
    seconds += part * unit;
    unit /= 60;
  }
  return seconds;
}

SlurmSettings read_slurm_settings(const SettingsTree& table, SlurmSettings settings,
                                  const std::string& path) {
  constexpr long kMostTasks = 100'000, kMost = 1'000'000;
  SettingsReader reader(table.values, path, table.origins);
  settings.chunk = static_cast<int>(reader.integer_or("chunk", 1, kMost, settings.chunk));
  settings.limit = static_cast<int>(reader.integer_or("limit", 0, kMostTasks, settings.limit));
  settings.retries = static_cast<int>(reader.integer_or("retries", 0, 1000, settings.retries));
  settings.notice = static_cast<int>(reader.integer_or("notice", 0, 65535, settings.notice));
  settings.cpus = static_cast<int>(reader.integer_or("cpus", 0, 4096, settings.cpus));
  settings.partition = option_text(reader, "partition", settings.partition);
  settings.account = option_text(reader, "account", settings.account);
  settings.time = option_text(reader, "time", settings.time);
  settings.memory = option_text(reader, "memory", settings.memory);
  settings.gpus = option_text(reader, "gpus", settings.gpus);
  settings.sbatch = option_list(reader, "sbatch", std::move(settings.sbatch));
  require_room(reader, settings);
  reader.finish();
  return settings;
}

SlurmSettings slurm_profile() {
  const std::optional<fs::path> folder = config_folder();
  std::error_code unreadable;
  if (!folder || !fs::exists(*folder / "slurm.toml", unreadable)) return {};
  return read_slurm_settings(read_toml(*folder / "slurm.toml"), {}, "");
}

}  // namespace rnnbench
