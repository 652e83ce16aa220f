#include "impls/eigen/engine_state.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "harness/core/error.hpp"

namespace rnnbench::eigen {
namespace {

template <typename Scalar>
using Flat = typename WeightStore<Scalar>::Flat;

constexpr const char* kStep = "optimizer.step";
constexpr const char* kFirst = "optimizer.m/";
constexpr const char* kSecond = "optimizer.v/";
constexpr double kMostSteps = 1 << 24;  // beyond it a float skips integers

/// A tensor of a state and the memory it stands for.
template <typename Scalar>
struct Place {
  std::vector<std::int64_t> shape;
  Scalar* values = nullptr;
  Index size = 0;
};

template <typename Scalar>
using Places = std::map<std::string, Place<Scalar>>;

template <typename Scalar>
void add_places(Places<Scalar>& places, const std::string& prefix, const WeightStore<Scalar>& weights,
                bool frozen_too, Flat<Scalar>& flat) {
  for (const auto& [name, slot] : weights.slots()) {
    if (slot.trainable || frozen_too) {
      places[prefix + name] = {slot.shape, flat.data() + slot.offset, slot.size};
    }
  }
}

template <typename Scalar>
Places<Scalar> optimizer_places(const WeightStore<Scalar>& weights, Optimizer<Scalar>& optimizer) {
  Places<Scalar> places;
  if (optimizer.uses_first()) add_places(places, kFirst, weights, false, optimizer.first());
  if (optimizer.uses_second()) add_places(places, kSecond, weights, false, optimizer.second());
  return places;
}

void check(const Parameters& state, const std::string& name, const std::vector<std::int64_t>& shape) {
  const auto found = state.find(name);
  if (found == state.end()) throw EngineError(fmt::format("state: tensor '{}' is missing", name));
  const Tensor& tensor = found->second;
  if (tensor.shape != shape || static_cast<std::int64_t>(tensor.values.size()) != element_count(shape)) {
    throw EngineError(fmt::format("state: tensor '{}' has shape [{}] and {} values, the model needs [{}]",
                                  name, fmt::join(tensor.shape, ", "), tensor.values.size(),
                                  fmt::join(shape, ", ")));
  }
}

std::int64_t steps_in(const Parameters& state) {
  const double steps = state.at(kStep).values.front();
  if (!(steps >= 1 && steps <= kMostSteps) || steps != std::floor(steps)) {
    throw EngineError(fmt::format("state: '{}' is {}, no number of steps", kStep, steps));
  }
  return static_cast<std::int64_t>(steps);
}

bool has_optimizer(const Parameters& state) {
  const auto found = state.lower_bound("optimizer.");
  return found != state.end() && found->first.starts_with("optimizer.");
}

}  // namespace

template <typename Scalar>
Parameters export_state(const WeightStore<Scalar>& weights, const Optimizer<Scalar>& optimizer) {
  Parameters state;
  const auto copy = [&](const std::string& name, const auto& slot, const Flat<Scalar>& flat) {
    const Scalar* begin = flat.data() + slot.offset;
    state[name] = {slot.shape, {begin, begin + slot.size}};
  };
  for (const auto& [name, slot] : weights.slots()) {
    copy(name, slot, weights.weights());
    if (optimizer.steps() == 0 || !slot.trainable) continue;
    if (optimizer.uses_first()) copy(kFirst + name, slot, optimizer.first());
    if (optimizer.uses_second()) copy(kSecond + name, slot, optimizer.second());
  }
  if (optimizer.steps() > 0) state[kStep] = {{1}, {static_cast<double>(optimizer.steps())}};
  return state;
}

template <typename Scalar>
void import_state(const Parameters& state, WeightStore<Scalar>& weights, Optimizer<Scalar>& optimizer) {
  Places<Scalar> places;
  add_places(places, "", weights, true, weights.weights());
  std::int64_t steps = 0;
  if (has_optimizer(state)) {
    check(state, kStep, {1});
    steps = steps_in(state);
    places.merge(optimizer_places(weights, optimizer));
  }
  for (const auto& [name, place] : places) check(state, name, place.shape);
  for (const auto& [name, tensor] : state) {
    if (name != kStep && !places.contains(name)) {
      throw EngineError(fmt::format("state: tensor '{}' is unknown to the model", name));
    }
  }
  optimizer.first().setZero();
  optimizer.second().setZero();
  optimizer.set_steps(steps);
  for (const auto& [name, place] : places) {
    const std::vector<double>& values = state.at(name).values;
    std::transform(values.begin(), values.end(), place.values,
                   [](double v) { return static_cast<Scalar>(v); });
  }
}

template <typename Scalar>
Parameters export_gradients(const WeightStore<Scalar>& weights) {
  Parameters gradients;
  for (const auto& [name, slot] : weights.slots()) {
    if (!slot.trainable) continue;
    const Scalar* begin = weights.gradients().data() + slot.offset;
    gradients[name] = {slot.shape, {begin, begin + slot.size}};
  }
  return gradients;
}

template Parameters export_state(const WeightStore<float>&, const Optimizer<float>&);
template Parameters export_state(const WeightStore<double>&, const Optimizer<double>&);
template void import_state(const Parameters&, WeightStore<float>&, Optimizer<float>&);
template void import_state(const Parameters&, WeightStore<double>&, Optimizer<double>&);
template Parameters export_gradients(const WeightStore<float>&);
template Parameters export_gradients(const WeightStore<double>&);

}  // namespace rnnbench::eigen
