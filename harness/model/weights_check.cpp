#include "harness/model/weights_check.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <set>

#include "harness/core/error.hpp"

namespace rnnbench {
namespace {

using Shape = std::vector<std::int64_t>;

std::string text(const Shape& shape) { return fmt::format("[{}]", fmt::join(shape, ", ")); }

/// How tensor `name` differs, or ""; null: not there.
std::string difference(const std::string& name, const Shape* found, const Shape* needed) {
  if (found == nullptr) return fmt::format("'{}' is missing, the model needs {}", name, text(*needed));
  if (needed == nullptr) return fmt::format("'{}' {} is unknown to the model", name, text(*found));
  if (*found == *needed) return "";
  return fmt::format("'{}' has shape {}, the model needs {}", name, text(*found), text(*needed));
}

}  // namespace

void check_weights(const Parameters& weights, const ModelSpec& spec, int vocabulary,
                   const std::string& source) {
  const auto needed = parameter_shapes(spec, vocabulary);
  std::set<std::string> names;
  for (const auto& [name, tensor] : weights) names.insert(name);
  for (const auto& [name, shape] : needed) names.insert(name);
  for (const std::string& name : names) {
    const auto found = weights.find(name);
    const auto wanted = needed.find(name);
    const std::string what = difference(name, found == weights.end() ? nullptr : &found->second.shape,
                                        wanted == needed.end() ? nullptr : &wanted->second);
    if (what.empty()) continue;
    throw EnvironmentError(fmt::format(
        "{}: weights of another model: tensor {}; nothing was loaded, give the file that the run wrote",
        source, what));
  }
}

}  // namespace rnnbench
