#pragma once

#include <filesystem>
#include <memory>

#include "harness/core/scratch_folder.hpp"
#include "results/exchange/run_record.hpp"
#include "results/store/merge.hpp"

namespace rnnbench {

/// Runs that are gathered in a database of their own, so that nothing half gets into another one.
class StagedRuns {
 public:
  StagedRuns();
  ~StagedRuns();
  StagedRuns(const StagedRuns&) = delete;
  StagedRuns& operator=(const StagedRuns&) = delete;

  /// Throws EnvironmentError, with what is wrong, for a record that no database of this schema can hold; it
  /// isn't added. The copies of metrics that lists show are made anew where the record has none.
  void add(const RunRecord& record);
  /// Adds all to the database at `target`, see merge_database(). Once.
  MergeReport merge_into(const std::filesystem::path& target);

 private:
  class Open;
  std::filesystem::path database() const;

  ScratchFolder folder_;
  std::unique_ptr<Open> open_;  // ends before the folder
};

}  // namespace rnnbench
