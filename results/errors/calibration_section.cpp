#include <fmt/format.h>

#include "harness/metrics/calibration_error.hpp"
#include "harness/metrics/reliability.hpp"
#include "harness/statistics/proportion.hpp"
#include "results/errors/error_sections.hpp"

namespace rnnbench {

TableSection calibration_section(const TestedReviews& tested) {
  TableSection section{
      "calibration",
      "How often reviews of a probability are positive, with Wilson's interval of 95 %",
      {{"subject", "from", "to", "n", "mean_probability", "positive_share", "low", "high"}, {}}};
  for (const SubjectPredictions& subject : tested.subjects) {
    for (const ReliabilityBin& bin : reliability_bins(subject.positive, tested.labels)) {
      if (bin.reviews == 0) continue;
      const Interval interval = wilson_interval(bin.positive, bin.reviews);
      section.table.rows.push_back({subject.label, bin.low, bin.high, bin.reviews, bin.mean_probability(),
                                    bin.positive_share(), interval.low, interval.high});
    }
    section.notes.push_back(fmt::format("{}: expected calibration error {:.4f}", subject.label,
                                        calibration_error(subject.positive, tested.labels)));
  }
  return section;
}

}  // namespace rnnbench
