#include "results/exchange/tensorboard_export.hpp"

#include <fmt/format.h>

#include "harness/core/error.hpp"
#include "harness/core/files.hpp"
#include "results/exchange/tensorboard_hparams.hpp"
#include "results/exchange/tensorboard_run.hpp"
#include "results/exchange/tensorboard_scalars.hpp"
#include "results/query/query_table.hpp"

namespace rnnbench {
namespace fs = std::filesystem;
namespace {

/// Named by when the run began, as TensorBoard expects; the same for the same run.
fs::path event_file_name(const TensorboardRun& run) {
  return fmt::format("events.out.tfevents.{:010.0f}.rnnbench", run.started);
}

HparamsSession session_of(Database& database, const TensorboardRun& run) {
  return {run.trial,
          query_table(database, "SELECT path, value, type FROM run_settings WHERE run = ?", {run.run}),
          run.status, run.started, run.finished};
}

/// Returns how many files there are of it.
int write_run(Database& database, const TensorboardRun& run, const fs::path& folder) {
  int files = 1;
  write_file_atomically(folder / event_file_name(run), [&](std::ostream& out) {
    EventFile file(out, run.started);
    write_session(file, session_of(database, run));
    write_metrics(database, run, "", file);
    write_timings(database, run, file);
  });
  for (const std::string& split : splits_of(database, run.run)) {
    if (split.empty()) continue;
    ++files;
    write_file_atomically(folder / folder_name(split) / event_file_name(run), [&](std::ostream& out) {
      EventFile file(out, run.started);
      write_metrics(database, run, split, file);
    });
  }
  return files;
}

}  // namespace

TensorboardReport export_tensorboard(Database& database, const std::vector<RunId>& runs,
                                     const fs::path& folder, const std::stop_token& stop) {
  TensorboardReport report;
  for (const RunId number : runs) {
    if (stop.stop_requested()) throw Interrupted();
    const TensorboardRun run = tensorboard_run(database, number);
    if (run.status == "skipped") {
      ++report.skipped;
      continue;
    }
    report.files += write_run(database, run, folder / run.folder);
    ++report.runs;
  }
  return report;
}

}  // namespace rnnbench
