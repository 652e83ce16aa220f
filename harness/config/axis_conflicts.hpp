#pragma once

#include "harness/config/toml_reader.hpp"

namespace rnnbench {

/// Writes `[axes]` with one dotted key an axis, however the file wrote them, so that files can be merged axis
/// by axis. Throws ConfigError where an axis stands there twice.
void flatten_axes(SettingsTree& tree);

/// Throws ConfigError where one file gives a setting as an axis (of a [[zip]] too) and as a fixed value. An
/// axis over an element of a fixed list is none: "model.layers.0.cell" changes the first of `layers`.
void refuse_fixed_axes(const SettingsTree& tree);

/// Takes the axes out of `base` that `own`, a file on top of it, fixes. Throws ConfigError where that axis is
/// part of a [[zip]] that would stay.
void drop_fixed_axes(SettingsTree& base, const SettingsTree& own);

}  // namespace rnnbench
