#include "harness/cli/merge_lines.hpp"

#include <fmt/format.h>

#include "harness/cli/commands.hpp"
#include "harness/core/error.hpp"
#include "results/query/plain_text.hpp"

namespace rnnbench {

void print_merge(const std::string& source, const MergeReport& report, Session& session) {
  fmt::print("{}: {} runs added, {} completed, {} known, {} conflicts\n", visible_text(source), report.added,
             report.completed, report.known, report.conflicts.size());
  fmt::print("  new: {} experiments, {} trials, {} parity records, {} files\n", report.experiments,
             report.trials, report.parity_records, report.files);
  if (report.running > 0) {
    fmt::print(
        "  {} runs are not over and were left out: merge again when they are (`rnnbench check` tells dead "
        "ones)\n",
        report.running);
  }
  for (const std::string& conflict : report.conflicts) fmt::print("  conflict: {}\n", visible_text(conflict));
  for (const std::string& file : report.missing_files) {
    fmt::print("  missing file, or not the recorded one: {}\n", visible_text(file));
  }
  if (!report.conflicts.empty()) session.exit_code = static_cast<int>(ExitCode::kSomeRunsFailed);
}

}  // namespace rnnbench
