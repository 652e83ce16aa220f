#include "impls/baselines/logistic_loss.hpp"

#include <algorithm>
#include <cmath>

namespace rnnbench {

double sigmoid(double logit) {
  if (logit >= 0) return 1 / (1 + std::exp(-logit));
  const double odds = std::exp(logit);
  return odds / (1 + odds);
}

double logit_of(const CsrMatrix& rows, std::size_t row, std::span<const double> model) {
  double logit = model.back();
  for (std::size_t i = rows.begins[row]; i < rows.begins[row + 1]; ++i) {
    logit += static_cast<double>(rows.values[i]) * model[rows.columns[i]];
  }
  return logit;
}

double logistic_loss(const CsrMatrix& rows, std::span<const std::uint8_t> labels, double cost,
                     std::span<const double> model, std::span<double> gradient, double& cross_entropy) {
  double penalty = 0;
  for (std::size_t column = 0; column + 1 < model.size(); ++column) {
    penalty += model[column] * model[column] / 2;
    gradient[column] = model[column];
  }
  gradient.back() = 0;
  cross_entropy = 0;
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    const double logit = logit_of(rows, row, model);
    // ln(1 + exp(logit)) - label * logit, without an overflow
    cross_entropy += std::log1p(std::exp(-std::abs(logit))) + std::max(logit, 0.0) - labels[row] * logit;
    const double error = cost * (sigmoid(logit) - labels[row]);
    for (std::size_t i = rows.begins[row]; i < rows.begins[row + 1]; ++i) {
      gradient[rows.columns[i]] += error * static_cast<double>(rows.values[i]);
    }
    gradient.back() += error;
  }
  return penalty + cost * cross_entropy;
}

}  // namespace rnnbench
