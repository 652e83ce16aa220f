#include "results/exchange/tensorboard_scalars.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/VariadicBind.h>
#include <fmt/format.h>

#include <array>
#include <limits>
#include <optional>
#include <utility>

#include "results/store/sqlite_error.hpp"

namespace rnnbench {
namespace {

using Series = std::pair<std::string, std::string>;  // name, split

/// The row of a query that has one at most.
std::optional<Series> next(SQLite::Statement& query) {
  std::optional<Series> series;
  if (query.executeStep()) series = {query.getColumn(0).getString(), query.getColumn(1).getString()};
  query.reset();
  return series;
}

double seconds(const SQLite::Column& nanoseconds) {
  return static_cast<double>(nanoseconds.getInt64()) / 1e9;
}

/// The tag of a metric of epochs: no other's steps have it.
std::string epoch_tag(const std::string& name) { return name.ends_with("/step") ? name + "/epoch" : name; }

/// Steps as one count through a run, whether each epoch begins at 0 again or not.
class StepCount {
 public:
  std::int64_t operator()(std::int64_t epoch, std::int64_t step) {
    if (epoch != epoch_ && offset_ + step <= last_) offset_ = last_ + 1 - step;
    epoch_ = epoch;
    last_ = offset_ + step;
    return last_;
  }

 private:
  std::int64_t epoch_ = 0, offset_ = 0, last_ = -1;
};

/// The tags of a phase's durations, made again only where another phase follows.
class TimingTags {
 public:
  /// Whether they are others now than before.
  bool follow(const char* phase, bool is_device, bool is_warmup) {
    if (phase == phase_ && is_device == is_device_ && is_warmup == is_warmup_) return false;
    phase_ = phase, is_device_ = is_device, is_warmup_ = is_warmup;
    const std::string begin =
        fmt::format("timing{}{}/{}", is_device ? "_device" : "", is_warmup ? "_warmup" : "", phase);
    median = begin + "/median";
    total = begin + "/total";
    return true;
  }
  std::string median, total;

 private:
  std::string phase_ = {};
  bool is_device_ = false, is_warmup_ = false;
};

}  // namespace

// A series is a range of the table's key: each point is read once, however many splits there are.
TensorboardScalars::TensorboardScalars(Database& database)
    : database_(database),
      first_series_(database.connection(),
                    "SELECT name, split FROM metrics WHERE run_id = ? ORDER BY name, split LIMIT 1"),
      next_split_(database.connection(),
                  "SELECT name, split FROM metrics WHERE run_id = ? AND name = ? AND split > ? "
                  "ORDER BY split LIMIT 1"),
      next_name_(
          database.connection(),
          "SELECT name, split FROM metrics WHERE run_id = ? AND name > ? ORDER BY name, split LIMIT 1"),
      points_(database.connection(),
              "SELECT epoch, step, value, unit FROM metrics WHERE run_id = ? AND name = ? AND split = ? "
              "ORDER BY epoch, step"),
      timings_(
          database.connection(),
          "SELECT phase, clock = 'device', warmup, epoch, median_ns, total_ns FROM timings WHERE run_id = ? "
          "ORDER BY phase, epoch, clock, warmup") {}

std::map<std::string, std::vector<std::string>> TensorboardScalars::metrics_of(RunId run) {
  return with_store_errors(database_.path(), [&] {
    std::map<std::string, std::vector<std::string>> names = {{"", {}}};
    SQLite::bind(first_series_, run);
    std::optional<Series> series = next(first_series_);
    while (series) {
      const auto [name, split] = *series;
      names[split].push_back(name);
      SQLite::bind(next_split_, run, name, split);
      series = next(next_split_);
      if (series) continue;
      SQLite::bind(next_name_, run, name);
      series = next(next_name_);
    }
    return names;
  });
}

void TensorboardScalars::write_metrics(const TensorboardRun& run, const std::string& split,
                                       const std::vector<std::string>& names, EventFile& file) {
  with_store_errors(database_.path(), [&] {
    for (const std::string& name : names) write_series(run, split, name, file);
  });
}

void TensorboardScalars::write_series(const TensorboardRun& run, const std::string& split,
                                      const std::string& name, EventFile& file) {
  const std::string of_epochs = epoch_tag(name), of_steps = name + "/step";
  StepCount step_count;
  std::array<bool, 2> has_unit{};  // the tags of epochs and of steps, whose first point has it
  SQLite::bind(points_, run.run, name, split);
  while (points_.executeStep()) {
    const std::int64_t epoch = points_.getColumn(0).getInt64(), step = points_.getColumn(1).getInt64();
    const auto value = points_.getColumn(2);
    const bool is_first = !std::exchange(has_unit[step < 0 ? 0 : 1], true);
    const std::string unit = is_first ? points_.getColumn(3).getString() : "";
    file.scalar({.tag = step < 0 ? of_epochs : of_steps,
                 .step = step < 0 ? epoch : step_count(epoch, step),
                 .wall_time = wall_time(run, epoch),
                 .value = value.isNull() ? std::numeric_limits<double>::quiet_NaN() : value.getDouble(),
                 .description = unit});
  }
  points_.reset();
}

void TensorboardScalars::write_timings(const TensorboardRun& run, EventFile& file) {
  with_store_errors(database_.path(), [&] {
    TimingTags tags;
    SQLite::bind(timings_, run.run);
    while (timings_.executeStep()) {
      const bool are_new = tags.follow(timings_.getColumn(0).getText(), timings_.getColumn(1).getInt() != 0,
                                       timings_.getColumn(2).getInt() != 0);
      const std::int64_t epoch = timings_.getColumn(3).getInt64();
      ScalarEvent event{.tag = tags.median,
                        .step = epoch,
                        .wall_time = wall_time(run, epoch),
                        .value = seconds(timings_.getColumn(4)),
                        .description = are_new ? "seconds" : ""};
      file.scalar(event);
      event.tag = tags.total;
      event.value = seconds(timings_.getColumn(5));
      file.scalar(event);
    }
    timings_.reset();
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
