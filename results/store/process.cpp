#include "results/store/process.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <fstream>
#include <optional>
#include <sstream>

namespace rnnbench {
namespace {

struct ProcessStat {
  char state = 0;
  std::int64_t start = 0;
};

/// The state and start time (fields 3 and 22) of a process, or nothing where there is none. Field 2, the
/// program's name, may hold spaces and parentheses.
std::optional<ProcessStat> process_stat(std::int64_t process) {
  std::ifstream file(fmt::format("/proc/{}/stat", process));
  std::string line;
  if (!std::getline(file, line, '\0')) return std::nullopt;
  const auto name_end = line.rfind(')');
  if (name_end == std::string::npos) return std::nullopt;
  std::istringstream fields(line.substr(name_end + 1));
  ProcessStat stat;
  fields >> stat.state;
  std::string ignored;
  for (int field = 4; field < 22; ++field) fields >> ignored;
  fields >> stat.start;
  return fields ? std::optional(stat) : std::nullopt;
}

std::string host_name() {
  std::array<char, 256> name{};
  return gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "unknown";
}

}  // namespace

const ProcessIdentity& this_process() {
  static thread_local ProcessIdentity known;
  const std::int64_t process = getpid();
  if (known.process != process) {  // the first call, here or in a forked child
    const auto stat = process_stat(process);
    known = {host_name(), process, stat ? stat->start : 0};
  }
  return known;
}

bool is_running(const ProcessIdentity& identity) {
  const auto stat = process_stat(identity.process);
  return stat && stat->start == identity.start && stat->state != 'Z' && stat->state != 'X';
}

}  // namespace rnnbench
