#include "results/exchange/tensorboard_scalars.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>

#include <limits>

#include "results/store/sqlite_error.hpp"

namespace rnnbench {
namespace {

/// Calls `take(statement)` for each row of a query about a run.
template <typename Take>
void each_row(Database& database, const char* sql, const std::vector<std::string>& texts, RunId run,
              Take take) {
  with_store_errors(database.path(), [&] {
    SQLite::Statement rows(database.connection(), sql);
    rows.bind(1, run);
    for (std::size_t i = 0; i < texts.size(); ++i) rows.bind(static_cast<int>(i) + 2, texts[i]);
    while (rows.executeStep()) take(rows);
  });
}

double seconds(const SQLite::Column& nanoseconds) {
  return static_cast<double>(nanoseconds.getInt64()) / 1e9;
}

/// The tag of a metric of epochs: no other's steps have it.
std::string epoch_tag(const std::string& name) { return name.ends_with("/step") ? name + "/epoch" : name; }

/// Steps as one count through a run, whether each epoch begins at 0 again or not.
class StepCount {
 public:
  std::int64_t operator()(const std::string& name, std::int64_t epoch, std::int64_t step) {
    if (name != name_) *this = StepCount(name);
    if (epoch != epoch_ && offset_ + step <= last_) offset_ = last_ + 1 - step;
    epoch_ = epoch;
    last_ = offset_ + step;
    return last_;
  }
  explicit StepCount(std::string name = {}) : name_(std::move(name)) {}

 private:
  std::string name_;
  std::int64_t epoch_ = 0, offset_ = 0, last_ = -1;
};

}  // namespace

std::vector<std::string> splits_of(Database& database, RunId run) {
  std::vector<std::string> splits;
  each_row(database, "SELECT DISTINCT split FROM metrics WHERE run_id = ? ORDER BY 1", {}, run,
           [&](SQLite::Statement& row) { splits.push_back(row.getColumn(0).getString()); });
  return splits;
}

void write_metrics(Database& database, const TensorboardRun& run, const std::string& split, EventFile& file) {
  StepCount step_count;
  each_row(database,
           "SELECT name, epoch, step, value, unit FROM metrics WHERE run_id = ? AND split = ? "
           "ORDER BY name, epoch, step",
           {split}, run.run, [&](SQLite::Statement& row) {
             const std::string name = row.getColumn(0).getString(), unit = row.getColumn(4).getString();
             const std::int64_t epoch = row.getColumn(1).getInt64(), step = row.getColumn(2).getInt64();
             const bool is_of_epoch = step < 0, is_nan = row.isColumnNull(3);
             file.scalar(
                 {.tag = is_of_epoch ? epoch_tag(name) : fmt::format("{}/step", name),
                  .step = is_of_epoch ? epoch : step_count(name, epoch, step),
                  .wall_time = wall_time(run, epoch),
                  .value = is_nan ? std::numeric_limits<double>::quiet_NaN() : row.getColumn(3).getDouble(),
                  .description = unit});
           });
}

void write_timings(Database& database, const TensorboardRun& run, EventFile& file) {
  each_row(database,
           "SELECT 'timing' || iif(clock = 'device', '_device', '') || iif(warmup, '_warmup', '') || '/' || "
           "phase, "
           "epoch, median_ns, total_ns FROM timings WHERE run_id = ? ORDER BY phase, epoch, clock, warmup",
           {}, run.run, [&](SQLite::Statement& row) {
             const std::string phase = row.getColumn(0).getString();
             const std::string median = phase + "/median", total = phase + "/total";
             ScalarEvent event{.tag = median,
                               .step = row.getColumn(1).getInt64(),
                               .wall_time = wall_time(run, row.getColumn(1).getInt64()),
                               .value = seconds(row.getColumn(2)),
                               .description = "seconds"};
             file.scalar(event);
             event.tag = total;
             event.value = seconds(row.getColumn(3));
             file.scalar(event);
           });
  if (run.train_seconds) {
    file.scalar({.tag = "train_seconds",
                 .step = run.epochs,
                 .wall_time = run.finished.value_or(wall_time(run, run.epochs)),
                 .value = *run.train_seconds,
                 .description = "seconds"});
  }
}

}  // namespace rnnbench
