#include "impls/libtorch/libtorch_engine.hpp"
#include "impls/registry/engine_module.hpp"

extern "C" __attribute__((visibility("default"))) rnnbench::Engine* rnnbench_make_engine(
    const rnnbench::EngineSetup& setup) {
  return rnnbench::make_libtorch_engine(setup).release();
}
