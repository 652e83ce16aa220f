#include "impls/fused/shortcuts.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <utility>

#include "harness/core/error.hpp"
#include "impls/fused/support.hpp"

namespace rnnbench {
namespace {

using fused::Shortcuts;

constexpr std::array<std::pair<const char*, bool Shortcuts::*>, 6> kShortcuts = {{
    {"words", &Shortcuts::words},
    {"padding", &Shortcuts::padding},
    {"registers", &Shortcuts::registers},
    {"pieces", &Shortcuts::pieces},
    {"adam", &Shortcuts::adam},
    {"idle", &Shortcuts::idle},
}};

}  // namespace

std::vector<std::string> fused_shortcuts() {
  std::vector<std::string> names;
  for (const auto& [name, member] : kShortcuts) names.emplace_back(name);
  return names;
}

fused::Shortcuts fused::shortcuts_without(const std::vector<std::string>& names) {
  Shortcuts shortcuts;
  for (const std::string& name : names) {
    const auto found = std::ranges::find_if(kShortcuts, [&](const auto& each) { return each.first == name; });
    if (found == kShortcuts.end()) {
      throw EngineError(fmt::format("the fused engine has no shortcut \"{}\"; it has {}", name,
                                    fmt::join(fused_shortcuts(), ", ")));
    }
    shortcuts.*(found->second) = false;
  }
  return shortcuts;
}

}  // namespace rnnbench
