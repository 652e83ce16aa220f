#include "harness/runner/command_spec.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "harness/core/error.hpp"
#include "harness/core/files.hpp"

namespace rnnbench {
namespace fs = std::filesystem;
namespace {

std::string text_of(const Json& value) { return value.is_string() ? value.get<std::string>() : value.dump(); }

/// `argument` with each `{name}` replaced by what `value_of` gives.
template <typename ValueOf>
std::string filled_in(const std::string& argument, const ValueOf& value_of) {
  std::string filled;
  for (std::size_t at = 0; at < argument.size();) {
    if (argument[at] != '{') {
      filled += argument[at++];
    } else if (argument.compare(at, 2, "{{") == 0) {
      filled += '{';
      at += 2;
    } else {
      const std::size_t end = argument.find('}', at);
      const bool is_closed = end != std::string::npos;
      filled += value_of(is_closed ? argument.substr(at + 1, end - at - 1) : argument.substr(at));
      at = is_closed ? end + 1 : argument.size();
    }
  }
  return filled;
}

std::vector<std::string> read_texts(SettingsReader& reader, const std::string& key, const Json& list,
                                    const char* example) {
  std::vector<std::string> texts;
  if (!list.is_array()) reader.fail(key, std::string("give a list of texts, as in ") + example);
  for (const Json& each : list) {
    const bool usable = each.is_string() && !each.get<std::string>().empty() &&
                        each.get<std::string>().find('\0') == std::string::npos;
    if (!usable) reader.fail(key, fmt::format("{} is no text; give a list as in {}", each.dump(), example));
    texts.push_back(each.get<std::string>());
  }
  return texts;
}

/// As written, a list of names; as stored, names with their SHA-256.
std::map<std::string, std::string> read_files(SettingsReader& reader) {
  std::map<std::string, std::string> files;
  if (!reader.has("files")) return files;
  const Json& written = reader.value("files");
  if (written.is_object()) {
    for (const auto& [name, sha256] : written.items()) files[name] = text_of(sha256);
    return files;
  }
  for (std::string& name : read_texts(reader, "files", written, R"(["model.py"])"))
    files[std::move(name)] = "";
  return files;
}

bool is_program(const fs::path& path) {
  return fs::is_regular_file(path) && ::access(path.c_str(), X_OK) == 0;
}

/// The program of a name without folders; empty where there is none.
fs::path found_in_path(const std::string& name) {
  const char* path = std::getenv("PATH");
  std::istringstream folders(path != nullptr ? path : "");
  for (std::string folder; std::getline(folders, folder, ':');) {
    if (is_program(fs::path(folder) / name)) return fs::path(folder) / name;
  }
  return {};
}

/// Why a script can't be started whose first line names its interpreter, or "".
std::string script_obstacle(const fs::path& program) {
  std::ifstream file(program, std::ios::binary);
  std::string first;
  constexpr std::size_t kLongest = 256;  // of which the system reads no more
  first.resize(kLongest);
  file.read(first.data(), kLongest);
  first.resize(static_cast<std::size_t>(file.gcount()));
  if (!first.starts_with("#!")) return "";
  first = first.substr(2, first.find('\n') - 2);
  if (first.ends_with('\r')) {
    return fmt::format(
        "command: the first line of {} ends with a carriage return, which would belong to the interpreter's "
        "name; save the file with line ends of Unix",
        program.string());
  }
  std::istringstream words(first);
  std::string interpreter, wanted;
  words >> interpreter >> wanted;
  const bool by_env = fs::path(interpreter).filename() == "env" && !wanted.empty() && wanted[0] != '-' &&
                      wanted.find('=') == std::string::npos;
  if (!interpreter.empty() && !is_program(interpreter)) {
    return fmt::format(
        "command: the first line of {} names the interpreter {}, which isn't there; install it, "
        "or mend the line",
        program.string(), interpreter);
  }
  if (by_env && wanted.find('/') == std::string::npos && found_in_path(wanted).empty()) {
    return fmt::format(
        "command: the first line of {} wants {}, which isn't in $PATH; install it, or mend the line",
        program.string(), wanted);
  }
  return "";
}

}  // namespace

CommandSpec read_command_spec(SettingsReader reader) {
  constexpr const char* kExample = R"(["python3", "train.py"])";
  CommandSpec spec;
  if (!reader.has("run"))
    reader.fail("run", std::string("missing; give the program and its arguments, as in ") + kExample);
  spec.run = read_texts(reader, "run", reader.value("run"), kExample);
  if (spec.run.empty()) reader.fail("run", std::string("is empty; give a program, as in ") + kExample);
  if (reader.has("parameters")) spec.parameters = reader.value("parameters");
  if (!spec.parameters.is_object()) reader.fail("parameters", "give a table, as in { units = 64 }");
  spec.files = read_files(reader);
  reader.finish();
  for (const std::string& argument : spec.run) {
    filled_in(argument, [&](const std::string& name) {
      if (name != "seed" && !spec.parameters.contains(name)) {
        reader.fail(
            "run",
            fmt::format(
                "'{}' in braces is no parameter; add it to command.parameters, or write {{{{ for a brace",
                name));
      }
      return "";
    });
  }
  return spec;
}

Json to_json(const CommandSpec& spec) {
  return {{"run", spec.run}, {"parameters", spec.parameters}, {"files", Json(spec.files)}};
}

std::vector<std::string> filled_in(const CommandSpec& spec, std::uint64_t seed) {
  std::vector<std::string> run;
  for (const std::string& argument : spec.run) {
    run.push_back(filled_in(argument, [&](const std::string& name) {
      return name == "seed" ? std::to_string(seed) : text_of(spec.parameters.at(name));
    }));
  }
  return run;
}

void identify_files(CommandSpec& spec) {
  for (const std::string& argument : spec.run) {
    std::error_code unreadable;
    if (fs::is_regular_file(argument, unreadable)) spec.files.emplace(argument, "");
  }
  for (auto& [name, sha256] : spec.files) sha256 = file_sha256(name);
}

std::string command_obstacle(const CommandSpec& spec) {
  const std::string& program = spec.run.front();
  if (program.find('/') == std::string::npos) {
    const fs::path found = found_in_path(program);
    if (found.empty()) {
      return fmt::format("command: no program {} in $PATH; install it, or give its path", program);
    }
    return script_obstacle(found);
  }
  std::error_code unreadable;
  if (!fs::is_regular_file(program, unreadable) || !is_program(program)) {
    return fmt::format(
        "command: {} is no program; give its path from where you call rnnbench, and make it executable "
        "(chmod +x)",
        program);
  }
  return script_obstacle(program);
}

}  // namespace rnnbench
