#pragma once

#include <string>
#include <vector>

namespace rnnbench {

/// Something that an engine leaves out or does once instead of many times, exactly.
struct ShortcutUse {
  std::string name;            ///< of engine_shortcuts(), or of what is never done
  std::string unit;            ///< of what is counted, "words' products"
  double done = 0, asked = 0;  ///< of `asked` so many were done
  double operations = 0;       ///< that it saves of a training step as written, see arithmetic.hpp
};

/// What a part of a step comes to: operations of products, a multiply-add counted as two, and bytes that are
/// read and written where nothing stays in a cache.
struct PhaseWork {
  std::string phase;
  double operations = 0, bytes = 0;
};

/// What an engine makes of a training step on a batch.
struct StepExplanation {
  double written =
      0;  ///< operations of the step as written, see arithmetic.hpp: what is saved and what is needed
  std::vector<ShortcutUse> shortcuts;
  std::vector<PhaseWork> phases;

  double operations() const {
    double sum = 0;
    for (const PhaseWork& phase : phases) sum += phase.operations;
    return sum;
  }
};

}  // namespace rnnbench
