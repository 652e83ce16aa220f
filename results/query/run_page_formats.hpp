#pragma once

#include <string>

#include "results/query/table_format.hpp"

namespace rnnbench {

/// What show_run() read of a run.
struct RunPage {
  Table summary;  ///< one row; the columns settings, engine_details, environment and particulars are JSON
  Table metrics;
  Table step_metrics;  ///< for programs only
  Table timings;
  Table predictions;
  Table files;
  Table checkpoint;
  Table resumes;
  Table parity;
};

/// As text for a terminal, or as Markdown. Texts are shown inert.
std::string page_for_reading(const RunPage& page, TableFormat format);

/// One object: the columns of the summary, its JSON as such and whole, and an array a table.
std::string page_as_json(const RunPage& page);

}  // namespace rnnbench
