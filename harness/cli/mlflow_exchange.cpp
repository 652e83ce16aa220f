#include "harness/cli/mlflow_exchange.hpp"

#include <fmt/format.h>

#include "harness/cli/doing_line.hpp"
#include "harness/cli/merge_lines.hpp"
#include "harness/cli/network_note.hpp"
#include "harness/cli/percent_line.hpp"
#include "harness/core/error.hpp"
#include "results/exchange/export_mlflow.hpp"
#include "results/exchange/import_mlflow.hpp"
#include "results/query/plain_text.hpp"

namespace rnnbench {
namespace {

void say_left_out(int count, const char* what) {
  if (count > 0) fmt::print("  {} {}\n", count, what);
}

void say_problems(const std::vector<std::string>& problems, Session& session) {
  for (const std::string& problem : problems) fmt::print("  left out: {}\n", visible_text(problem));
  if (!problems.empty()) session.exit_code = static_cast<int>(ExitCode::kSomeRunsFailed);
}

}  // namespace

void export_to_mlflow(Database& database, const std::vector<RunId>& runs, const std::string& url,
                      Session& session) {
  MlflowServer server(mlflow_address(url), session.stop);
  PercentLine progress("runs");
  const MlflowExportReport report = export_mlflow(database, runs, server, [&](std::size_t done) {
    if (session.stop.stop_requested()) throw Interrupted();
    progress.show(static_cast<double>(done) / static_cast<double>(runs.size()),
                  fmt::format("{} of {}", done, runs.size()));
  });
  fmt::print("{}: {} runs sent, {} completed, {} were there already\n", server.address().text(), report.sent,
             report.completed, report.known);
  say_left_out(report.running, "runs are not over and were left out: export again when they are");
  say_left_out(
      report.deleted,
      "runs were deleted there and were left out: `mlflow runs restore --run-id ID` brings them back");
  for (const std::string& change : report.changes)
    fmt::print("  changed, since MLflow can't hold it: {}\n", change);
  say_problems(report.problems, session);
}

void import_from_mlflow(const std::string& url, const std::vector<std::string>& experiments,
                        const std::filesystem::path& database, Session& session) {
  warn_of_network(database);
  session.when_interrupted = "nothing was added";
  MlflowServer server(mlflow_address(url), session.stop);
  MlflowImportReport report;
  {
    const DoingLine line;
    report = import_mlflow(server, experiments, database, [&](std::size_t done) {
      if (session.stop.stop_requested()) throw Interrupted();
      line.show(fmt::format("{} runs", done));
    });
  }
  report.merged.known += report.known;
  report.merged.running += report.running;
  print_merge(server.address().text(), report.merged, session);
  say_left_out(report.others, "of them were logged by other programs");
  say_left_out(report.half_sent, "runs were sent in part only and were left out: export them again first");
  say_problems(report.problems, session);
}

}  // namespace rnnbench
