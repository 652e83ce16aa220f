#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace rnnbench {

/// One number that a source reports, and how near counts as the same.
struct ReportedFigure {
  enum class Epoch { kLast, kBest };  ///< of a run: its last epoch's value, or its best one's

  std::string metric;  ///< "accuracy", "loss"
  std::string split;   ///< "train", "validation", "test"
  Epoch epoch = Epoch::kLast;
  double value = 0;     ///< accuracy as a fraction
  double rounding = 0;  ///< one unit of the last digit printed: the true value lies within half of it
  double margin = 0;    ///< how far the mean of ours may lie from it, fixed before the runs
  std::string printed;  ///< as the source prints it, "86.13 %"
  std::string reason;   ///< why that margin
};

/// A curve that a source prints: a value an epoch, from the first on.
struct ReportedCurve {
  std::string metric, split;
  std::vector<double> values;
  double rounding = 0;
};

/// A reported result that an experiment repeats, its `[claim]` table.
struct Claim {
  std::string id;                       ///< "keras-lstm60"
  std::string source;                   ///< who reports it, in words
  std::vector<ReportedFigure> figures;  ///< at least one; the first is the claim's own
  std::vector<ReportedCurve> curves;
  std::optional<std::int64_t> parameters;  ///< of the model, as the source prints it
  std::int64_t test_reviews = 0;           ///< that the figure is of
  std::vector<std::string> deviations;     ///< where the experiment is known to differ from the source
};

/// What an experiment beside a claim is for, its `[beside]` table.
struct BesideClaim {
  enum class Kind {
    kClean,       ///< the same without what the source's figure owes to data it saw
    kSubstitute,  ///< in its place where something that it needs can't be had
    kExplained,   ///< settings changed one at a time, to see which one decides the figure
    kBaseline,    ///< what the claim's model is held against
    kFooting,     ///< its model on data and vocabulary that all claims share, so that they can be ranked
    kBegun,       ///< its first epochs on another engine, where all of them take too long
  };

  std::string claim;  ///< id
  Kind kind = Kind::kClean;
  std::string what;  ///< what differs, in words
};

}  // namespace rnnbench
