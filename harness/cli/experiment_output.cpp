#include "harness/cli/experiment_output.hpp"

#include <fmt/format.h>

#include <cctype>

#include "harness/core/files.hpp"
#include "results/query/database.hpp"
#include "results/query/plain_text.hpp"
#include "results/query/query_table.hpp"
#include "results/query/table_format.hpp"
#include "results/report/report.hpp"

namespace rnnbench {
namespace fs = std::filesystem;
namespace {

/// What the database held when the report was written.
constexpr const char* kStateFile = ".state";

}  // namespace

fs::path report_folder(const fs::path& database, const std::string& experiment) {
  // A name that an experiment file may have is a folder's; a database may come from anywhere.
  std::string folder = experiment;
  for (char& c : folder) {
    const bool plain = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_' || c == '.';
    if (!plain) c = '_';
  }
  if (folder.empty() || folder.front() == '.') folder = fmt::format("_{}", folder);
  return database.parent_path() / (database.stem().string() + ".report") / folder;
}

std::string visible_place(const char* what, const fs::path& path) {
  return fmt::format("{:<10}{}\n", what, visible_text(path.string()));
}

ExperimentOutput::ExperimentOutput(fs::path database, std::string experiment)
    : database_(std::move(database)), experiment_(std::move(experiment)) {}

void ExperimentOutput::prepare() const { make_folder(report_folder(database_, experiment_)); }

bool ExperimentOutput::is_current() const {
  const fs::path folder = report_folder(database_, experiment_);
  return fs::exists(folder / "report.md") && fs::exists(folder / kStateFile) &&
         read_file(folder / kStateFile) == state();
}

void ExperimentOutput::write() const {
  Database database(database_);
  const fs::path folder = report_folder(database_, experiment_);
  const std::string reported = state();
  write_report(database, experiment_, folder);
  write_file_atomically(folder / kStateFile, reported);
}

std::string ExperimentOutput::state() const {
  constexpr const char* kState = R"(
    SELECT count(*), max(id), max(finished),
           (SELECT max(id) FROM experiments WHERE name = ? AND created =
             (SELECT max(created) FROM experiments e WHERE e.name = experiments.name)) AS experiment
    FROM runs)";
  Database database(database_);
  return format_table(query_table(database, kState, {experiment_}), TableFormat::kCsv);
}

std::string ExperimentOutput::summary() const {
  constexpr const char* kByTrial = R"(
    SELECT data_set, engine, cell, device, vocabulary, length, substr(trial, 1, 8) AS trial, s.status,
           count(*) AS seeds, round(100 * avg(s.test_accuracy), 2) AS "accuracy %",
           round(avg(s.train_seconds), 2) AS "train s"
    FROM experiment_trials x
    JOIN runs r ON r.trial_id = x.trial_id
    JOIN run_summary s ON s.run = r.id
    WHERE x.experiment_id = (SELECT id FROM experiments WHERE name = ? ORDER BY created DESC, id DESC LIMIT 1)
      AND r.id = (SELECT id FROM runs WHERE trial_id = r.trial_id AND seed = r.seed
                  ORDER BY status = 'finished' DESC, id DESC LIMIT 1)
    GROUP BY s.trial, s.status
    ORDER BY s.status = 'finished' DESC, avg(s.test_accuracy) DESC, x.position)";
  Database database(database_);
  return format_table(query_table(database, kByTrial, {experiment_}), TableFormat::kTable) +
         visible_place("database", database_);
}

std::string ExperimentOutput::places() const {
  const fs::path folder = report_folder(database_, experiment_);
  const bool has_figures = fs::exists(folder / "figures");
  return (has_figures ? visible_place("figures", folder / "figures") : "") +
         visible_place("report", folder / "report.md");
}

}  // namespace rnnbench
