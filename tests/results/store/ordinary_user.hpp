#pragma once

#include <unistd.h>

#include <cstdlib>

namespace rnnbench {

/// Drops root's right to ignore permissions while it lives.
class OrdinaryUser {
 public:
  OrdinaryUser() : root_(geteuid() == 0 && seteuid(65534) == 0) {}
  ~OrdinaryUser() {
    if (root_ && seteuid(0) != 0) std::abort();
  }
  OrdinaryUser(const OrdinaryUser&) = delete;
  OrdinaryUser& operator=(const OrdinaryUser&) = delete;

 private:
  bool root_;
};

}  // namespace rnnbench
