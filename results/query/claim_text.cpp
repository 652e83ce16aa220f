#include "results/query/claim_text.hpp"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

namespace rnnbench {

std::string value_text(const std::string& metric, double value) {
  if (!std::isfinite(value)) return "–";
  return metric == "accuracy" ? fmt::format("{:.2f}", 100 * value) : fmt::format("{:.3f}", value);
}

std::string centre_text(const ReportedFigure& figure, const ClaimVerdict& verdict) {
  std::string text = value_text(figure.metric, verdict.centre);
  if (verdict.interval) {
    text += fmt::format(" [{}, {}]", value_text(figure.metric, verdict.interval->low),
                        value_text(figure.metric, verdict.interval->high));
  }
  return verdict.by_order ? "median " + text : text;
}

std::string figure_name(const ReportedFigure& figure) {
  return fmt::format("{}{} {}{}", figure.epoch == ReportedFigure::Epoch::kBest ? "best " : "", figure.split,
                     figure.metric, figure.metric == "accuracy" ? " %" : "");
}

std::string engine_text(const TrialData& trial) {
  std::string text = trial.device == "cpu" ? trial.engine : trial.engine + " on " + trial.device;
  const nlohmann::json settings = nlohmann::json::parse(trial.settings, nullptr, /*allow_exceptions=*/false);
  const int threads =
      settings.is_object() && settings.contains("training") ? settings["training"].value("threads", 1) : 1;
  return threads == 1 ? text
                      : fmt::format("{}, {} threads", text, threads == 0 ? "all" : std::to_string(threads));
}

std::string outcome_text(const ClaimVerdict& verdict) {
  std::string text = name_of(verdict.outcome);
  constexpr std::int64_t kMost = 1000;
  if (verdict.runs_needed > kMost) text += fmt::format(": more than {} runs would be needed", kMost);
  if (verdict.runs_needed > 0 && verdict.runs_needed <= kMost) {
    text += fmt::format(": about {} runs would decide", verdict.runs_needed);
  }
  return text;
}

}  // namespace rnnbench
