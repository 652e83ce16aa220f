#pragma once

#include <string>

namespace rnnbench {

/// What is wrong with a trial that somebody gives, whose key must be the SHA-256 of its settings, a JSON
/// object;
/// "" for a right one.
std::string fault_of_trial(const std::string& key, const std::string& settings);

}  // namespace rnnbench
