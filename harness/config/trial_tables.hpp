#pragma once

#include <string>
#include <vector>

#include "harness/config/setting_path.hpp"

namespace rnnbench {

/// The top-level keys that make up a trial; all others are about the experiment.
const std::vector<std::string>& trial_tables();

/// Throws ConfigError where the assignment's path doesn't begin with one of them.
void require_trial_setting(const Assignment& assignment);

/// Throws ConfigError "origin: path: what".
[[noreturn]] void refuse_setting(const std::string& origin, const std::string& path, const std::string& what);

}  // namespace rnnbench
