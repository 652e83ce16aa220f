#include "results/report/embedded_file.hpp"
#include "results/serve/site.hpp"

namespace rnnbench {
namespace {

std::string type_of(const std::string& name) {
  if (name.ends_with(".css")) return "text/css; charset=utf-8";
  if (name.ends_with(".js")) return "text/javascript; charset=utf-8";
  return "image/svg+xml";
}

}  // namespace

std::optional<WebResponse> asset(const std::string& name) {
  for (const EmbeddedFile& file : site_files()) {
    if (file.name != name) continue;
    WebResponse response;
    response.type = type_of(name);
    response.body = file.text;
    return response;
  }
  return std::nullopt;
}

}  // namespace rnnbench
