#include "harness/parity/optimizer_cases.hpp"

#include <fmt/format.h>

namespace rnnbench {
namespace {

struct Kind {
  const char* name;
  OptimizerKind kind;
  double momentum;
};

constexpr Kind kKinds[] = {
    {"sgd", OptimizerKind::kSgd, 0},         {"sgd with momentum", OptimizerKind::kSgd, 0.9},
    {"rmsprop", OptimizerKind::kRmsprop, 0}, {"rmsprop with momentum", OptimizerKind::kRmsprop, 0.9},
    {"adam", OptimizerKind::kAdam, 0},       {"adamw", OptimizerKind::kAdamW, 0}};

OptimizerSpec optimizer_of(const Kind& kind, UpdateForm form) {
  OptimizerSpec optimizer;
  optimizer.kind = kind.kind;
  optimizer.form = form;
  optimizer.momentum = kind.momentum;
  optimizer.learning_rate = 0.01;
  optimizer.epsilon = form == UpdateForm::kKeras ? 1e-7 : 1e-8;
  return optimizer;
}

}  // namespace

std::vector<OptimizerCase> optimizer_cases(int threads) {
  std::vector<OptimizerCase> cases;
  for (const Kind& kind : kKinds) {
    for (const UpdateForm form : {UpdateForm::kPytorch, UpdateForm::kKeras}) {
      TrainingSpec plain;
      plain.optimizer = optimizer_of(kind, form);
      plain.threads = threads;
      const bool decoupled = kind.kind == OptimizerKind::kAdamW;
      TrainingSpec shrinking = plain;
      (decoupled ? shrinking.optimizer.decay : shrinking.optimizer.l2) = 0.01;
      TrainingSpec clipped = shrinking;
      clipped.clip_norm = 1e-3;  // below any gradient of fresh weights
      const std::string name = fmt::format("{}, {} form", kind.name, name_of(form));
      const char* shrink = decoupled ? "decay" : "l2";
      cases.push_back({name, plain});
      cases.push_back({fmt::format("{}, {}", name, shrink), shrinking});
      cases.push_back({fmt::format("{}, {} and clipping", name, shrink), clipped});
    }
  }
  return cases;
}

}  // namespace rnnbench
