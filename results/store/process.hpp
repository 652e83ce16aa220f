#pragma once

#include <cstdint>
#include <string>

namespace rnnbench {

/// Names one process for good: its number alone may be given to another one later.
struct ProcessIdentity {
  std::string host;
  std::int64_t process = 0;
  std::int64_t start = 0;  ///< clock ticks after boot, proc(5) `stat` field 22
};

const ProcessIdentity& this_process();

/// Whether the process still runs (a zombie doesn't). For processes of this host only.
bool is_running(const ProcessIdentity& identity);

}  // namespace rnnbench
