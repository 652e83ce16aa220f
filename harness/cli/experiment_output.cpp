#include "harness/cli/experiment_output.hpp"

#include <fmt/format.h>

#include "results/query/database.hpp"
#include "results/query/query_table.hpp"
#include "results/query/table_format.hpp"
#include "results/report/report.hpp"

namespace rnnbench {
namespace fs = std::filesystem;
namespace {

fs::path report_folder(const fs::path& database, const std::string& experiment) {
  return database.parent_path() / "report" / experiment;
}

}  // namespace

ExperimentOutput::ExperimentOutput(fs::path database, std::string experiment)
    : database_(std::move(database)), experiment_(std::move(experiment)) {}

bool ExperimentOutput::exists() const {
  return fs::exists(report_folder(database_, experiment_) / "report.md");
}

void ExperimentOutput::write() const {
  Database database(database_);
  write_report(database, experiment_, report_folder(database_, experiment_));
}

std::string ExperimentOutput::summary() const {
  constexpr const char* kByTrial = R"(
    SELECT engine, cell, device, vocabulary, length, status, count(*) AS runs,
           round(100 * avg(test_accuracy), 2) AS "accuracy %", round(avg(train_seconds), 2) AS "train s"
    FROM run_summary WHERE experiment = ?
    GROUP BY engine, cell, device, vocabulary, length, status
    ORDER BY status = 'finished' DESC, avg(test_accuracy) DESC)";
  Database database(database_);
  return format_table(query_table(database, kByTrial, {experiment_}), TableFormat::kTable) + places();
}

std::string ExperimentOutput::places() const {
  const fs::path folder = report_folder(database_, experiment_);
  return fmt::format("database  {}\nfigures   {}\nreport    {}\n", database_.string(),
                     (folder / "figures").string(), (folder / "report.md").string());
}

}  // namespace rnnbench
