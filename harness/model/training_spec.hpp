#pragma once

#include "harness/core/settings.hpp"

namespace rnnbench {

enum class OptimizerKind { kSgd, kAdam, kAdamW };

/// θ is moved once a batch. `l2` is added to the gradient (g + l2·θ), before Adam's moments;
/// `decay` is decoupled (θ ← θ − rate·decay·θ, Loshchilov and Hutter 2019) and belongs to AdamW.
/// Adam: Kingma and Ba 2015, Algorithm 1, with bias correction.
struct OptimizerSpec {
  OptimizerKind kind = OptimizerKind::kAdam;
  double learning_rate = 1e-3;
  double l2 = 0;
  double decay = 0;
  double beta1 = 0.9;
  double beta2 = 0.999;
  double epsilon = 1e-8;  ///< added to sqrt(v / (1 − beta2^t)), PyTorch's place for it
  double momentum = 0;    ///< of SGD: v ← momentum·v + g, θ ← θ − rate·v
};

struct TrainingSpec {
  OptimizerSpec optimizer;
  int batch = 32;  ///< reviews a step; the last batch of an epoch may be smaller
  int epochs = 1;
  double clip_norm = 0;  ///< the gradient's global L2 norm is scaled down to it; 0: no clipping
  int threads = 0;       ///< of the engine, on the CPU; 0: as many as the machine has cores
};

/// Reads the `[training]` table. Throws ConfigError.
TrainingSpec read_training_spec(SettingsReader reader);

/// All settings, defaults written out.
Json to_json(const TrainingSpec& spec);

const char* name_of(OptimizerKind kind);  ///< "sgd", "adam", "adamw"

}  // namespace rnnbench
