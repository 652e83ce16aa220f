#pragma once

#include <filesystem>
#include <string>

#include "harness/core/settings.hpp"

namespace rnnbench {

/// Parts of capture_environment(), read from the files of a system at `root`; "" where it says nothing.

/// The value of the first "name : value" line of a file such as /proc/cpuinfo; "" where there is none.
std::string field_of(const std::filesystem::path& file, std::string_view name);

/// `governor` and `driver` of the first core, `boost` ("on", "off"), whether cores run two threads (`smt`:
/// "on", "off", "notsupported"), and NUMA nodes (`numa`: "0-1").
Json processor_policy(const std::filesystem::path& root = "/");

/// What the process is inside of: `kind` ("docker", "podman", "kubernetes", or "") and the control group's
/// processor time as the kernel writes it (`cpu`: "max 100000", or for version 1 "-1 100000").
Json container(const std::filesystem::path& root = "/");

/// The variables that decide threads, libraries and memory, with their values: those of OpenMP, BLAS and
/// oneDNN by their first letters, and a few by name. No other variable is looked at: one may hold a secret.
Json relevant_variables(const char* const* variables);

/// The processors that this process may use, "0-3,8".
std::string allowed_processors_text(const std::filesystem::path& root = "/");

}  // namespace rnnbench
