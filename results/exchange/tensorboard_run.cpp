#include "results/exchange/tensorboard_run.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "harness/core/plain_name.hpp"
#include "harness/core/sha256.hpp"
#include "results/query/query_table.hpp"

namespace rnnbench {
namespace {

/// Seconds after 1970 of a time in ISO 8601, to the millisecond.
std::string seconds_sql(const char* column) {
  return fmt::format("CAST(strftime('%s', {0}) + substr(strftime('%f', {0}), 3) AS REAL)", column);
}

template <typename Value>
std::optional<Value> cell(const TableCell& cell) {
  const auto* value = std::get_if<Value>(&cell);
  return value != nullptr ? std::optional(*value) : std::nullopt;
}

std::vector<double> epoch_ends(Database& database, const TensorboardRun& run) {
  const Table durations =
      query_table(database,
                  "SELECT epoch, sum(total_ns) / 1e9 FROM timings WHERE run_id = ? AND "
                  "phase = 'epoch' AND clock = 'host' AND epoch > 0 GROUP BY epoch ORDER BY epoch",
                  {run.run});
  std::vector<double> ends;
  double end = run.started;
  for (const auto& row : durations.rows) {
    if (std::get<std::int64_t>(row[0]) != static_cast<std::int64_t>(ends.size()) + 1) break;
    end += std::get<double>(row[1]);
    ends.push_back(run.finished ? std::min(end, *run.finished) : end);
  }
  return ends;
}

}  // namespace

std::string folder_name(const std::string& name) {
  constexpr std::size_t kLongest = 80;
  const std::string plain = plain_name(name, kLongest);
  if (plain == name && !name.empty()) return plain;
  return fmt::format("{}-{}", plain, sha256_hex(name).substr(0, 8));
}

TensorboardRun tensorboard_run(Database& database, RunId id) {
  const Table table = query_table(
      database,
      fmt::format(
          "SELECT experiments.name, key, engine, cell, device, vocabulary, length, seed, status, {}, {}, "
          "epochs, train_seconds, uid FROM runs JOIN trials ON trials.id = trial_id "
          "JOIN experiments ON experiments.id = experiment_id WHERE runs.id = ?",
          seconds_sql("started"), seconds_sql("runs.finished")),
      {id});
  const auto& row = table.rows.at(0);
  const auto text = [&](std::size_t column) { return std::get<std::string>(row[column]); };
  const auto number = [&](std::size_t column) { return std::get<std::int64_t>(row[column]); };
  TensorboardRun run{.run = id,
                     .trial = text(1),
                     .status = text(8),
                     .started = cell<double>(row[9]).value_or(0),
                     .finished = cell<double>(row[10]),
                     .epochs = number(11),
                     .train_seconds = cell<double>(row[12])};
  const std::string trial = fmt::format("{}-{}-{}-v{}-l{}-{}", text(2), text(3), text(4), number(5),
                                        number(6), run.trial.substr(0, 8));
  run.folder = fmt::format("{}/{}/{}", folder_name(text(0)), folder_name(trial),
                           fmt::format("seed-{:03}-run-{:06}-{}", static_cast<std::uint64_t>(number(7)), id,
                                       folder_name(text(13).substr(0, 8))));
  run.epoch_ends = epoch_ends(database, run);
  return run;
}

double wall_time(const TensorboardRun& run, std::int64_t epoch) {
  const auto known = std::min(epoch, static_cast<std::int64_t>(run.epoch_ends.size()));
  return known > 0 ? run.epoch_ends[static_cast<std::size_t>(known - 1)] : run.started;
}

}  // namespace rnnbench
