#include "harness/config/trial_tables.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "harness/core/error.hpp"
#include "harness/core/nearest.hpp"

namespace rnnbench {

const std::vector<std::string>& trial_tables() {
  static const std::vector<std::string> tables = {"engine",   "device",     "data",     "recipe", "model",
                                                  "training", "evaluation", "baseline", "command"};
  return tables;
}

void require_trial_setting(const Assignment& assignment) {
  const std::string first = assignment.path.substr(0, assignment.path.find('.'));
  const std::vector<std::string>& known = trial_tables();
  if (std::find(known.begin(), known.end(), first) == known.end()) {
    refuse_setting(assignment.origin, assignment.path,
                   fmt::format("'{}' is no setting of a trial{}", first, suggestion(first, known)));
  }
}

void refuse_setting(const std::string& origin, const std::string& path, const std::string& what) {
  throw ConfigError(fmt::format("{}: {}: {}", origin, path, what));
}

}  // namespace rnnbench
