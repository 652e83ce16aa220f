#include "results/errors/tested_reviews.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "harness/core/error.hpp"
#include "results/query/query_table.hpp"
#include "results/store/blob.hpp"

namespace rnnbench {
namespace {

struct Stored {
  std::string digest;
  std::vector<std::uint8_t> labels;
  std::vector<float> positive;
  std::string settings;
};

Stored load(Database& database, std::int64_t run) {
  const Table table = query_table(database,
                                  "SELECT reviews, labels, positive, settings FROM predictions "
                                  "JOIN review_sets ON digest = reviews JOIN runs ON runs.id = run_id "
                                  "JOIN trials ON trials.id = trial_id WHERE run_id = ? AND split = 'test'",
                                  {run});
  if (table.rows.empty()) {
    throw ConfigError(fmt::format(
        "run {} stored no test predictions; choose finished runs that trained here, see `rnnbench list`",
        run));
  }
  const auto& row = table.rows.front();
  Stored stored{std::get<std::string>(row[0]), from_blob<std::uint8_t>(std::get<Blob>(row[1]).bytes),
                from_blob<float>(std::get<Blob>(row[2]).bytes), std::get<std::string>(row[3])};
  const auto remedy = "repeat the run with `rnnbench run FILE --rerun`";
  if (stored.positive.size() != stored.labels.size() || stored.labels.empty()) {
    throw ConfigError(fmt::format("run {} stored predictions of {} of {} reviews; {}", run,
                                  stored.positive.size(), stored.labels.size(), remedy));
  }
  if (std::ranges::any_of(stored.positive, [](float p) { return std::isnan(p); })) {
    throw ConfigError(fmt::format("some predictions of run {} are NaN; take a run that didn't diverge", run));
  }
  return stored;
}

std::vector<float> mean_over_runs(const std::vector<std::vector<float>>& by_run) {
  std::vector<float> mean(by_run.front().size());
  for (std::size_t review = 0; review < mean.size(); ++review) {
    double sum = 0;
    for (const std::vector<float>& run : by_run) sum += run[review];
    mean[review] = static_cast<float>(sum / static_cast<double>(by_run.size()));
  }
  return mean;
}

}  // namespace

TestedReviews load_tested_reviews(Database& database, const std::vector<Subject>& subjects) {
  TestedReviews tested;
  std::set<std::int64_t> seen;
  for (const Subject& subject : subjects) {
    if (subject.trials.size() > 1) {
      throw ConfigError(fmt::format(
          "{} is of {} trials, and only the seeds of one can be averaged: add conditions until one is "
          "left; `rnnbench list --group-by trial` shows them",
          subject.label, subject.trials.size()));
    }
    SubjectPredictions predictions{subject.label, subject.runs, {}, {}};
    for (const std::int64_t run : subject.runs) {
      if (!seen.insert(run).second) throw ConfigError(fmt::format("run {} is given twice", run));
      Stored stored = load(database, run);
      if (tested.labels.empty()) {
        tested.digest = stored.digest;
        tested.settings = stored.settings;
        tested.labels = stored.labels;
      } else if (stored.digest != tested.digest) {
        throw ConfigError(
            fmt::format("run {} was tested on other reviews than run {}; give runs of one data set, "
                        "split and limit",
                        run, subjects.front().runs.front()));
      }
      predictions.by_run.push_back(std::move(stored.positive));
    }
    predictions.positive = mean_over_runs(predictions.by_run);
    tested.subjects.push_back(std::move(predictions));
  }
  return tested;
}

}  // namespace rnnbench
