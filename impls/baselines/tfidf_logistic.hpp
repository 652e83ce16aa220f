#pragma once

#include <memory>

#include "harness/model/baseline.hpp"

namespace rnnbench {

/// Logistic regression on TF-IDF, as TfidfLogisticSpec says, fitted in double precision on one thread from
/// weights of 0. It draws nothing: every seed gives the same bits. Validation reviews have no part in it.
std::unique_ptr<Baseline> make_tfidf_logistic(const BaselineSetup& setup);

}  // namespace rnnbench
