#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace rnnbench {

/// Tells which of the runs of a trial with the same seed is the newest, so that none counts twice.
class Replicates {
 public:
  /// The place of (trial, seed), counted from 0, and whether `run` is the newest of it so far.
  std::pair<std::size_t, bool> place(const std::string& trial, std::int64_t seed, std::int64_t run) {
    if (newest_.empty() || trial != last_trial_) {
      last_trial_ = trial;
      last_number_ = trials_.try_emplace(trial, trials_.size()).first->second;
    }
    const auto [entry, is_new] = places_.try_emplace({last_number_, seed}, newest_.size());
    if (is_new) {
      newest_.push_back(run);
      return {entry->second, true};
    }
    if (run < newest_[entry->second]) return {entry->second, false};
    newest_[entry->second] = run;
    return {entry->second, true};
  }

 private:
  using Key = std::pair<std::size_t, std::int64_t>;
  struct Hash {
    std::size_t operator()(const Key& key) const {
      return std::hash<std::size_t>()(key.first * 0x9E3779B97F4A7C15U ^ static_cast<std::size_t>(key.second));
    }
  };

  std::unordered_map<std::string, std::size_t> trials_;
  std::unordered_map<Key, std::size_t, Hash> places_;
  std::vector<std::int64_t> newest_;
  std::string last_trial_;
  std::size_t last_number_ = 0;
};

}  // namespace rnnbench
