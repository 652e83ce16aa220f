#pragma once

#include <string>

#include "harness/core/run_sink.hpp"
#include "results/query/database.hpp"
#include "results/query/run_page_formats.hpp"

namespace rnnbench {

/// Everything about one run: what it is and how it ended, settings, metrics by epoch, timings, files,
/// environment; as text for a terminal, Markdown (texts are inert in both), or one JSON object, which also
/// has the metrics of steps. Throws ConfigError where there is no such run, and for CSV.
std::string show_run(Database& database, RunId run, TableFormat format = TableFormat::kTable);

/// What show_run() reads, but for metrics of steps. Throws ConfigError where there is no such run.
RunPage load_run_page(Database& database, RunId run);

/// "no run 7 in PATH; …", where there is none.
void require_run(Database& database, RunId run);

}  // namespace rnnbench
