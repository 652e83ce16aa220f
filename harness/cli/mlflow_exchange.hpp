#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "harness/cli/commands.hpp"
#include "harness/core/run_sink.hpp"
#include "results/query/database.hpp"

namespace rnnbench {

/// `export --mlflow URL`: sends the runs and says what became of them. Where some were left out because
/// something is wrong with them, the exit code is 1.
void export_to_mlflow(Database& database, const std::vector<RunId>& runs, const std::string& url,
                      Session& session);

/// `import --mlflow URL`: of all experiments where none is named.
void import_from_mlflow(const std::string& url, const std::vector<std::string>& experiments,
                        const std::filesystem::path& database, Session& session);

}  // namespace rnnbench
