#pragma once

#include "harness/config/toml_reader.hpp"

namespace rnnbench {

/// `own` on top of `base`, tables key by key, lists replaced whole; each setting with the place that it comes
/// from, and `written` in the order of the base, then of `own`.
SettingsTree merge_trees(SettingsTree base, SettingsTree own);

}  // namespace rnnbench
