#pragma once

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>

#include <filesystem>
#include <limits>
#include <map>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "harness/core/sha256.hpp"
#include "results/exchange/run_record.hpp"
#include "results/query/database.hpp"
#include "results/store/store.hpp"

namespace rnnbench {

inline TrialRecord exchanged_trial(
    const std::string& settings = R"({"batch":32,"model":{"layers":[{"cell":"rnn","units":64}]}})") {
  return {sha256_hex(settings), settings, "eigen", "rnn", "cpu", "toy", "keras-imdb", 5000, 100};
}

/// Thirty runs of the experiment "many", without metrics.
inline void add_many_runs(const std::filesystem::path& path) {
  Store store(path);
  for (std::uint64_t seed = 100; seed < 130; ++seed) {
    const RunId run = store.begin_run({.experiment = {"many", "", "name = \"many\"\n"},
                                       .trial = exchanged_trial(),
                                       .seed = seed,
                                       .environment = "{}"});
    store.end_run(run, {});
  }
}

/// What two calls at the same time give.
template <typename Call>
auto called_twice_at_once(Call call) {
  decltype(call()) other;
  std::thread calling([&] { other = call(); });
  auto one = call();
  calling.join();
  return std::pair(std::move(one), std::move(other));
}

/// A database with a run of each status, and values and texts that other programs may not hold.
inline void make_exchanged_runs(const std::filesystem::path& path) {
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN(),
                   kInfinity = std::numeric_limits<double>::infinity();
  Store store(path);
  const ExperimentRecord experiment{
      "first", "Which is best?", "name = \"first\"\n", {"draft"}, "of the first day"};
  const TrialRecord trial = exchanged_trial(),
                    other = exchanged_trial(R"({"note":"größer \"als\" 1\n","x":1e-300})");
  store.add_trials(experiment, {trial, other});
  const auto start = [&](const TrialRecord& of, std::uint64_t seed) {
    return RunStart{.experiment = experiment,
                    .trial = of,
                    .seed = seed,
                    .environment = R"({"processor":"a"})",
                    .engine = R"({"threads":1})"};
  };

  const RunId diverged = store.begin_run(start(trial, 1));
  for (int epoch = 1; epoch <= 3; ++epoch) {
    store.epoch_finished(diverged,
                         {epoch,
                          {{"loss", "train", epoch, epoch == 2 ? kNan : 0.1 / epoch, "nats"},
                           {"loss", "validation", epoch, epoch == 3 ? kInfinity : 5e-324, "nats"},
                           {"Loss", "test", epoch, -kInfinity, ""},
                           {"gradient norm (L2)", "", epoch, std::numeric_limits<double>::max(), ""},
                           {"größe/\x1b[31m", "", epoch, -0.1, "µ"}},
                          {{"step", "host", epoch, false, {30, 10, 20}},
                           {"step", "host", epoch, true, {3'000'000'000}},
                           {"step", "device", epoch, false, {7}}}});
  }
  store.end_run(diverged,
                {RunStatus::kFinished, "", 1.5, {{"accuracy", "test", 3, 0.875, "fraction"}}, {}, {}, 2.25});
  store.tag_run(diverged, "best");

  const auto ended = [](RunStatus status, const std::string& reason, const std::string& output) {
    RunEnd end;
    end.status = status;
    end.reason = reason;
    end.output = output;
    return end;
  };
  const RunId failed = store.begin_run(start(other, std::numeric_limits<std::uint64_t>::max()));
  store.end_run(failed, ended(RunStatus::kFailed, "no memory\nleft", "bytes \xff\xfe of a program"));
  const RunId broken_off = store.begin_run(start(trial, 2));
  store.epoch_finished(broken_off, {1, {{"loss", "train", 1, 0.5, "nats"}}, {}});
  store.end_run(broken_off, ended(RunStatus::kInterrupted, "killed", ""));
  store.skip_run(start(other, 3), "no device");
  store.begin_run(start(trial, 4));

  // What no writer of ours makes yet, but the schema has.
  SQLite::Database database(path.string(), SQLite::OPEN_READWRITE);
  database.exec(
      fmt::format("INSERT INTO metrics SELECT {}, 'loss', 'train', epoch, step, epoch + step / 7.0, 'nats' "
                  "FROM (SELECT value AS epoch FROM json_each('[1,2]')), (SELECT value AS step FROM "
                  "json_each('[0,1,2,5]'))",
                  diverged));
  database.exec(fmt::format(
      "INSERT INTO resumes SELECT {}, '2026-01-31T12:00:00.000Z', 7, 2, environment_id, 'other' FROM runs "
      "WHERE id = {}",
      broken_off, broken_off));
}

/// A run in an experiment of its own, each text of which is no UTF-8. Returns its number.
inline RunId add_run_of_bytes(const std::filesystem::path& path) {
  Store store(path);
  const RunId run = store.begin_run({.experiment = {"bytes \xff", "q\xff", "c\xff", {"t\xff"}, "n\xff"},
                                     .trial = exchanged_trial(),
                                     .seed = 9,
                                     .environment = "{}"});
  store.epoch_finished(run, {1,
                             {{"m\xff", "s\xff", 1, 0.5, "u\xff"}, {"m\xfe", "s\xff", 1, 0.25, ""}},
                             {{"p\xff", "host", 1, false, {5}}}});
  RunEnd end;
  end.status = RunStatus::kFailed;
  end.reason = "r\xff";
  store.end_run(run, end);
  store.tag_run(run, "t\xff");
  return run;
}

inline std::vector<RunId> all_runs(const std::filesystem::path& path) {
  SQLite::Database database(path.string());
  SQLite::Statement select(database, "SELECT id FROM runs ORDER BY id");
  std::vector<RunId> runs;
  while (select.executeStep()) runs.push_back(select.getColumn(0).getInt64());
  return runs;
}

/// All of a run that is exchanged, as a text; "created" of its experiment follows from its plans.
inline std::string content_of(RunRecord record) {
  record.rows["experiment"].erase("created");
  std::string text = record.rows.dump(1);
  for (const MetricSeries& series : record.metrics) {
    for (const MetricPoint& point : series.points) {
      text += fmt::format("\n{} {} {} {} {} {}", series.name, series.split, series.unit, point.epoch,
                          point.step, point.value);
    }
  }
  return text;
}

/// By uid, of all runs that are over.
inline std::map<std::string, std::string> contents_of(const std::filesystem::path& path) {
  std::map<std::string, std::string> contents;
  SQLite::Database database(path.string());
  for (const RunId run : all_runs(path)) {
    const RunRecord record = read_run(database, run);
    if (record.run_text("status") != "running") contents[record.run_text("uid")] = content_of(record);
  }
  return contents;
}

}  // namespace rnnbench
