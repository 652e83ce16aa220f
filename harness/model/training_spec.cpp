#include "harness/model/training_spec.hpp"

#include <fmt/format.h>

#include <initializer_list>

#include "harness/model/names.hpp"

namespace rnnbench {
namespace {

bool has_moments(OptimizerKind kind) { return kind != OptimizerKind::kSgd; }

void refuse(SettingsReader& reader, OptimizerKind kind, std::initializer_list<const char*> keys) {
  for (const char* key : keys) {
    if (reader.has(key)) reader.fail(key, fmt::format("{} has no such setting; remove it", name_of(kind)));
  }
}

OptimizerSpec read_optimizer(SettingsReader reader) {
  OptimizerSpec optimizer;
  optimizer.kind = read_name(reader, "name", kOptimizerNames, optimizer.kind);
  optimizer.learning_rate = reader.number_or("learning_rate", 0, 1e3, optimizer.learning_rate);
  if (optimizer.kind == OptimizerKind::kAdamW) {
    refuse(reader, optimizer.kind, {"l2"});
    optimizer.decay = reader.number_or("decay", 0, 1e3, optimizer.decay);
  } else {
    refuse(reader, optimizer.kind, {"decay"});
    optimizer.l2 = reader.number_or("l2", 0, 1e3, optimizer.l2);
  }
  if (has_moments(optimizer.kind)) {
    refuse(reader, optimizer.kind, {"momentum"});
    constexpr double kHighestBeta = 0.999999;
    optimizer.beta1 = reader.number_or("beta1", 0, kHighestBeta, optimizer.beta1);
    optimizer.beta2 = reader.number_or("beta2", 0, kHighestBeta, optimizer.beta2);
    optimizer.epsilon = reader.number_or("epsilon", 0, 1, optimizer.epsilon);
  } else {
    refuse(reader, optimizer.kind, {"beta1", "beta2", "epsilon"});
    optimizer.momentum = reader.number_or("momentum", 0, 1, optimizer.momentum);
  }
  reader.finish();
  return optimizer;
}

// A setting that the optimiser doesn't have is left out, as it is refused when read.
Json optimizer_json(const OptimizerSpec& optimizer) {
  Json json = {{"name", name_of(optimizer.kind)}, {"learning_rate", optimizer.learning_rate}};
  if (optimizer.kind == OptimizerKind::kAdamW) {
    json["decay"] = optimizer.decay;
  } else {
    json["l2"] = optimizer.l2;
  }
  if (has_moments(optimizer.kind)) {
    json["beta1"] = optimizer.beta1;
    json["beta2"] = optimizer.beta2;
    json["epsilon"] = optimizer.epsilon;
  } else {
    json["momentum"] = optimizer.momentum;
  }
  return json;
}

}  // namespace

TrainingSpec read_training_spec(SettingsReader reader) {
  TrainingSpec spec;
  spec.optimizer = read_optimizer(reader.table("optimizer"));
  constexpr long kMany = 1'000'000;
  spec.batch = static_cast<int>(reader.integer_or("batch", 1, kMany, spec.batch));
  spec.epochs = static_cast<int>(reader.integer_or("epochs", 1, kMany, spec.epochs));
  spec.clip_norm = reader.number_or("clip_norm", 0, 1e9, spec.clip_norm);
  spec.threads = static_cast<int>(reader.integer_or("threads", 0, 1024, spec.threads));
  reader.finish();
  return spec;
}

Json to_json(const TrainingSpec& spec) {
  return {{"optimizer", optimizer_json(spec.optimizer)},
          {"batch", spec.batch},
          {"epochs", spec.epochs},
          {"clip_norm", spec.clip_norm},
          {"threads", spec.threads}};
}

const char* name_of(OptimizerKind kind) { return name_in(kOptimizerNames, kind); }

}  // namespace rnnbench
