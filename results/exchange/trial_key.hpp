#pragma once

#include <string>

namespace rnnbench {

/// What is wrong with a trial that somebody gives; "" for a right one, whose settings are a JSON object and
/// whose key is their SHA-256.
std::string fault_of_trial(const std::string& key, const std::string& settings);

}  // namespace rnnbench
