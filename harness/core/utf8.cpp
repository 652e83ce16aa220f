#include "harness/core/utf8.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace rnnbench {

bool is_utf8(std::string_view text) {
  if (std::ranges::all_of(text, [](char letter) { return static_cast<unsigned char>(letter) < 0x80; })) {
    return true;
  }
  try {
    static_cast<void>(nlohmann::json(text).dump());
    return true;
  } catch (const nlohmann::json::exception&) {
    return false;
  }
}

}  // namespace rnnbench
