#include "harness/model/training_spec.hpp"

#include <fmt/format.h>

#include <initializer_list>

#include "harness/model/names.hpp"

namespace rnnbench {
namespace {

bool is_adam(OptimizerKind kind) { return kind == OptimizerKind::kAdam || kind == OptimizerKind::kAdamW; }
bool has_epsilon(OptimizerKind kind) { return kind != OptimizerKind::kSgd; }

void refuse(SettingsReader& reader, OptimizerKind kind, std::initializer_list<const char*> keys) {
  for (const char* key : keys) {
    if (reader.has(key)) reader.fail(key, fmt::format("{} has no such setting; remove it", name_of(kind)));
  }
}

/// The settings that belong to some optimisers only, with the defaults of the spec's form.
void read_moments(SettingsReader& reader, OptimizerSpec& optimizer) {
  constexpr double kHighestBeta = 0.999999;
  const bool keras = optimizer.form == UpdateForm::kKeras;
  if (is_adam(optimizer.kind)) {
    refuse(reader, optimizer.kind, {"momentum"});
    optimizer.beta1 = reader.number_or("beta1", 0, kHighestBeta, optimizer.beta1);
    optimizer.beta2 = reader.number_or("beta2", 0, kHighestBeta, optimizer.beta2);
  } else {
    refuse(reader, optimizer.kind, {"beta1", "beta2"});
    optimizer.momentum = reader.number_or("momentum", 0, 1, optimizer.momentum);
  }
  if (optimizer.kind == OptimizerKind::kRmsprop) {
    optimizer.rho = reader.number_or("rho", 0, kHighestBeta, keras ? 0.9 : 0.99);
  } else {
    refuse(reader, optimizer.kind, {"rho"});
  }
  if (has_epsilon(optimizer.kind)) {
    optimizer.epsilon = reader.number_or("epsilon", 0, 1, keras ? 1e-7 : 1e-8);
  } else {
    refuse(reader, optimizer.kind, {"epsilon"});
  }
}

OptimizerSpec read_optimizer(SettingsReader reader) {
  OptimizerSpec optimizer;
  optimizer.kind = read_name(reader, "name", kOptimizerNames, optimizer.kind);
  optimizer.form = read_name(reader, "form", kFormNames, optimizer.form);
  optimizer.learning_rate = reader.number_or("learning_rate", 0, 1e3, optimizer.learning_rate);
  if (optimizer.kind == OptimizerKind::kAdamW) {
    refuse(reader, optimizer.kind, {"l2"});
    optimizer.decay = reader.number_or("decay", 0, 1e3, optimizer.decay);
  } else {
    refuse(reader, optimizer.kind, {"decay"});
    optimizer.l2 = reader.number_or("l2", 0, 1e3, optimizer.l2);
  }
  read_moments(reader, optimizer);
  reader.finish();
  return optimizer;
}

// A setting that the optimiser doesn't have is left out, as it is refused when read; so is what came after
// the first release, at its default, so that the keys of trials stay.
Json optimizer_json(const OptimizerSpec& optimizer) {
  Json json = {{"name", name_of(optimizer.kind)}, {"learning_rate", optimizer.learning_rate}};
  if (optimizer.form != UpdateForm::kPytorch) json["form"] = name_of(optimizer.form);
  if (optimizer.kind == OptimizerKind::kAdamW) {
    json["decay"] = optimizer.decay;
  } else {
    json["l2"] = optimizer.l2;
  }
  if (is_adam(optimizer.kind)) {
    json["beta1"] = optimizer.beta1;
    json["beta2"] = optimizer.beta2;
  } else {
    json["momentum"] = optimizer.momentum;
  }
  if (optimizer.kind == OptimizerKind::kRmsprop) json["rho"] = optimizer.rho;
  if (has_epsilon(optimizer.kind)) json["epsilon"] = optimizer.epsilon;
  return json;
}

}  // namespace

TrainingSpec read_training_spec(SettingsReader reader) {
  TrainingSpec spec;
  spec.optimizer = read_optimizer(reader.table("optimizer"));
  spec.schedule = read_schedule_spec(reader.table("schedule"));
  constexpr long kMany = 1'000'000;
  spec.batch = static_cast<int>(reader.integer_or("batch", 1, kMany, spec.batch));
  spec.epochs = static_cast<int>(reader.integer_or("epochs", 1, kMany, spec.epochs));
  if (reader.has("early_stopping")) {
    spec.early_stopping = read_early_stopping_spec(reader.table("early_stopping"));
  }
  spec.clip_norm = reader.number_or("clip_norm", 0, 1e9, spec.clip_norm);
  spec.threads = static_cast<int>(reader.integer_or("threads", 0, 1024, spec.threads));
  spec.shards = static_cast<int>(reader.integer_or("shards", 0, 1024, spec.shards));
  spec.tf32 = reader.flag_or("tf32", spec.tf32);
  spec.deterministic = reader.flag_or("deterministic", spec.deterministic);
  reader.finish();
  return spec;
}

Json to_json(const TrainingSpec& spec) {
  Json json = {{"optimizer", optimizer_json(spec.optimizer)},
               {"batch", spec.batch},
               {"epochs", spec.epochs},
               {"clip_norm", spec.clip_norm},
               {"threads", spec.threads}};
  if (spec.schedule.kind != ScheduleKind::kConstant) json["schedule"] = to_json(spec.schedule);
  if (spec.early_stopping.is_on()) json["early_stopping"] = to_json(spec.early_stopping);
  if (spec.shards > 0) json["shards"] = spec.shards;
  if (spec.tf32) json["tf32"] = true;
  if (!spec.deterministic) json["deterministic"] = false;
  return json;
}

const char* name_of(OptimizerKind kind) { return name_in(kOptimizerNames, kind); }
const char* name_of(UpdateForm form) { return name_in(kFormNames, form); }

}  // namespace rnnbench
