#pragma once

#include <map>
#include <string>
#include <vector>

#include "harness/core/settings.hpp"

namespace rnnbench {

/// The `engine` of a trial that is any program, see docs/commands.md.
inline constexpr const char* kCommandEngine = "command";

/// That program. The `[command]` table of an experiment:
///
///   run        = ["python3", "train.py", "--units", "{units}", "--seed", "{seed}"]
///   parameters = { units = 64 }           # any settings of its own; axes can change them
///   files      = ["model.py"]             # besides those in `run`: what decides its figures
struct CommandSpec {
  std::vector<std::string> run;
  Json parameters = Json::object();
  /// Files whose content is part of the trial -> their SHA-256; "" until that is known.
  std::map<std::string, std::string> files;
};

/// Throws ConfigError, also for a `{name}` in `run` that is neither `seed` nor a parameter.
CommandSpec read_command_spec(SettingsReader reader);
Json to_json(const CommandSpec& spec);

/// `run` with `{seed}` and the parameters by name in place; `{{` stands for a brace.
std::vector<std::string> filled_in(const CommandSpec& spec, std::uint64_t seed);

/// Adds the arguments that are files, and notes each file's SHA-256. Throws EnvironmentError where one is
/// not there.
void identify_files(CommandSpec& spec);

/// Why the program can't be started here, or "".
std::string command_obstacle(const CommandSpec& spec);

}  // namespace rnnbench
