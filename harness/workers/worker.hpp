#pragma once

#include <functional>
#include <istream>
#include <string>
#include <vector>

#include "harness/core/run_sink.hpp"
#include "harness/runner/services.hpp"

namespace rnnbench {

/// The worker's side: does the runs that are asked for on `requests`, a line each, until it ends or the
/// services are asked to stop, and says what happens by `say`, a line each. What ends the whole matrix is
/// said (WorkerFailed) and ends this too.
void serve_runs(std::istream& requests, const std::function<void(const std::string& line)>& say,
                const std::vector<std::string>& engines, const RunServices& services, RunSink& sink);

}  // namespace rnnbench
