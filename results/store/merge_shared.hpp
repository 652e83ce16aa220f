#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <unordered_map>

#include "results/store/merge.hpp"

namespace SQLite {
class Database;
}

namespace rnnbench {

/// Ids of the target by ids of the source; without rows of the source whose key has other content there.
using IdMap = std::unordered_map<std::int64_t, std::int64_t>;

struct SharedIds {
  IdMap experiments, trials, environments;
  std::set<std::string> other_reviews = {};  ///< digests of sets of reviews that have other labels there
};

/// Adds what runs refer to: environments, trials, experiments, sets of reviews. Inside the caller's
/// transaction.
SharedIds merge_shared(SQLite::Database& source, SQLite::Database& target, MergeReport& report);

/// Adds parity records, told apart by their whole content.
void merge_parity(SQLite::Database& source, SQLite::Database& target, const SharedIds& ids,
                  MergeReport& report);

/// What the target says where both have a note: its own; that of the source where it has none. Reports a
/// conflict where both are there and differ.
std::string merged_note(const std::string& what, const std::string& here, const std::string& there,
                        MergeReport& report);

}  // namespace rnnbench
