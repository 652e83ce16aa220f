#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "harness/cli/commands.hpp"
#include "harness/core/run_sink.hpp"
#include "results/query/database.hpp"

namespace rnnbench {

/// `export --mlflow URL`: sends the runs and says what became of them.
void export_to_mlflow(Database& database, const std::vector<RunId>& runs, const std::string& url,
                      const std::stop_token& stop);

/// `import --mlflow URL`: of all experiments where none is named.
void import_from_mlflow(const std::string& url, const std::vector<std::string>& experiments,
                        const std::filesystem::path& database, Session& session);

}  // namespace rnnbench
