#include "harness/cli/other_build.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <optional>
#include <vector>

#include "harness/core/error.hpp"
#include "harness/core/file_lock.hpp"
#include "harness/core/files.hpp"
#include "harness/core/program_output.hpp"

namespace rnnbench {
namespace fs = std::filesystem;
namespace {

bool is_program(const fs::path& path) {
  std::error_code none;
  return fs::is_regular_file(path, none) && ::access(path.c_str(), X_OK) == 0;
}

/// The full name of a revision of the source; nothing where it has no such one.
std::optional<std::string> revision_of(const std::string& text, const std::stop_token& stop) {
  if (text.starts_with('-')) return std::nullopt;
  const ProgramOutput answer = output_of(
      {"git", "-C", RNNBENCH_SOURCE_DIR, "rev-parse", "--quiet", "--verify", text + "^{commit}"}, stop);
  if (!answer.succeeded()) return std::nullopt;
  return answer.out.substr(0, answer.out.find_last_not_of('\n') + 1);
}

/// Builds it with its own launcher in a checkout of its own.
fs::path build(const std::string& revision, const std::stop_token& stop) {
  const fs::path folder = cache_folder() / "builds" / revision;
  const fs::path program = folder / "build" / "release" / "bin" / "rnnbench";
  const fs::path done = folder / ".built";
  std::error_code none;
  make_folder(folder.parent_path());
  const FileLock lock(folder.string() + ".lock");
  if (fs::exists(done, none) && is_program(program)) return program;
  fs::remove_all(folder, none);
  fmt::print(stderr, "building revision {} in {}; this is done once\n", revision.substr(0, 10),
             folder.string());
  const std::vector<std::vector<std::string>> steps = {
      {"git", "clone", "--quiet", "--shared", "--no-checkout", RNNBENCH_SOURCE_DIR, folder.string()},
      {"git", "-C", folder.string(), "checkout", "--quiet", "--detach", revision},
      {(folder / "rnnbench").string(), "--version"}};
  for (const auto& step : steps) {
    const auto show = [](const std::string& progress) { fmt::print(stderr, "{}", progress); };
    if (output_of(step, stop, show).succeeded()) continue;
    throw EnvironmentError(
        fmt::format("revision {} can't be built ({} failed); build it yourself and name its folder",
                    revision.substr(0, 10), fmt::join(step, " ")));
  }
  if (!is_program(program))
    throw EnvironmentError(fmt::format("revision {} built no {}", revision, program.string()));
  write_file_atomically(done, "");
  return program;
}

}  // namespace

OtherBuild other_build(const std::string& text, const std::stop_token& stop) {
  for (const char* place : {"", "bin/rnnbench", "build/release/bin/rnnbench", "release/bin/rnnbench"}) {
    const fs::path path = *place == '\0' ? fs::path(text) : fs::path(text) / place;
    if (is_program(path)) return {text, fs::absolute(path)};
  }
  if (const auto revision = revision_of(text, stop)) return {revision->substr(0, 10), build(*revision, stop)};
  throw ConfigError(fmt::format("--against: '{}' is no program, no folder of a build and no revision of {}",
                                text, RNNBENCH_SOURCE_DIR));
}

}  // namespace rnnbench
