#include "results/exchange/tensorboard_scalars.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "results/query/query_table.hpp"

namespace rnnbench {
namespace {

using Row = std::vector<TableCell>;

/// Calls `take(row)` for each row of a query about a run.
template <typename Take>
void each_row(Database& database, const char* sql, const std::vector<TableCell>& parameters, Take take) {
  struct Rows : RowSink {
    explicit Rows(Take& take) : take_(take) {}
    void columns(const std::vector<std::string>& /*names*/) override {}
    void row(Row& cells) override { take_(cells); }
    Take& take_;
  } rows(take);
  query_rows(database, sql, parameters, rows, {.time = std::chrono::hours(1), .stop = {}});
}

/// NULL is NaN.
double value_of(const TableCell& cell) {
  const auto* value = std::get_if<double>(&cell);
  return value != nullptr ? *value : std::numeric_limits<double>::quiet_NaN();
}

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
  each_row(database, "SELECT DISTINCT split FROM metrics WHERE run_id = ? ORDER BY 1", {run},
           [&](const Row& row) { splits.push_back(std::get<std::string>(row[0])); });
  return splits;
}

void write_metrics(Database& database, const TensorboardRun& run, const std::string& split, EventFile& file) {
  StepCount step_count;
  each_row(database,
           "SELECT name, epoch, step, value, unit FROM metrics WHERE run_id = ? AND split = ? "
           "ORDER BY name, step >= 0, epoch, step",
           {run.run, split}, [&](const Row& row) {
             const auto& name = std::get<std::string>(row[0]);
             const auto epoch = std::get<std::int64_t>(row[1]), step = std::get<std::int64_t>(row[2]);
             const bool is_of_epoch = step < 0;
             file.scalar({.tag = is_of_epoch ? name : fmt::format("{}/step", name),
                          .step = is_of_epoch ? epoch : step_count(name, epoch, step),
                          .wall_time = wall_time(run, epoch),
                          .value = value_of(row[3]),
                          .description = std::get<std::string>(row[4])});
           });
}

void write_timings(Database& database, const TensorboardRun& run, EventFile& file) {
  each_row(database,
           "SELECT 'timing' || CASE clock WHEN 'device' THEN '_device' ELSE '' END || "
           "CASE warmup WHEN 1 THEN '_warmup' ELSE '' END || '/' || phase || '/' || value, epoch, "
           "CASE value WHEN 'median' THEN median_ns ELSE total_ns END / 1e9 "
           "FROM timings, (SELECT 'median' AS value UNION ALL SELECT 'total') WHERE run_id = ? ORDER BY 1, 2",
           {run.run}, [&](const Row& row) {
             const auto epoch = std::get<std::int64_t>(row[1]);
             file.scalar({.tag = std::get<std::string>(row[0]),
                          .step = epoch,
                          .wall_time = wall_time(run, epoch),
                          .value = value_of(row[2]),
                          .description = "seconds"});
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
