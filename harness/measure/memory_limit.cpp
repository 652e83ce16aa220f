#include "harness/measure/memory_limit.hpp"

#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <string>

namespace rnnbench {
namespace fs = std::filesystem;
namespace {

/// The lowest number in the files `name` of `group` and the groups above it, up to `mount`; "max", as a
/// file says where there is no limit, is no number.
double lowest(double limit, const fs::path& mount, const fs::path& group, const char* name) {
  for (fs::path at = mount / group.relative_path();; at = at.parent_path()) {
    double value = 0;
    if (std::ifstream(at / name) >> value) limit = std::min(limit, value);
    if (at == mount || !at.has_relative_path()) return limit;
  }
}

}  // namespace

double memory_limit(double physical, const fs::path& membership, const fs::path& mount) {
  double limit = physical;
  std::ifstream lines(membership);
  for (std::string line; std::getline(lines, line);) {  // "4:memory:/path", or "0::/path" for version 2
    const std::size_t first = line.find(':');
    const std::size_t second = line.find(':', first + 1);
    if (first == std::string::npos || second == std::string::npos) continue;
    const std::string controllers = line.substr(first + 1, second - first - 1);
    const fs::path group = line.substr(second + 1);
    if (controllers.empty()) {
      limit = lowest(limit, mount, group, "memory.max");
    } else if (("," + controllers + ",").find(",memory,") != std::string::npos) {
      limit = lowest(limit, mount / "memory", group, "memory.limit_in_bytes");
    }
  }
  return limit;
}

double memory_limit() {
  const double physical =
      static_cast<double>(::sysconf(_SC_PHYS_PAGES)) * static_cast<double>(::sysconf(_SC_PAGE_SIZE));
  return memory_limit(physical, "/proc/self/cgroup", "/sys/fs/cgroup");
}

}  // namespace rnnbench
