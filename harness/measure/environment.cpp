#include "harness/measure/environment.hpp"

#include <fmt/format.h>
#include <gnu/libc-version.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <cmath>

#include "harness/measure/build_info.hpp"
#include "harness/measure/machine_facts.hpp"
#include "harness/measure/memory_limit.hpp"

namespace rnnbench {
namespace {

std::string vector_extensions() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f")) return "avx512";
  if (__builtin_cpu_supports("avx2")) return "avx2";
  return "sse2";
#else
  return "baseline";
#endif
}

double gib(double bytes) { return std::round(bytes / (1 << 30) * 10) / 10; }

double memory() {
  return static_cast<double>(::sysconf(_SC_PHYS_PAGES)) * static_cast<double>(::sysconf(_SC_PAGE_SIZE));
}

Json build() {
  Json facts = {{"version", build_info::version}, {"revision", build_info::revision},
                {"dirty", build_info::dirty},     {"compiler", build_info::compiler},
                {"flags", build_info::flags},     {"type", build_info::type}};
  if (!build_info::dirty) return facts;
  facts["diff_sha256"] = build_info::diff_sha256;
  if (!build_info::diff.empty()) facts["diff"] = build_info::diff;
  return facts;
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
  Json processor = processor_policy();
  processor["model"] = field_of("/proc/cpuinfo", "model name");
  processor["cores"] = ::sysconf(_SC_NPROCESSORS_ONLN);
  processor["vector_extensions"] = vector_extensions();
  processor["microcode"] = field_of("/proc/cpuinfo", "microcode");
  const Json environment = {{"processor", std::move(processor)},
                            {"memory_gib", gib(memory())},
                            {"memory_limit_gib", gib(memory_limit())},
                            {"container", container()},
                            {"variables", relevant_variables(environ)},
                            {"libraries", {{"libc", ::gnu_get_libc_version()}}},
                            {"system",
                             {{"name", field_of("/etc/os-release", "PRETTY_NAME")},
                              {"kernel", fmt::format("{} {}", system.sysname, system.release)},
                              {"machine", system.machine},
                              {"host", system.nodename}}},
                            {"build", build()}};
  // A diff and a variable may be no UTF-8, which the text of the environment must be.
  return Json::parse(environment.dump(-1, ' ', false, Json::error_handler_t::replace));
}

}  // namespace rnnbench
