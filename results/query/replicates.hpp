#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace rnnbench {

/// Tells which of the runs of a trial with the same seed is the newest, so that none counts twice. Quickest
/// where a trial's runs follow one another, their seeds rising, as SQLite reads them from the index of runs.
class Replicates {
 public:
  struct Place {
    std::size_t number;  ///< of (trial, seed), from 0 in the order they came
    bool is_newest;      ///< of its place so far
  };

  Place place(const std::string& trial, std::int64_t seed, std::int64_t run) {
    if (last_ == nullptr || trial != last_->first) last_ = &*trials_.try_emplace(trial).first;
    Seeds& seeds = last_->second;
    if (seeds.empty()) seeds.reserve(kUsualSeeds);
    auto at = seeds.end();
    if (!seeds.empty() && seed <= seeds.back().seed) {
      at = std::lower_bound(seeds.begin(), seeds.end(), seed,
                            [](const Seed& known, std::int64_t wanted) { return known.seed < wanted; });
    }
    if (at == seeds.end() || at->seed != seed) {
      seeds.insert(at, {seed, newest_.size()});
      newest_.push_back(run);
      return {newest_.size() - 1, true};
    }
    const bool is_newest = run >= newest_[at->place];
    if (is_newest) newest_[at->place] = run;
    return {at->place, is_newest};
  }

  /// How many trials there were so far.
  std::size_t trials() const { return trials_.size(); }

 private:
  struct Seed {
    std::int64_t seed;
    std::size_t place;
  };
  using Seeds = std::vector<Seed>;  // rising
  static constexpr std::size_t kUsualSeeds = 5;

  std::unordered_map<std::string, Seeds> trials_;
  std::pair<const std::string, Seeds>* last_ = nullptr;
  std::vector<std::int64_t> newest_;  // runs, by place
};

}  // namespace rnnbench
