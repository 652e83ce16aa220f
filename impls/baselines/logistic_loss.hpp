#pragma once

#include <cstdint>
#include <span>

#include "impls/baselines/csr_matrix.hpp"

namespace rnnbench {

/// The objective of logistic regression with an L2 penalty, as scikit-learn's LogisticRegression has it: half
/// the squared norm of the weights + `cost` × the sum over rows of the cross-entropy in nats. `model`
/// [columns + 1] are the weights and, last, the bias, which is not penalised. Writes the gradient there to
/// `gradient` [columns + 1] and the sum of the cross-entropy, without cost and penalty, to `cross_entropy`.
double logistic_loss(const CsrMatrix& rows, std::span<const std::uint8_t> labels, double cost,
                     std::span<const double> model, std::span<double> gradient, double& cross_entropy);

/// The logit of row `row`.
double logit_of(const CsrMatrix& rows, std::size_t row, std::span<const double> model);

/// 1 / (1 + exp(−logit)).
double sigmoid(double logit);

}  // namespace rnnbench
