#include "results/exchange/tensorboard_export.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "harness/core/error.hpp"
#include "harness/core/files.hpp"
#include "harness/core/run_parallel.hpp"
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

/// A file a split; that of none has all that is of the whole run. Returns how many files there are.
int write_run(Database& database, TensorboardScalars& scalars, const TensorboardRun& run,
              const fs::path& folder) {
  const auto metrics = scalars.metrics_of(run.run);
  for (const auto& [split, names] : metrics) {
    const fs::path place = split.empty() ? folder : folder / folder_name(split);
    const auto write = [&, &split = split, &names = names](std::ostream& out) {
      EventFile file(out, run.started);
      if (split.empty()) write_session(file, session_of(database, run));
      scalars.write_metrics(run, split, names, file);
      if (split.empty()) scalars.write_timings(run, file);
    };
    write_file_atomically(place / event_file_name(run), write, Flush::kLater);
  }
  return static_cast<int>(metrics.size());
}

void add_run(Database& database, TensorboardScalars& scalars, RunId number, const fs::path& folder,
             TensorboardReport& report) {
  const TensorboardRun run = tensorboard_run(database, number);
  if (run.status == "skipped") {
    ++report.skipped;
    return;
  }
  report.files += write_run(database, scalars, run, folder / run.folder);
  ++report.runs;
}

}  // namespace

TensorboardReport export_tensorboard(Database& database, const std::vector<RunId>& runs,
                                     const fs::path& folder, const std::stop_token& stop) {
  const std::size_t threads = std::min(runs.size(), static_cast<std::size_t>(default_threads()));
  std::vector<TensorboardReport> parts(threads);
  run_parallel(threads, [&](std::size_t part) {
    Database own(database.path());
    TensorboardScalars scalars(own);
    for (std::size_t i = part; i < runs.size(); i += threads) {
      if (stop.stop_requested()) throw Interrupted();
      add_run(own, scalars, runs[i], folder, parts[part]);
    }
  });
  TensorboardReport report;
  for (const TensorboardReport& part : parts) {
    report.runs += part.runs;
    report.files += part.files;
    report.skipped += part.skipped;
  }
  if (report.files > 0) flush_file_system(folder);  // once: many runs have four small files each
  return report;
}

}  // namespace rnnbench
