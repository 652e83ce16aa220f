#include "results/query/flat_json.hpp"

#include <nlohmann/json.hpp>

namespace rnnbench {
namespace {

using Json = nlohmann::json;

void flatten(const Json& value, const std::string& path, FlatJson& flat) {
  if (value.is_structured() && !value.empty()) {
    for (const auto& [key, child] : value.items())
      flatten(child, path.empty() ? key : path + "." + key, flat);
    return;
  }
  if (path.empty()) return;
  flat[path] = value.is_string() ? value.get<std::string>()
                                 : value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

FlatJson flat_json(const std::string& text, const std::string& prefix) {
  FlatJson flat;
  const Json json = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (json.is_structured() && !json.empty()) flatten(json, prefix, flat);
  return flat;
}

}  // namespace rnnbench
