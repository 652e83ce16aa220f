#include "results/exchange/import_mlflow.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

#include "harness/core/nearest.hpp"
#include "results/exchange/mlflow_foreign.hpp"
#include "results/exchange/mlflow_form.hpp"
#include "results/exchange/staged_runs.hpp"
#include "results/query/query_table.hpp"

namespace rnnbench {
namespace {

/// Runs that can't become more.
std::set<std::string> uids_in(const std::filesystem::path& database) {
  if (!std::filesystem::exists(database)) return {};
  Database reading(database);
  const Table table =
      query_table(reading, "SELECT uid FROM runs WHERE status NOT IN ('running', 'interrupted')");
  std::set<std::string> uids;
  for (const auto& row : table.rows) uids.insert(std::get<std::string>(row.at(0)));
  return uids;
}

class Import {
 public:
  Import(MlflowServer& server, std::set<std::string> known) : server_(server), known_(std::move(known)) {}

  void take(const MlflowExperiment& experiment, const MlflowRun& run) {
    const bool is_ours = run.tags.contains(kUidTag);
    const std::string uid = is_ours ? run.tag(kUidTag) : fmt::format("mlflow:{}", run.id);
    if (is_ours && !run.tags.contains(kSentTag)) {
      ++report.half_sent;
    } else if (!is_ours && (run.status == "RUNNING" || run.status == "SCHEDULED")) {
      ++report.running;
    } else if (known_.contains(uid)) {
      ++report.known;
    } else {
      try {
        if (is_ours ? stage_ours(uid, run) : stage_other(experiment, run)) known_.insert(uid);
      } catch (const MalformedRun& error) {
        leave_out(run.id, error.what());
      }
    }
  }

  void leave_out(const std::string& run, const std::string& reason) {
    report.problems.push_back(fmt::format("run {}: {}", run, reason));
  }

  MlflowImportReport report;

  void merge_into(const std::filesystem::path& target) {
    if (report.ours + report.others > 0) report.merged = staged_.merge_into(target);
  }

 private:
  bool stage_ours(const std::string& uid, const MlflowRun& run) {
    std::optional<ReturnedRun> returned;
    if (!attempt(run, [&] { returned.emplace(run); })) return false;
    for (std::size_t i = 0; i < returned->expected().size(); ++i) {
      const ExpectedSeries& series = returned->expected()[i];
      std::vector<MlflowMetric> values = values_of(run, series);
      if (!attempt(run, [&] { returned->fill(i, std::move(values)); })) return false;
    }
    const RunRecord record = returned->take();
    const bool is_added = attempt(run, [&] {
      if (record.run_text("uid") != uid) throw EnvironmentError("its tags are another run's");
      staged_.add(record);
    });
    report.ours += is_added ? 1 : 0;
    return is_added;
  }

  bool stage_other(const MlflowExperiment& experiment, const MlflowRun& run) {
    RunRecord record = foreign_run(experiment, run);
    for (const MlflowMetric& last : run.metrics) {
      const int left_out = add_foreign_metric(record, last.key, server_.history(run.id, last.key));
      if (left_out > 0) {
        leave_out(run.id, fmt::format("{} values of {} have steps beyond 32 bits", left_out, last.key));
      }
    }
    const bool is_added = attempt(run, [&] { staged_.add(record); });
    report.others += is_added ? 1 : 0;
    return is_added;
  }

  /// Of a single value the search gave all.
  std::vector<MlflowMetric> values_of(const MlflowRun& run, const ExpectedSeries& series) {
    if (series.count == 1) {
      for (const MlflowMetric& last : run.metrics) {
        if (last.key == series.key) return {last};
      }
    }
    return server_.history(run.id, series.key);
  }

  /// Whether it succeeded; what is wrong with a run is no reason to leave out the others.
  template <typename Action>
  bool attempt(const MlflowRun& run, Action action) {
    try {
      action();
      return true;
    } catch (const EnvironmentError& error) {
      leave_out(run.id, error.what());
      return false;
    }
  }

  MlflowServer& server_;
  std::set<std::string> known_;
  StagedRuns staged_;
};

std::vector<MlflowExperiment> chosen(MlflowServer& server, const std::vector<std::string>& names) {
  std::vector<MlflowExperiment> all = server.experiments();
  if (names.empty()) return all;
  std::vector<std::string> there;
  for (const MlflowExperiment& experiment : all) there.push_back(experiment.name);
  std::vector<MlflowExperiment> wanted;
  for (const std::string& name : names) {
    const auto found = std::ranges::find(all, name, &MlflowExperiment::name);
    if (found == all.end()) {
      throw ConfigError(fmt::format("{}: there is no experiment '{}'{}", server.address().text(), name,
                                    suggestion(name, there)));
    }
    wanted.push_back(*found);
  }
  return wanted;
}

}  // namespace

MlflowImportReport import_mlflow(MlflowServer& server, const std::vector<std::string>& experiments,
                                 const std::filesystem::path& target,
                                 const std::function<void(std::size_t)>& progress) {
  Import importing(server, uids_in(target));
  std::size_t done = 0;
  for (const MlflowExperiment& experiment : chosen(server, experiments)) {
    server.each_run(
        experiment.id, "", /*with_deleted=*/false,
        [&](const MlflowRun& run) {
          importing.take(experiment, run);
          if (progress) progress(++done);
        },
        [&](const std::string& run, const std::string& reason) { importing.leave_out(run, reason); });
  }
  importing.merge_into(target);
  return std::move(importing.report);
}

}  // namespace rnnbench
