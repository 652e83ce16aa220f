#pragma once

#include "harness/core/records.hpp"
#include "harness/core/settings.hpp"

namespace rnnbench {

/// The trial of these settings, any JSON object: `{"learning_rate": 0.1}`. Equal settings are one trial; each
/// is a path to list, group and compare by. Where they are named as an experiment file names them, lists show
/// them in its columns: "engine" (else "logged"), "device" (else "cpu"), "data.set", "recipe.name",
/// "recipe.vocabulary", "recipe.length" and "model.layers[].cell". Throws ConfigError for anything but an
/// object, text that is no UTF-8, and NaN or infinities.
TrialRecord logged_trial(const Json& settings);

}  // namespace rnnbench
