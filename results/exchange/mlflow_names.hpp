#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace rnnbench {

/// What the REST API guarantees to take, in bytes.
inline constexpr std::size_t kMlflowNameBytes = 250;
inline constexpr std::size_t kMlflowTagBytes = 5000;
inline constexpr std::size_t kMlflowParamBytes = 6000;

/// At most so many bytes of a text, cut between two characters of UTF-8; anywhere in what is none.
std::string_view first_bytes(std::string_view text, std::size_t most);

/// Makes names that MLflow takes as keys of metrics, params and tags on any of its stores, distinct ones for
/// distinct names: one that it forbids (other characters than ASCII letters, digits and "_-. /", a path that
/// isn't plain, too long) or that can't stand beside an earlier one ("a" beside "a/b": file and folder) is
/// changed and gets a digest at its end.
class MlflowNames {
 public:
  /// Each name is to be asked for once.
  std::string take(const std::string& name);
  /// "name -> key", of those that were changed.
  const std::vector<std::string>& changes() const { return changes_; }

 private:
  bool is_free(const std::string& key) const;

  std::set<std::string> taken_;  ///< in lower case: some databases tell no case apart
  std::vector<std::string> changes_;
};

}  // namespace rnnbench
