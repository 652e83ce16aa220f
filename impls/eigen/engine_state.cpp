#include "impls/eigen/engine_state.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>

#include "harness/core/error.hpp"

namespace rnnbench::eigen {
namespace {

using Store = WeightStore<float>;
using Flat = Store::Flat;

constexpr const char* kStep = "optimizer.step";
constexpr const char* kFirst = "optimizer.m/";
constexpr const char* kSecond = "optimizer.v/";
constexpr double kMostSteps = 1 << 24;  // beyond it a float skips integers

/// A tensor of a state and the memory it stands for.
struct Place {
  std::vector<std::int64_t> shape;
  float* values = nullptr;
  Index size = 0;
};

void add_places(std::map<std::string, Place>& places, const std::string& prefix, const Store& weights,
                bool frozen_too, Flat& flat) {
  for (const auto& [name, slot] : weights.slots()) {
    if (slot.trainable || frozen_too) {
      places[prefix + name] = {slot.shape, flat.data() + slot.offset, slot.size};
    }
  }
}

std::map<std::string, Place> optimizer_places(const Store& weights, Optimizer<float>& optimizer) {
  std::map<std::string, Place> places;
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
  const float steps = state.at(kStep).values.front();
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

Parameters export_state(const Store& weights, const Optimizer<float>& optimizer) {
  Parameters state;
  const auto copy = [&](const std::string& name, const Store::Slot& slot, const Flat& flat) {
    const float* begin = flat.data() + slot.offset;
    state[name] = {slot.shape, {begin, begin + slot.size}};
  };
  for (const auto& [name, slot] : weights.slots()) {
    copy(name, slot, weights.weights());
    if (optimizer.steps() == 0 || !slot.trainable) continue;
    if (optimizer.uses_first()) copy(kFirst + name, slot, optimizer.first());
    if (optimizer.uses_second()) copy(kSecond + name, slot, optimizer.second());
  }
  if (optimizer.steps() > 0) state[kStep] = {{1}, {static_cast<float>(optimizer.steps())}};
  return state;
}

void import_state(const Parameters& state, Store& weights, Optimizer<float>& optimizer) {
  std::map<std::string, Place> places;
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
  for (const auto& [name, place] : places)
    std::copy_n(state.at(name).values.data(), place.size, place.values);
}

Parameters export_gradients(const Store& weights) {
  Parameters gradients;
  for (const auto& [name, slot] : weights.slots()) {
    if (!slot.trainable) continue;
    const float* begin = weights.gradients().data() + slot.offset;
    gradients[name] = {slot.shape, {begin, begin + slot.size}};
  }
  return gradients;
}

}  // namespace rnnbench::eigen
