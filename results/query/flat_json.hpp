#pragma once

#include <map>
#include <string>

namespace rnnbench {

/// The values of a JSON text by dotted path, "model.layers.0.units" -> "64"; texts without quotation marks,
/// empty objects and arrays as {} and [].
using FlatJson = std::map<std::string, std::string>;

/// Empty where `text` is no JSON object or array. `prefix` begins each path.
FlatJson flat_json(const std::string& text, const std::string& prefix = "");

}  // namespace rnnbench
