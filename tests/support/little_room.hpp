#pragma once

#include <sys/resource.h>
#include <unistd.h>

#include <fstream>

namespace rnnbench {

/// As long as it lives, this process gets so many MiB of address space beside what it has, which a few stacks
/// of threads fill. The address and thread sanitizers need far more.
class LittleRoom {
 public:
  explicit LittleRoom(int mebibytes) {
    ::getrlimit(RLIMIT_AS, &before_);
    rlim_t pages = 0;
    std::ifstream("/proc/self/statm") >> pages;
    const rlimit little{
        pages * static_cast<rlim_t>(::sysconf(_SC_PAGESIZE)) + (static_cast<rlim_t>(mebibytes) << 20U),
        before_.rlim_max};
    ::setrlimit(RLIMIT_AS, &little);
  }
  ~LittleRoom() { ::setrlimit(RLIMIT_AS, &before_); }

 private:
  rlimit before_ = {};
};

}  // namespace rnnbench
