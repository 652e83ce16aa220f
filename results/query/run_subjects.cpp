#include "results/query/run_subjects.hpp"

#include <fmt/format.h>

#include <charconv>
#include <limits>

#include "harness/core/error.hpp"
#include "results/query/plain_text.hpp"
#include "results/query/query_table.hpp"
#include "results/query/replicates.hpp"
#include "results/query/run_filter.hpp"
#include "results/query/run_page.hpp"

namespace rnnbench {
namespace {

constexpr std::size_t kShortestKey = 4;
constexpr std::size_t kLongestLabel = 60;

std::string cell_text(const TableCell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  return std::to_string(std::get<std::int64_t>(cell));
}

double number_of(const TableCell& cell) {
  if (const auto* number = std::get_if<double>(&cell)) return *number;
  if (const auto* whole = std::get_if<std::int64_t>(&cell)) return static_cast<double>(*whole);
  return std::numeric_limits<double>::quiet_NaN();
}

/// Takes rows of run, trial, seed, the columns, the figures.
class SubjectSink : public RowSink {
 public:
  explicit SubjectSink(Subject& subject) : subject_(subject) {
    subject.columns.resize(subject_columns().size());
  }
  void columns(const std::vector<std::string>& /*names*/) override {}
  void row(std::vector<TableCell>& cells) override {
    const std::int64_t run = std::get<std::int64_t>(cells[0]);
    const std::string& trial = std::get<std::string>(cells[1]);
    const auto [place, is_newest] = replicates_.place(trial, std::get<std::int64_t>(cells[2]), run);
    if (!is_newest) return;
    if (place == subject_.runs.size()) {
      subject_.runs.emplace_back();
      subject_.figures.resize(subject_.figures.size() + figures_);
    }
    if (replicates_.trials() != subject_.trials.size()) add_trial(trial, cells);
    subject_.runs[place] = run;
    for (std::size_t figure = 0; figure < figures_; ++figure) {
      subject_.figures[place * figures_ + figure] = number_of(cells[kBegin + columns_ + figure]);
    }
  }

 private:
  static constexpr std::size_t kBegin = 3;

  void add_trial(const std::string& trial, const std::vector<TableCell>& cells) {
    subject_.trials.push_back(trial);
    for (std::size_t column = 0; column < columns_; ++column) {
      const TableCell& cell = cells[kBegin + column];
      if (cell == last_[column]) continue;
      last_[column] = cell;
      subject_.columns[column].insert(cell_text(cell));
    }
  }

  Subject& subject_;
  const std::size_t columns_ = subject_columns().size();
  const std::size_t figures_ = subject_figures().size();
  Replicates replicates_;
  std::vector<TableCell> last_ = std::vector<TableCell>(columns_);  // of the last new trial
};

void read(Database& database, const SqlPart& where, Subject& subject) {
  SqlPart sql{fmt::format("SELECT run, trial, seed, {}, {} FROM run_summary WHERE ",
                          fmt::join(subject_columns(), ", "), fmt::join(subject_figures(), ", "))};
  sql += where;
  SubjectSink sink(subject);
  query_rows(database, sql.text, sql.parameters, sink);
}

Subject find_run(Database& database, std::int64_t run) {
  require_run(database, run);
  Subject subject{fmt::format("run {}", run), false, {}, {}, {}, {}};
  read(database, {"run = ?", {run}}, subject);
  return subject;
}

Subject find_group(Database& database, const RunFilter& filter, const std::string& label) {
  RunFields fields(database);
  Subject subject{label, true, {}, {}, {}, {}};
  SqlPart where = filter_sql(filter, fields);
  if (!asks_for_status(filter)) where += {" AND +status = 'finished'"};
  read(database, where, subject);
  if (subject.runs.empty()) {
    throw ConfigError(fmt::format("no finished run is of '{}'; `rnnbench list` shows what there is",
                                  cut_to_width(visible_text(label), kLongestLabel)));
  }
  return subject;
}

Subject find_trial(Database& database, const std::string& key) {
  if (key.size() < kShortestKey || key.find_first_not_of("0123456789abcdef") != std::string::npos) {
    throw ConfigError(
        fmt::format("'{}' is no run's number, no beginning of a trial's key (four digits or more of 0-9a-f), "
                    "and no filter such "
                    "as engine=eigen,cell=lstm",
                    cut_to_width(visible_text(key), kLongestLabel)));
  }
  Subject subject = find_group(database, {.trial = key}, "trial " + key.substr(0, 8));
  if (subject.trials.size() > 1) {
    throw ConfigError(fmt::format("{} trials have keys that begin with '{}', e.g. {}; give more of the key",
                                  subject.trials.size(), key, subject.trials.front()));
  }
  return subject;
}

}  // namespace

const std::vector<std::string>& subject_figures() {
  static const std::vector<std::string> kNames = {"epochs", "test_accuracy", "test_loss",
                                                  "validation_accuracy", "train_seconds"};
  return kNames;
}

const std::vector<std::string>& subject_columns() {
  static const std::vector<std::string> kNames = {"engine", "cell",       "device", "data_set",
                                                  "recipe", "vocabulary", "length"};
  return kNames;
}

Subject find_subject(Database& database, const std::string& text) {
  std::int64_t run = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), run);
  if (error == std::errc() && end == text.data() + text.size()) return find_run(database, run);
  if (text.find_first_of("=<>!~") == std::string::npos) return find_trial(database, text);
  return find_group(database, {.where = split_names(text, "filter")}, text);
}

}  // namespace rnnbench
