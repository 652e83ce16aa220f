#include "harness/model/engine.hpp"

#include "harness/core/error.hpp"

namespace rnnbench {

const char* name_of(Device device) { return device == Device::kCpu ? "cpu" : "cuda"; }

const char* name_of(Precision precision) { return precision == Precision::kSingle ? "float32" : "float64"; }

void Engine::set_random_state(const std::string& state) {
  if (!state.empty()) throw EngineError("this engine keeps no random state, and was given one");
}

}  // namespace rnnbench
