#include "results/exchange/export_mlflow.hpp"

#include <SQLiteCpp/Database.h>
#include <fmt/format.h>

#include <cmath>
#include <map>
#include <tuple>

#include "results/exchange/mlflow_batches.hpp"
#include "results/exchange/mlflow_claim.hpp"
#include "results/exchange/mlflow_form.hpp"
#include "results/store/sqlite_error.hpp"

namespace rnnbench {
namespace {

/// More runs of one experiment than this are looked up by listing all that the server has of it.
constexpr std::size_t kLookedUpOneByOne = 20;

/// What the server has of an experiment's runs.
class SentRuns {
 public:
  SentRuns(MlflowServer& server, std::string experiment, std::size_t wanted)
      : server_(server), experiment_(std::move(experiment)), is_listed_(wanted > kLookedUpOneByOne) {
    if (is_listed_) add(fmt::format("tags.`{}` != ''", kUidTag));
  }

  const MlflowRun* find(const std::string& uid) {
    if (!is_listed_) add(uid_filter(uid));
    const auto found = runs_.find(uid);
    return found == runs_.end() ? nullptr : &found->second;
  }

 private:
  void add(const std::string& filter) {
    server_.each_run(experiment_, filter, /*with_deleted=*/true, [&](MlflowRun run) {
      for (auto tag = run.tags.begin(); tag != run.tags.end();) {  // only what is looked at
        tag = tag->first == kUidTag || tag->first == kSentTag ? std::next(tag) : run.tags.erase(tag);
      }
      const std::string uid = run.tag(kUidTag);
      const auto known = runs_.find(uid);
      if (known == runs_.end() || known->second.is_deleted) runs_[uid] = std::move(run);
    });
  }

  MlflowServer& server_;
  std::string experiment_;
  bool is_listed_;
  std::map<std::string, MlflowRun> runs_;
};

/// Takes out of `run` the metrics that the server has already: not all stores keep a repeated one once.
void leave_out_known_metrics(MlflowServer& server, const MlflowRun& there, MlflowRun& run) {
  std::map<std::tuple<std::string, std::int64_t, std::int64_t>, double> known;
  for (const MlflowMetric& last : there.metrics) {
    for (const MlflowMetric& each : server.history(there.id, last.key)) {
      known[{each.key, each.step, each.timestamp}] = each.value;
    }
  }
  std::erase_if(run.metrics, [&](const MlflowMetric& metric) {
    const auto found = known.find({metric.key, metric.step, metric.timestamp});
    return found != known.end() && (found->second == metric.value || !std::isfinite(metric.value));
  });
}

class Export {
 public:
  Export(MlflowServer& server, const std::map<std::string, std::size_t>& runs_by_experiment)
      : server_(server), wanted_(runs_by_experiment) {}

  /// What is wrong with a run is no reason to keep back the others; what is wrong with the server ends it.
  void send(RunId run, const RunRecord& record, MlflowExportReport& report) {
    if (record.run_text("status") == "running") {
      ++report.running;
      return;
    }
    const auto leave_out = [&](const std::string& reason) {
      report.problems.push_back(fmt::format("run {}: {}", run, reason));
    };
    std::optional<MlflowForm> form;
    try {
      form = mlflow_form(record);
    } catch (const EnvironmentError& error) {
      return leave_out(error.what());
    }
    try {
      send(record, *form, report);
    } catch (const MlflowRefusal& refusal) {
      if (refusal.code() == "ENDPOINT_NOT_FOUND") throw;
      leave_out(refusal.what());
    } catch (const MalformedRun& malformed) {
      leave_out(fmt::format("what the server has of it can't be gone on with: {}", malformed.what()));
    }
  }

 private:
  void send(const RunRecord& record, MlflowForm& form, MlflowExportReport& report) {
    report.changes.insert(form.changes.begin(), form.changes.end());
    const std::string uid = form.run.tag(kUidTag);
    SentRuns& sent = sent_runs(form.experiment, record.text_of("experiment", "name"));
    const MlflowRun* there = sent.find(uid);
    MlflowClaim claim(server_, ids_.at(form.experiment), form.run);
    if (there == nullptr) {
      const std::string id =
          server_.create_run(ids_.at(form.experiment), form.run, [&] { return claim.find(); });
      ++(claim.is_ahead(id) && send_all(id, form, claim) ? report.sent : report.known);
    } else if (there->is_deleted) {
      ++report.deleted;
    } else if (there->tag(kSentTag) == form.digest) {
      ++report.known;
    } else {
      leave_out_known_metrics(server_, *there, form.run);
      ++(send_all(there->id, form, claim) ? report.completed : report.known);
    }
  }

  SentRuns& sent_runs(const std::string& experiment, const std::string& name) {
    const auto known = sent_.find(experiment);
    if (known != sent_.end()) return known->second;
    ids_[experiment] = server_.experiment_named(experiment).id;
    const auto wanted = wanted_.find(name);
    return sent_
        .try_emplace(experiment, server_, ids_[experiment], wanted == wanted_.end() ? 1 : wanted->second)
        .first->second;
  }

  /// Whether it is this run that is kept, see MlflowClaim. A server may refuse params of which another
  /// request writes one at the same moment, and show neither's: it is asked once more.
  bool send_all(const std::string& id, const MlflowForm& form, MlflowClaim& claim) {
    for (bool again = false;; again = true) {
      try {
        for (const Json& batch : log_batches(id, form.run)) server_.log_batch(batch);
        server_.end_run(id, form.run);
        server_.set_tag(id, kSentTag, form.digest);
        return true;
      } catch (const MlflowRefusal&) {
        if (claim.is_lost(id)) return false;
        if (again) throw;
      }
    }
  }

  MlflowServer& server_;
  std::map<std::string, std::size_t> wanted_;  // runs, by the name of their experiment
  std::map<std::string, std::string> ids_;     // the server's, by name there
  std::map<std::string, SentRuns> sent_;
};

std::map<std::string, std::size_t> count_by_experiment(SQLite::Database& database,
                                                       const std::vector<RunId>& runs) {
  SQLite::Statement name(
      database, "SELECT name FROM runs JOIN experiments ON experiments.id = experiment_id WHERE runs.id = ?");
  std::map<std::string, std::size_t> counts;
  for (const RunId run : runs) {
    name.bind(1, run);
    if (name.executeStep()) ++counts[name.getColumn(0).getString()];
    name.reset();
  }
  return counts;
}

}  // namespace

MlflowExportReport export_mlflow(Database& database, const std::vector<RunId>& runs, MlflowServer& server,
                                 const std::function<void(std::size_t)>& progress) {
  MlflowExportReport report;
  with_store_errors(database.path(), [&] {
    Export sending(server, count_by_experiment(database.connection(), runs));
    std::size_t done = 0;
    for (const RunId run : runs) {
      sending.send(run, read_run(database.connection(), run), report);
      if (progress) progress(++done);
    }
  });
  return report;
}

}  // namespace rnnbench
