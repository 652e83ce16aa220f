#pragma once

#include "harness/core/settings.hpp"

namespace rnnbench {

/// What `doctor` found on this machine, as `doctor --json` prints it: that of capture_environment() with
/// `processor.instruction_sets` and `processor.eigen_module`, and `memory_limit_gib`, `engines`, `driver`,
/// `libtorch`, `data`, `word_vectors`, `cache` and `cache_obstacle`. A place that can't be asked gives its
/// message; nothing is thrown for it. Paths may be no UTF-8.
Json doctor_facts();

}  // namespace rnnbench
