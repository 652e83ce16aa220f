#include "harness/metrics/metric_table.hpp"

#include "harness/metrics/accuracy.hpp"
#include "harness/metrics/brier_score.hpp"
#include "harness/metrics/calibration_error.hpp"
#include "harness/metrics/confusion.hpp"
#include "harness/metrics/cross_entropy.hpp"
#include "harness/metrics/roc_area.hpp"

namespace rnnbench {

const std::vector<Metric>& metric_table() {
  static const std::vector<Metric> table = {
      {"loss", "nats", cross_entropy},
      {"accuracy", "fraction", accuracy},
      {"precision", "fraction", precision},
      {"recall", "fraction", recall},
      {"f1", "", f1},
      {"roc_area", "", roc_area},
      {"brier_score", "", brier_score},
      {"calibration_error", "fraction", calibration_error},
  };
  return table;
}

}  // namespace rnnbench
