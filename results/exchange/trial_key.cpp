#include "results/exchange/trial_key.hpp"

#include <nlohmann/json.hpp>

#include "harness/core/sha256.hpp"

namespace rnnbench {

std::string fault_of_trial(const std::string& key, const std::string& settings) {
  if (key != sha256_hex(settings)) return "its settings are not those that its trial's key stands for";
  const auto parsed = nlohmann::json::parse(settings, nullptr, /*allow_exceptions=*/false);
  return parsed.is_object() ? "" : "its settings are no JSON object";
}

}  // namespace rnnbench
