#include "harness/measure/environment.hpp"

#include <fmt/format.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <cmath>
#include <fstream>
#include <thread>

#include "harness/measure/build_info.hpp"

namespace rnnbench {
namespace {

/// The value of the first "name : value" line of a file such as /proc/cpuinfo; "" where there is none.
std::string field_of(const char* file, std::string_view name) {
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

std::string vector_extensions() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f")) return "avx512";
  if (__builtin_cpu_supports("avx2")) return "avx2";
  return "sse2";
#else
  return "baseline";
#endif
}

double memory_gib() {
  const double bytes =
      static_cast<double>(::sysconf(_SC_PHYS_PAGES)) * static_cast<double>(::sysconf(_SC_PAGE_SIZE));
  return std::round(bytes / (1 << 30) * 10) / 10;
}

}  // namespace

std::vector<std::string> instruction_sets() {
  std::vector<std::string> sets;
#if defined(__x86_64__)
  const auto add = [&](const char* name, bool supported) {
    if (supported) sets.emplace_back(name);
  };
  add("sse4.2", __builtin_cpu_supports("sse4.2"));
  add("avx", __builtin_cpu_supports("avx"));
  add("avx2", __builtin_cpu_supports("avx2"));
  add("fma", __builtin_cpu_supports("fma"));
  add("avx512f", __builtin_cpu_supports("avx512f"));
  add("avx512bw", __builtin_cpu_supports("avx512bw"));
  add("avx512dq", __builtin_cpu_supports("avx512dq"));
  add("avx512vl", __builtin_cpu_supports("avx512vl"));
#endif
  return sets;
}

Json capture_environment() {
  utsname system{};
  ::uname(&system);
  return {{"processor",
           {{"model", field_of("/proc/cpuinfo", "model name")},
            {"cores", std::thread::hardware_concurrency()},
            {"vector_extensions", vector_extensions()},
            {"microcode", field_of("/proc/cpuinfo", "microcode")}}},
          {"memory_gib", memory_gib()},
          {"system",
           {{"name", field_of("/etc/os-release", "PRETTY_NAME")},
            {"kernel", fmt::format("{} {}", system.sysname, system.release)},
            {"machine", system.machine},
            {"host", system.nodename}}},
          {"build",
           {{"version", build_info::version},
            {"revision", build_info::revision},
            {"dirty", build_info::dirty},
            {"compiler", build_info::compiler},
            {"flags", build_info::flags},
            {"type", build_info::type}}}};
}

}  // namespace rnnbench
