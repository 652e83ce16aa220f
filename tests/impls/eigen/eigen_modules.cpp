#include "tests/impls/eigen/eigen_modules.hpp"

#include <dlfcn.h>

#include <stdexcept>

#include "impls/registry/engine_module.hpp"

namespace rnnbench {

std::vector<std::string> runnable_builds() {
  std::vector<std::string> builds = {"baseline"};
#ifndef RNNBENCH_EIGEN_BASELINE_ONLY
  const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  const bool avx512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
  if (avx2) builds.emplace_back("avx2");
  if (avx2 && avx512) builds.emplace_back("avx512");
#endif
  return builds;
}

std::unique_ptr<Engine> make_eigen(const EngineSetup& setup, const std::string& build) {
  const std::string path = std::string(RNNBENCH_ENGINES) + "/rnnbench_engine_eigen_" + build + ".so";
  void* module = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (module == nullptr) throw std::runtime_error(::dlerror());
  const auto make = reinterpret_cast<MakeEngine>(::dlsym(module, kMakeEngineSymbol));
  return std::unique_ptr<Engine>(make(setup));
}

EngineSetup eigen_setup(const ModelSpec& model, const TrainingSpec& training) {
  return {model, training, kVocabulary, 7, Device::kCpu, 5};
}

std::unique_ptr<Engine> started_eigen(const EngineSetup& setup, const std::string& build) {
  std::unique_ptr<Engine> engine = make_eigen(setup, build);
  engine->set_state(initial_parameters(setup.model, setup.vocabulary, 1));
  return engine;
}

}  // namespace rnnbench
