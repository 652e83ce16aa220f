#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "harness/model/model_spec.hpp"
#include "harness/model/training_spec.hpp"

namespace rnnbench {

/// The name of each value of a setting: the one place where they are written.
template <typename Value, std::size_t Count>
using NameTable = std::array<std::pair<Value, const char*>, Count>;

inline constexpr NameTable<Cell, 3> kCellNames{
    {{Cell::kRnn, "rnn"}, {Cell::kLstm, "lstm"}, {Cell::kGru, "gru"}}};
inline constexpr NameTable<Pooling, 4> kPoolingNames{{{Pooling::kLast, "last"},
                                                      {Pooling::kLastValid, "last_valid"},
                                                      {Pooling::kMean, "mean"},
                                                      {Pooling::kMax, "max"}}};
inline constexpr NameTable<Activation, 3> kActivationNames{
    {{Activation::kNone, "none"}, {Activation::kTanh, "tanh"}, {Activation::kRelu, "relu"}}};
inline constexpr NameTable<Head, 2> kHeadNames{{{Head::kSoftmax, "softmax"}, {Head::kSigmoid, "sigmoid"}}};
inline constexpr NameTable<Initializers, 2> kInitializersNames{
    {{Initializers::kPytorch, "pytorch"}, {Initializers::kKeras, "keras"}}};
inline constexpr NameTable<OptimizerKind, 4> kOptimizerNames{{{OptimizerKind::kAdam, "adam"},
                                                              {OptimizerKind::kAdamW, "adamw"},
                                                              {OptimizerKind::kSgd, "sgd"},
                                                              {OptimizerKind::kRmsprop, "rmsprop"}}};
inline constexpr NameTable<UpdateForm, 2> kFormNames{
    {{UpdateForm::kPytorch, "pytorch"}, {UpdateForm::kKeras, "keras"}}};
inline constexpr NameTable<ScheduleKind, 3> kScheduleNames{{{ScheduleKind::kConstant, "constant"},
                                                            {ScheduleKind::kStep, "step"},
                                                            {ScheduleKind::kPlateau, "plateau"}}};
inline constexpr NameTable<WatchedMetric, 3> kWatchedNames{
    {{WatchedMetric::kValidationLoss, "validation_loss"},
     {WatchedMetric::kTrainLoss, "train_loss"},
     {WatchedMetric::kValidationAccuracy, "validation_accuracy"}}};

template <typename Value, std::size_t Count>
constexpr const char* name_in(const NameTable<Value, Count>& table, Value value) {
  for (const auto& [known, name] : table) {
    if (known == value) return name;
  }
  return "?";
}

/// Reads one of the table's names; `fallback` where the key is missing.
template <typename Value, std::size_t Count>
Value read_name(SettingsReader& reader, const std::string& key, const NameTable<Value, Count>& table,
                Value fallback) {
  std::vector<std::string> names;
  for (const auto& entry : table) names.emplace_back(entry.second);
  const std::string chosen = reader.choice(key, names, name_in(table, fallback));
  return std::find_if(table.begin(), table.end(), [&](const auto& entry) { return chosen == entry.second; })
      ->first;
}

}  // namespace rnnbench
