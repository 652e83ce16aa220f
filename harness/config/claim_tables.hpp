#pragma once

#include <optional>

#include "harness/core/claim.hpp"
#include "harness/core/settings.hpp"

namespace rnnbench {

/// Reads the table `[claim]`; nothing where it is missing. Throws ConfigError, with the place, for what is
/// missing (a margin with its reason above all), unknown or impossible, such as an accuracy outside [0, 1].
std::optional<Claim> read_claim(SettingsReader& experiment);

/// The same of `[beside]`.
std::optional<BesideClaim> read_beside(SettingsReader& experiment);

}  // namespace rnnbench
