#include "harness/measure/machine_facts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <string_view>

namespace rnnbench {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kLongestValue = 1000;

constexpr std::array<std::string_view, 9> kPrefixes = {"OMP_",  "GOMP_", "KMP_",    "MKL_", "OPENBLAS_",
                                                       "GOTO_", "BLIS_", "MALLOC_", "DNNL_"};
constexpr std::array<std::string_view, 9> kNames = {
    "LD_PRELOAD",          "LD_LIBRARY_PATH",    "CUDA_VISIBLE_DEVICES", "CUDA_LAUNCH_BLOCKING",
    "ATEN_CPU_CAPABILITY", "ONEDNN_MAX_CPU_ISA", "NVIDIA_TF32_OVERRIDE", "TORCH_ALLOW_TF32_CUBLAS_OVERRIDE",
    "GLIBC_TUNABLES"};

bool matters(std::string_view name) {
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end() ||
         std::any_of(kPrefixes.begin(), kPrefixes.end(),
                     [&](std::string_view prefix) { return name.starts_with(prefix); });
}

std::string first_line(const fs::path& file) {
  std::ifstream in(file);
  std::string line;
  std::getline(in, line);
  return line;
}

/// intel_pstate says the opposite of what the others say.
std::string boost(const fs::path& processors) {
  const std::string on = first_line(processors / "cpufreq/boost");
  if (!on.empty()) return on == "1" ? "on" : "off";
  const std::string off = first_line(processors / "intel_pstate/no_turbo");
  if (!off.empty()) return off == "0" ? "on" : "off";
  return "";
}

std::string processor_time(const fs::path& root) {
  const fs::path groups = root / "sys/fs/cgroup";
  std::ifstream lines(root / "proc/self/cgroup");
  for (std::string line; std::getline(lines, line);) {  // "4:cpu,cpuacct:/path", or "0::/path" for version 2
    const std::size_t first = line.find(':');
    const std::size_t second = line.find(':', first + 1);
    if (first == std::string::npos || second == std::string::npos) continue;
    const std::string controllers = fmt::format(",{},", line.substr(first + 1, second - first - 1));
    const fs::path group = fs::path(line.substr(second + 1)).relative_path();
    if (controllers == ",,") {
      for (const fs::path& at : {groups / group, groups}) {
        if (std::string limit = first_line(at / "cpu.max"); !limit.empty()) return limit;
      }
    } else if (controllers.find(",cpu,") != std::string::npos) {
      for (const fs::path& at : {groups / "cpu" / group, groups / "cpu"}) {
        const std::string quota = first_line(at / "cpu.cfs_quota_us");
        if (!quota.empty()) return fmt::format("{} {}", quota, first_line(at / "cpu.cfs_period_us"));
      }
    }
  }
  return "";
}

}  // namespace

std::string field_of(const fs::path& file, std::string_view name) {
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    if (!line.starts_with(name)) continue;
    const std::size_t colon = line.find_first_of(":=");
    if (colon == std::string::npos) continue;
    const std::size_t first = line.find_first_not_of(" \t\"", colon + 1);
    const std::size_t last = line.find_last_not_of(" \t\"");
    return first == std::string::npos ? "" : line.substr(first, last - first + 1);
  }
  return "";
}

Json processor_policy(const fs::path& root) {
  const fs::path processors = root / "sys/devices/system/cpu";
  return {{"governor", first_line(processors / "cpu0/cpufreq/scaling_governor")},
          {"driver", first_line(processors / "cpu0/cpufreq/scaling_driver")},
          {"boost", boost(processors)},
          {"smt", first_line(processors / "smt/control")},
          {"numa", first_line(root / "sys/devices/system/node/online")}};
}

Json container(const fs::path& root) {
  std::error_code none;
  std::string kind;
  if (fs::exists(root / ".dockerenv", none)) kind = "docker";
  if (fs::exists(root / "run/.containerenv", none)) kind = "podman";
  if (fs::exists(root / "var/run/secrets/kubernetes.io", none)) kind = "kubernetes";
  return {{"kind", kind}, {"cpu", processor_time(root)}};
}

Json relevant_variables(const char* const* variables) {
  Json found = Json::object();
  for (; *variables != nullptr; ++variables) {
    const std::string_view variable = *variables;
    const std::size_t equals = variable.find('=');
    if (equals == std::string_view::npos || !matters(variable.substr(0, equals))) continue;
    found[std::string(variable.substr(0, equals))] = variable.substr(equals + 1, kLongestValue);
  }
  return found;
}

std::string allowed_processors_text(const fs::path& root) {
  return field_of(root / "proc/self/status", "Cpus_allowed_list");
}

}  // namespace rnnbench
