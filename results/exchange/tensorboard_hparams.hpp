#pragma once

#include <optional>
#include <string>

#include "results/exchange/event_file.hpp"
#include "results/query/table.hpp"

namespace rnnbench {

/// A session of TensorBoard's HParams plugin: what its table of runs says of one. The plugin works out the
/// table's columns, settings and metrics, from all sessions and scalars that it finds.
struct HparamsSession {
  std::string group;   ///< sessions of a group are a row, with their mean: the seeds of a trial
  Table settings;      ///< path, value, type: of the view run_settings
  std::string status;  ///< of runs
  double started = 0;  ///< seconds after 1970
  std::optional<double> finished;
};

/// Writes that a session began, and where it is over that it ended.
void write_session(EventFile& file, const HparamsSession& session);

}  // namespace rnnbench
