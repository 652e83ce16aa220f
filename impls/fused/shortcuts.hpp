#pragma once

#include <string>
#include <vector>

namespace rnnbench::fused {

/// What the engine does to be fast and can be told to do without, for measurements. All are exact.
struct Shortcuts {
  bool words = true;  ///< the first layer's products once a distinct word
  bool padding =
      true;  ///< slots that tell nothing new are not walked: padding in front, what follows the end
  bool registers = true;  ///< a cell's functions follow its product in registers
  bool pieces = true;     ///< gradients of weights over rows that are still in the cache
  bool adam = true;       ///< the optimiser in one pass on all threads
  bool idle = true;       ///< rows of the embedding without a gradient are moved several steps at once
};

/// All but those named, see fused_shortcuts(). Throws EngineError for an unknown name.
Shortcuts shortcuts_without(const std::vector<std::string>& names);

}  // namespace rnnbench::fused
