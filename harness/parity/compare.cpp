#include "harness/parity/compare.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

namespace rnnbench {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

double largest_magnitude(std::span<const double> values) {
  double largest = 0;
  for (const double value : values) largest = std::max(largest, std::abs(value));
  return largest;
}

/// `std::max` would drop a NaN.
double worse(double worst, double error) { return std::isnan(error) || error > worst ? error : worst; }

/// The error of a whole tensor from its largest difference.
double relative(double difference, double largest) {
  return largest > 0 || std::isnan(difference) ? difference / largest : difference > 0 ? kInfinity : 0.0;
}

void say_problem(ParityError& error, double largest) {
  if (std::isnan(error.error)) {
    error.problem = "holds NaN";
  } else if (std::isinf(error.error)) {
    error.problem = largest > 0 ? "is not finite" : "is all zeros in the reference only";
  }
}

/// Beyond its bound, and nothing else is wrong.
bool can_be_decided(const ParityError& error) {
  return error.quantity == "gradients" && error.problem.empty() && !error.passed();
}

/// All names of both.
std::set<std::string> names_of(const Parameters& one, const Parameters& other) {
  std::set<std::string> names;
  for (const auto& [name, tensor] : one) names.insert(name);
  for (const auto& [name, tensor] : other) names.insert(name);
  return names;
}

}  // namespace

void ParityFindings::begin(const std::string& group, const std::string& check, Precision precision) {
  context_.group = group;
  context_.check = check;
  context_.precision = name_of(precision);
}

ParityError& ParityFindings::add(const std::string& quantity, const std::string& tensor, double bound) {
  ParityError& error = errors_.emplace_back(context_);
  error.quantity = quantity;
  error.tensor = tensor;
  error.bound = bound;
  return error;
}

bool ParityFindings::any_to_decide(std::size_t first) const {
  return std::any_of(errors_.begin() + static_cast<std::ptrdiff_t>(first), errors_.end(), can_be_decided);
}

ParityFindings ParityFindings::again_in_double() const {
  ParityFindings again;
  again.begin(context_.group, context_.check, Precision::kDouble);
  return again;
}

void ParityFindings::decide(std::size_t first, const std::vector<ParityError>& in_double) {
  for (std::size_t i = first; i < errors_.size(); ++i) {
    if (!can_be_decided(errors_[i])) continue;
    const auto exact = std::find_if(in_double.begin(), in_double.end(), [&](const ParityError& error) {
      return error.quantity == errors_[i].quantity && error.tensor == errors_[i].tensor;
    });
    if (exact == in_double.end()) continue;
    const double in_single = errors_[i].error;
    errors_[i] = *exact;
    if (exact->problem.empty()) {
      errors_[i].problem = fmt::format("decided in double; {:.1e} in single precision", in_single);
    }
  }
}

void ParityFindings::compare_number(const std::string& quantity, const std::string& name, double actual,
                                    double expected, double bound) {
  ParityError& error = add(quantity, name, bound);
  error.error = relative(std::abs(actual - expected), std::abs(expected));
  say_problem(error, std::abs(expected));
}

void ParityFindings::compare_probabilities(std::span<const float> actual, std::span<const float> expected) {
  ParityError& error = add("probabilities", "", ParityBounds::kProbabilities);
  for (std::size_t i = 0; i < expected.size(); ++i) {
    error.error = worse(error.error, std::abs(double{actual[i]} - double{expected[i]}));
    if (std::isnan(error.error)) break;
  }
  say_problem(error, 1);
}

bool ParityFindings::comparable(const std::string& quantity, const std::string& name,
                                const Parameters& actual, const Parameters& expected, double bound) {
  const auto a = actual.find(name);
  const auto e = expected.find(name);
  std::string problem;
  if (a == actual.end()) {
    problem = "is missing in the candidate";
  } else if (e == expected.end()) {
    problem = "is missing in the reference";
  } else if (a->second.shape != e->second.shape || a->second.values.size() != e->second.values.size()) {
    problem = fmt::format("has shape [{}], in the reference [{}]", fmt::join(a->second.shape, ", "),
                          fmt::join(e->second.shape, ", "));
  }
  if (problem.empty()) return true;
  ParityError& error = add(quantity, name, bound);
  error.error = kInfinity;
  error.problem = problem;
  return false;
}

void ParityFindings::compare_tensors(const std::string& quantity, const Parameters& actual,
                                     const Parameters& expected, double bound) {
  for (const std::string& name : names_of(actual, expected)) {
    if (!comparable(quantity, name, actual, expected, bound)) continue;
    const std::vector<double>& a = actual.at(name).values;
    const std::vector<double>& e = expected.at(name).values;
    double difference = 0;
    for (std::size_t i = 0; i < e.size() && !std::isnan(difference); ++i) {
      difference = worse(difference, std::abs(a[i] - e[i]));
    }
    const double largest = largest_magnitude(e);
    ParityError& error = add(quantity, name, bound);
    error.error = relative(difference, largest);
    say_problem(error, largest);
  }
}

void ParityFindings::compare_updates(const Parameters& before, const Parameters& actual,
                                     const Parameters& expected, double bound) {
  for (const auto& [name, start] : before) {
    if (!comparable("update", name, actual, expected, bound)) continue;
    const std::vector<double>& a = actual.at(name).values;
    const std::vector<double>& e = expected.at(name).values;
    double difference = 0;
    double largest = 0;
    for (std::size_t i = 0; i < e.size() && !std::isnan(difference); ++i) {
      const double from = start.values[i];
      const double rounding = 4 * std::numeric_limits<double>::epsilon() * std::abs(from);
      const double apart = std::abs(a[i] - e[i]);
      difference = worse(difference, apart <= rounding ? 0.0 : apart - rounding);
      largest = std::max(largest, std::abs(e[i] - from));
    }
    ParityError& error = add("update", name, bound);
    error.error = relative(difference, largest);
    say_problem(error, largest);
  }
}

}  // namespace rnnbench
