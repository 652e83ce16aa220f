#include "results/query/machine_names.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace rnnbench {

std::string machine_name(const EnvironmentData& environment) {
  using Json = nlohmann::json;
  const Json content = Json::parse(environment.content, nullptr, /*allow_exceptions=*/false);
  const auto text = [&](const char* pointer) {
    const Json::json_pointer at(pointer);
    return content.is_object() && content.contains(at) && content.at(at).is_string()
               ? content.at(at).get<std::string>()
               : "";
  };
  const std::string processor = text("/processor/model"), host = text("/system/host");
  return processor.empty() || host.empty() ? "" : fmt::format("{} of {}", processor, host);
}

}  // namespace rnnbench
