#pragma once

#include "harness/core/settings.hpp"
#include "harness/model/early_stopping_spec.hpp"
#include "harness/model/schedule_spec.hpp"

namespace rnnbench {

enum class OptimizerKind { kSgd, kRmsprop, kAdam, kAdamW };
/// Whose update it is: the two frameworks place epsilon and the learning rate differently.
enum class UpdateForm { kPytorch, kKeras };

/// θ is moved once a batch by its gradient g. `l2` is added first (g ← g + l2·θ); `decay` is decoupled
/// (θ ← θ − rate·decay·θ before the update, Loshchilov and Hutter 2019) and belongs to AdamW.
///
///   sgd      PyTorch: u ← momentum·u + g, θ ← θ − rate·u;  Keras: u ← momentum·u − rate·g, θ ← θ + u
///   rmsprop  v ← rho·v + (1 − rho)·g²  (Tieleman and Hinton 2012)
///            PyTorch: u ← momentum·u + g/(√v + ε), θ ← θ − rate·u
///            Keras:   u ← momentum·u + rate·g/√(v + ε), θ ← θ − u
///   adam     m ← β₁m + (1 − β₁)g,  v ← β₂v + (1 − β₂)g²  (Kingma and Ba 2015)
///   adamw    PyTorch: θ ← θ − rate/(1 − β₁ᵗ) · m/(√(v/(1 − β₂ᵗ)) + ε)       (Algorithm 1)
///            Keras:   θ ← θ − rate·√(1 − β₂ᵗ)/(1 − β₁ᵗ) · m/(√v + ε)        (section 2, last paragraph)
struct OptimizerSpec {
  OptimizerKind kind = OptimizerKind::kAdam;
  UpdateForm form = UpdateForm::kPytorch;
  double learning_rate = 1e-3;
  double l2 = 0;
  double decay = 0;
  double beta1 = 0.9;
  double beta2 = 0.999;
  double rho = 0.99;
  double epsilon = 1e-8;
  double momentum = 0;  ///< of sgd and rmsprop
};

struct TrainingSpec {
  OptimizerSpec optimizer;
  ScheduleSpec schedule;  ///< of the learning rate; the harness's, as batch and epochs
  int batch = 32;         ///< reviews a step; the last batch of an epoch may be smaller
  int epochs = 1;         ///< at most
  EarlyStoppingSpec early_stopping;
  double clip_norm = 0;  ///< the gradient's global L2 norm is scaled down to it; 0: no clipping
  int threads = 0;       ///< of the engine, on the CPU; 0: as many as the machine has cores
  int shards = 0;        ///< of each group of reviews, where an engine cuts a batch so: the same shards give
                         ///< the same bits on any number of threads; 0: one a thread
  bool tf32 = false;     ///< on a GPU: products may round their factors to TF32's 10 bits
  bool deterministic = true;  ///< on a GPU: algorithms that give the same bits each time, where there are
};

/// Reads the `[training]` table. Throws ConfigError.
TrainingSpec read_training_spec(SettingsReader reader);

/// All settings, defaults written out, but for those that came after the first release: they are left out
/// at their default, so that the keys of trials stay.
Json to_json(const TrainingSpec& spec);

const char* name_of(OptimizerKind kind);  ///< "sgd", "rmsprop", "adam", "adamw"
const char* name_of(UpdateForm form);     ///< "pytorch", "keras"

}  // namespace rnnbench
