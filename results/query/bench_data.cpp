#include "results/query/bench_data.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "harness/core/error.hpp"
#include "harness/measure/noise.hpp"
#include "results/query/figure_data.hpp"
#include "results/store/blob.hpp"
#include "results/store/sqlite_error.hpp"

namespace rnnbench {
namespace {

using Json = nlohmann::json;

constexpr double kNotRecorded = std::numeric_limits<double>::quiet_NaN();

double number_or_nan(const SQLite::Column& column) {
  return column.isNull() ? kNotRecorded : column.getDouble();
}

void load_timings(SQLite::Database& database, BenchSideData& side, std::vector<double>& control) {
  SQLite::Statement query(
      database,
      "SELECT phase, median_ns, samples, total_ns, epoch FROM timings WHERE run_id = ? AND NOT warmup AND "
      "clock = 'host' ORDER BY epoch");
  query.bind(1, side.run);
  while (query.executeStep()) {
    const std::string phase = query.getColumn(0).getString();
    (phase == "control" ? control : side.rounds[phase]).push_back(query.getColumn(1).getDouble());
    side.totals[phase] += query.getColumn(3).getDouble();
    const auto samples = from_blob<std::int64_t>(query.getColumn(2).getString());
    if (const std::string problem = clock_problem(samples); !problem.empty()) {
      side.clock_problems.try_emplace(
          phase, clock_problem_text(side.run, phase, query.getColumn(4).getInt64(), problem));
    }
    if (phase != "step") continue;
    side.samples += std::ssize(samples);
    side.noisy += static_cast<std::int64_t>(noisy_count(samples));
  }
}

void load_metrics(SQLite::Database& database, BenchSideData& side, BenchData& bench) {
  SQLite::Statement query(
      database,
      "SELECT name, value FROM metrics WHERE run_id = ? AND split = '' AND step = -1 ORDER BY epoch");
  query.bind(1, side.run);
  while (query.executeStep()) {
    const std::string name = query.getColumn(0).getString();
    const double value = number_or_nan(query.getColumn(1));
    side.metrics[name] = value;
    if (bench.sides.size() != 1) continue;  // they are the same of all sides
    if (name == "steal") bench.steal = std::max(std::isnan(bench.steal) ? 0 : bench.steal, value);
    if (name == "suspended") bench.suspended_seconds += value;
  }
}

BenchData load_session(SQLite::Database& connection, const std::string& session) {
  SQLite::Statement query(
      connection,
      "SELECT runs.id, engine, device, settings, engine_details, content, particulars, started, status, "
      "seconds FROM runs JOIN trials ON trials.id = trial_id JOIN environments ON environments.id = "
      "environment_id "
      "WHERE particulars ->> '$.bench.session' = ? ORDER BY particulars ->> '$.bench.place'");
  query.bind(1, session);
  BenchData bench;
  bench.session = session;
  bench.steal = kNotRecorded;
  std::vector<TrialData> trials;
  while (query.executeStep()) {
    const Json about = Json::parse(query.getColumn(6).getString()).at("bench");
    bench.subject = about.value("subject", "");
    bench.command = about.value("command", "");
    bench.parity_command = about.value("parity", "");
    bench.tokens = about.value("tokens", "");
    bench.started = query.getColumn(7).getString();
    bench.status = query.getColumn(8).getString();
    bench.seconds = number_or_nan(query.getColumn(9));
    bench.seconds_given = about.value("seconds", kNotRecorded);
    bench.precision = about.value("precision", kNotRecorded);
    BenchSideData& side = bench.sides.emplace_back();
    side.run = query.getColumn(0).getInt64();
    side.label = about.value("side", "");
    side.engine = query.getColumn(1).getString();
    side.device = query.getColumn(2).getString();
    side.settings = query.getColumn(3).getString();
    side.engine_details = query.getColumn(4).getString();
    side.environment = query.getColumn(5).getString();
    std::vector<double> control;
    load_timings(connection, side, control);
    load_metrics(connection, side, bench);
    if (bench.control.empty()) {
      bench.control = std::move(control);
      bench.control_problem = problem_of(side, "control");
    }
    trials.emplace_back().settings = side.settings;
  }
  if (bench.sides.empty()) throw StoreError("there is no comparison " + session + " in this database");
  bench.parity = load_parity(connection, trials);
  return bench;
}

}  // namespace

std::string problem_of(const BenchSideData& side, const std::string& phase) {
  const auto found = side.clock_problems.find(phase);
  return found == side.clock_problems.end() ? "" : found->second;
}

BenchData load_bench(Database& database, const std::string& session) {
  return with_store_errors(database.path(), [&] { return load_session(database.connection(), session); });
}

std::vector<BenchData> load_benches(SQLite::Database& database, std::int64_t experiment) {
  SQLite::Statement query(
      database,
      "SELECT particulars ->> '$.bench.session', max(id + (status = 'finished') * (1 << "
      "40)) FROM runs WHERE experiment_id IN (SELECT id FROM experiments WHERE name = (SELECT name FROM "
      "experiments WHERE id = ?)) AND "
      "particulars ->> '$.bench.place' = 0 GROUP BY particulars ->> '$.bench.subject', "
      "particulars ->> '$.bench.sides', trial_id ORDER BY particulars ->> '$.bench.subject', 2");
  query.bind(1, experiment);
  std::vector<BenchData> benches;
  while (query.executeStep()) benches.push_back(load_session(database, query.getColumn(0).getString()));
  return benches;
}

}  // namespace rnnbench
