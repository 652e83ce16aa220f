#include <fmt/format.h>

#include <cmath>

#include "harness/statistics/verdict.hpp"

namespace rnnbench {
namespace {

constexpr double kLevel = 0.05;

/// "[0.7, 1.7]"; with more digits where it would look like 0.
std::string bounds_text(double low, double high, int digits) {
  return fmt::format("[{:.{}f}, {:.{}f}]", low, digits, high, digits);
}

/// Digits after the point that show a difference of this size.
int digits_for(double points) { return std::abs(points) >= 0.95 ? 1 : 2; }

/// "n = 5 pairs"; what else is judged by says so.
std::string basis_text(const AccuracyVerdict& accuracy) {
  switch (accuracy.test) {
    case AccuracyVerdict::Test::kPairedT:
      return fmt::format("n = {} pairs", accuracy.n);
    case AccuracyVerdict::Test::kWelchT:
      return fmt::format("n = {} runs, fewer than two pairs of seeds", accuracy.n);
    case AccuracyVerdict::Test::kMcNemar:
      break;
  }
  return fmt::format("one run of each on {} reviews (McNemar), which says nothing of other seeds",
                     accuracy.n);
}

std::string p_of(const AccuracyVerdict& accuracy) {
  return p_text(accuracy.deciding_p(), /*spread=*/1) + (accuracy.holm_p ? " (Holm)" : "");
}

std::string difference_text(const AccuracyVerdict& accuracy, const std::optional<Equivalence>& equivalence,
                            const std::string& second) {
  const int digits = digits_for(accuracy.points);
  if (accuracy.deciding_p() > kLevel) {
    std::string text =
        fmt::format("no difference in accuracy shown: {:+.{}f} points {}, {}, {}", accuracy.points, digits,
                    bounds_text(accuracy.interval.low, accuracy.interval.high, digits), p_of(accuracy),
                    basis_text(accuracy));
    if (equivalence && equivalence->shown())
      return text + fmt::format(", equivalent within {:g} point", kRelevantPoints);
    if (accuracy.pairs_needed > accuracy.n) {
      text += fmt::format(", {} pairs would find a difference of {:g} point in 4 of 5 cases",
                          accuracy.pairs_needed, kRelevantPoints);
    }
    return text;
  }
  const bool is_more = accuracy.points > 0;
  const double low = is_more ? accuracy.interval.low : -accuracy.interval.high;
  const double high = is_more ? accuracy.interval.high : -accuracy.interval.low;
  return fmt::format("{} is {} accurate by {:.{}f} points {}, {}, {}", second, is_more ? "more" : "less",
                     std::abs(accuracy.points), digits, bounds_text(low, high, digits), p_of(accuracy),
                     basis_text(accuracy));
}

/// Of accuracies whose differences have no spread to test by.
std::string alike_text(const Equivalence& equivalence, bool is_paired) {
  const char* word = equivalence.shown()     ? "equivalent within"
                     : equivalence.refuted() ? "different by more than"
                                             : "not shown to be equivalent within";
  return fmt::format(
      "accuracies are {:+.2f} points apart {}, n = {} {}, which says nothing of their spread; {} "
      "{:g} point",
      equivalence.difference, is_paired ? "with every seed" : "in all runs", equivalence.n,
      is_paired ? "pairs" : "runs", word, kRelevantPoints);
}

std::string accuracy_text(const Verdict& verdict, const std::string& second) {
  if (verdict.accuracy) return difference_text(*verdict.accuracy, verdict.equivalence, second);
  if (verdict.equivalence && verdict.equivalence->standard_error == 0) {
    return alike_text(*verdict.equivalence, verdict.is_paired);
  }
  return "accuracies not compared";
}

std::string speed_text(const SpeedVerdict& speed) {
  if (speed.interval.contains(1)) {
    return fmt::format("no difference in time shown: {:.2f}× {}", speed.ratio,
                       bounds_text(speed.interval.low, speed.interval.high, 2));
  }
  if (speed.ratio > 1) {
    return fmt::format("{:.2f}× slower {}", speed.ratio,
                       bounds_text(speed.interval.low, speed.interval.high, 2));
  }
  return fmt::format("{:.2f}× faster {}", 1 / speed.ratio,
                     bounds_text(1 / speed.interval.high, 1 / speed.interval.low, 2));
}

const char* parity_text(ParityState parity) {
  switch (parity) {
    case ParityState::kSameEngine:
      return "the same engine";
    case ParityState::kShown:
      return "parity shown";
    case ParityState::kNotShown:
      return "parity not shown";
    case ParityState::kRefuted:
      break;
  }
  return "parity refuted";
}

}  // namespace

std::string verdict_text(const Verdict& verdict, const std::string& second) {
  std::string text = accuracy_text(verdict, second);
  if (verdict.accuracy && verdict.accuracy->pairs_tested > 1) {
    text += fmt::format(", their reviews differ in {} of {} pairs (McNemar)",
                        verdict.accuracy->pairs_that_differ, verdict.accuracy->pairs_tested);
  }
  text += "; " + (verdict.speed ? speed_text(*verdict.speed) : std::string("speeds not compared"));
  text += fmt::format("; {}", parity_text(verdict.parity));
  for (const std::string& missing : verdict.missing) text += "\n" + missing;
  return text;
}

}  // namespace rnnbench
