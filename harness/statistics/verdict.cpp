#include "harness/statistics/verdict.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "harness/statistics/holm.hpp"
#include "harness/statistics/mcnemar.hpp"
#include "harness/statistics/moments.hpp"
#include "harness/statistics/sample_size.hpp"
#include "harness/statistics/t_tests.hpp"
#include "harness/statistics/timing_ratio.hpp"

namespace rnnbench {
namespace {

using BySeed = std::map<std::uint64_t, double>;
using Test = AccuracyVerdict::Test;

std::string with_remedy(const std::string& reason, const std::string& command) {
  return command.empty() ? reason : fmt::format("{}: {}", reason, command);
}

/// In percentage points; a run without a finite accuracy goes to `missing`.
BySeed points_by_seed(const std::vector<SeedAccuracy>& accuracies, const std::string& label,
                      std::vector<std::string>& missing) {
  BySeed points;
  for (const SeedAccuracy& run : accuracies) {
    if (std::isfinite(run.accuracy)) {
      points[run.seed] = 100 * run.accuracy;
    } else {
      missing.push_back(
          fmt::format("seed {} of {} ended without an accuracy and is not judged", run.seed, label));
    }
  }
  return points;
}

/// What accuracies are judged by, in points: those of the seeds that both have, from two on; else all, from
/// two of each on; else nothing.
struct JudgedPoints {
  std::vector<double> first, second;
  bool are_pairs = false;
  bool empty() const { return first.empty(); }
};

std::vector<double> values_of(const BySeed& points) {
  std::vector<double> values;
  for (const auto& [seed, value] : points) values.push_back(value);
  return values;
}

JudgedPoints judged_points(const BySeed& first, const BySeed& second) {
  JudgedPoints pairs{{}, {}, true};
  for (const auto& [seed, value] : first) {
    if (const auto partner = second.find(seed); partner != second.end()) {
      pairs.first.push_back(value);
      pairs.second.push_back(partner->second);
    }
  }
  if (pairs.first.size() >= 2) return pairs;
  if (first.size() >= 2 && second.size() >= 2) return {values_of(first), values_of(second), false};
  return {};
}

std::optional<Equivalence> equivalence_of(const JudgedPoints& points) {
  if (points.empty()) return std::nullopt;
  const auto test = points.are_pairs ? paired_equivalence : welch_equivalence;
  return test(points.first, points.second, kRelevantPoints);
}

AccuracyVerdict of_t_test(Test kind, const TTest& test) {
  AccuracyVerdict verdict;
  verdict.test = kind;
  verdict.n = test.n;
  verdict.points = test.difference;
  verdict.interval = test.interval;
  verdict.p = test.p;
  return verdict;
}

Finding<AccuracyVerdict> by_points(const JudgedPoints& points) {
  const auto test = points.are_pairs ? paired_t_test(points.first, points.second)
                                     : welch_t_test(points.first, points.second);
  if (!test) return Refusal{test.why_not()};
  AccuracyVerdict verdict = of_t_test(points.are_pairs ? Test::kPairedT : Test::kWelchT, *test);
  if (points.are_pairs) {
    verdict.pairs_needed = pairs_for_difference(
        moments_of(differences_of(points.first, points.second)).deviation(), kRelevantPoints);
  }
  return verdict;
}

Finding<AccuracyVerdict> by_reviews(const ReviewCounts& counts) {
  const auto test = mcnemar_test(counts.first_only, counts.second_only);
  if (!test || counts.reviews < test->discordant() || counts.reviews < 1) {
    return Refusal{"the counts of reviews can't be those of one test set"};
  }
  const auto reviews = static_cast<double>(counts.reviews);
  const Interval shares = test->difference(counts.reviews);
  AccuracyVerdict verdict;
  verdict.test = Test::kMcNemar;
  verdict.n = counts.reviews;
  verdict.points = 100 * static_cast<double>(counts.second_only - counts.first_only) / reviews;
  verdict.interval = {100 * shares.low, 100 * shares.high};
  verdict.p = test->p;
  return verdict;
}

Finding<AccuracyVerdict> accuracy_of(const ComparedRuns& runs, const BySeed& first, const BySeed& second,
                                     const JudgedPoints& points) {
  if (!runs.accuracies_flaw.empty()) return Refusal{runs.accuracies_flaw};
  if (!points.empty()) return by_points(points);
  if (runs.predictions.size() == 1) return by_reviews(runs.predictions.front());
  return Refusal{fmt::format("{} of {} and {} of {}: a difference needs two runs of each with the same seeds",
                             first.size(), runs.first, second.size(), runs.second)};
}

void count_pairs_that_differ(const std::vector<ReviewCounts>& predictions, AccuracyVerdict& verdict) {
  std::vector<std::optional<double>> p_values;
  for (const ReviewCounts& counts : predictions) {
    if (const auto test = mcnemar_test(counts.first_only, counts.second_only)) p_values.emplace_back(test->p);
  }
  const auto adjusted = holm(p_values);
  verdict.pairs_tested = static_cast<std::int64_t>(p_values.size());
  verdict.pairs_that_differ =
      std::count_if(adjusted->begin(), adjusted->end(), [](const auto& p) { return *p <= 0.05; });
}

Finding<SpeedVerdict> speed_of(const ComparedRuns& runs) {
  const auto ratio = mean_ratio(runs.first_seconds, runs.second_seconds);
  if (!ratio) return Refusal{ratio.why_not()};
  return SpeedVerdict{ratio->n, ratio->ratio, ratio->interval};
}

void judge_speed(const ComparedRuns& runs, Verdict& verdict) {
  if (!runs.speeds_flaw.empty()) {
    verdict.missing.push_back("speeds are not compared, " + runs.speeds_flaw);
    const bool is_shown = runs.parity == ParityState::kSameEngine || runs.parity == ParityState::kShown;
    if (!is_shown && !runs.show_parity.empty()) {
      verdict.missing.push_back("parity is not shown: " + runs.show_parity);
    }
  } else if (runs.parity == ParityState::kNotShown) {
    verdict.missing.push_back(with_remedy("speeds are not compared, parity is not shown", runs.show_parity));
  } else if (runs.parity == ParityState::kRefuted) {
    verdict.missing.push_back(
        with_remedy("speeds are not compared, the newest parity check found a difference", runs.show_parity));
  } else if (runs.first_seconds.empty() && runs.second_seconds.empty()) {
    verdict.missing.push_back(with_remedy("speeds are not compared, no interleaved timings", runs.time_them));
  } else if (const auto speed = speed_of(runs)) {
    verdict.speed = *speed;
  } else {
    verdict.missing.push_back(with_remedy("speeds are not compared, " + speed.why_not(), runs.time_them));
  }
}

}  // namespace

Verdict judge(const ComparedRuns& runs) {
  Verdict verdict;
  verdict.parity = runs.parity;
  verdict.missing = runs.remarks;
  const BySeed first = points_by_seed(runs.first_accuracies, runs.first, verdict.missing);
  const BySeed second = points_by_seed(runs.second_accuracies, runs.second, verdict.missing);
  const JudgedPoints points = runs.accuracies_flaw.empty() ? judged_points(first, second) : JudgedPoints{};
  verdict.equivalence = equivalence_of(points);
  verdict.is_paired = points.are_pairs;
  if (const auto accuracy = accuracy_of(runs, first, second, points)) {
    verdict.accuracy = *accuracy;
    count_pairs_that_differ(runs.predictions, *verdict.accuracy);
  } else if (!verdict.equivalence || verdict.equivalence->standard_error > 0) {
    const bool are_too_few = runs.accuracies_flaw.empty() && std::min(first.size(), second.size()) < 2;
    verdict.missing.push_back(
        with_remedy("accuracies are not compared, " + accuracy.why_not(), are_too_few ? runs.run_more : ""));
  }
  judge_speed(runs, verdict);
  return verdict;
}

void adjust_by_holm(std::span<Verdict> table) {
  std::vector<std::optional<double>> p_values;
  for (const Verdict& verdict : table) {
    p_values.push_back(verdict.accuracy ? std::optional(verdict.accuracy->p) : std::nullopt);
  }
  const auto adjusted = holm(p_values);
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (table[i].accuracy) table[i].accuracy->holm_p = (*adjusted)[i];
  }
}

}  // namespace rnnbench
