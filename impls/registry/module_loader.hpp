#pragma once

#include <filesystem>
#include <string>

#include "harness/measure/product_peak.hpp"
#include "impls/registry/baseline_module.hpp"
#include "impls/registry/engine_module.hpp"

namespace rnnbench {

/// Where module `file` lies: in $RNNBENCH_ENGINES if that is set, else in engines/ beside the running
/// program. Throws EnvironmentError where it isn't there.
std::filesystem::path find_module(const std::string& file);

/// Loads the module and finds what it exports; the module stays loaded to the end of the program. Throws
/// EnvironmentError with the loader's own message.
MakeEngine load_module(const std::filesystem::path& path);

/// The same of a baseline's module.
MakeBaseline load_baseline_module(const std::filesystem::path& path);

/// The module's product, null where it has none. Throws EnvironmentError where the module can't be loaded.
Multiply load_multiply(const std::filesystem::path& path);

}  // namespace rnnbench
