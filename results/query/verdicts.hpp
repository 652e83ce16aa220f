#pragma once

#include <string>
#include <utility>
#include <vector>

#include "harness/statistics/verdict.hpp"
#include "results/query/database.hpp"
#include "results/query/run_subjects.hpp"
#include "results/query/table.hpp"

namespace rnnbench {

/// What is said of a subject against the first one.
struct SubjectVerdict {
  std::string subject;  ///< label
  std::string against;  ///< the first's
  Verdict verdict;
};

/// Each subject but the first against the first, p values adjusted over all of them (Holm); see
/// compared_runs(). Throws StoreError.
std::vector<SubjectVerdict> judge_subjects(Database& database, const std::vector<Subject>& subjects);

/// The same of pairs, the second of each against its first.
std::vector<SubjectVerdict> judge_pairs(Database& database,
                                        const std::vector<std::pair<Subject, Subject>>& pairs);

/// For reading: "B against A: B is more accurate by …", then a line for each thing that is missing.
std::string verdict_line(const SubjectVerdict& verdict);

/// For programs: name, value and n of each thing that a verdict says; docs/queries.md lists them.
struct VerdictFact {
  std::string name;
  TableCell value;
  std::int64_t n = 0;
};
std::vector<VerdictFact> verdict_facts(const SubjectVerdict& verdict);

}  // namespace rnnbench
