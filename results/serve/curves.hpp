#pragma once

#include <optional>
#include <string>
#include <vector>

#include "plots/plot.hpp"
#include "results/query/database.hpp"
#include "results/query/run_subjects.hpp"
#include "results/serve/web.hpp"

namespace rnnbench {

/// One line of a page's chart: a metric of a subject by epoch, the mean over its runs, from their lowest to
/// their highest.
struct PageCurve {
  std::string subject;
  std::string split, metric;
  std::vector<Point> points;  ///< x: epoch; y: mean; low, high
};

/// Accuracy and loss of subjects; accuracies in percent. Of one subject all splits, of several the held-out
/// one alone: validation where all have it, else test. Epochs that some of a subject's runs lack are left
/// out. Throws ConfigError for a subject of more than 1,000 runs.
std::vector<PageCurve> curves_of(Database& database, const std::vector<Subject>& subjects);

/// As a figure of two panels; nothing where there is no curve.
std::optional<Plot> curves_plot(const std::vector<PageCurve>& curves, const Theme& theme);

/// For the script that draws them: {"accuracy": {"labels": ["epoch", …], "rows": [[1, [low, mean, high], …],
/// …]}, …}.
std::string curves_json(const std::vector<PageCurve>& curves);

/// An SVG of the plot, drawn by gnuplot, one at a time. Throws ConfigError where there is no plot,
/// EnvironmentError.
WebResponse image_response(const std::optional<Plot>& plot);

}  // namespace rnnbench
