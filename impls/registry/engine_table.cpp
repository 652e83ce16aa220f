#include "impls/registry/engine_table.hpp"

#include "impls/eigen/support.hpp"
#include "impls/fused/support.hpp"
#include "impls/registry/libtorch_facts.hpp"
#ifdef RNNBENCH_HAS_LIBTORCH
#include "impls/libtorch/support.hpp"
#endif

namespace rnnbench {
namespace {

bool everywhere() { return true; }

#ifndef RNNBENCH_HAS_LIBTORCH
std::string libtorch_obstacle(const ModelSpec& /*model*/, const TrainingSpec& /*training*/,
                              Device /*device*/) {
  return "this build has no LibTorch; build the release preset";
}
#endif

#ifndef RNNBENCH_EIGEN_BASELINE_ONLY
bool has_avx2() { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"); }
bool has_avx512() {
  return has_avx2() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
}
#else
bool has_avx2() { return false; }
bool has_avx512() { return false; }
#endif

}  // namespace

const std::vector<BaselineEntry>& baseline_table() {
  static const std::vector<BaselineEntry> table = {
      {kBoostedTrees, "rnnbench_baseline_xgboost.so"},
      {kTfidfLogistic, "rnnbench_baseline_tfidf_logistic.so"},
  };
  return table;
}

const std::vector<EngineEntry>& engine_table() {
  static const std::vector<EngineEntry> table = {
      {"libtorch",
       {{"rnnbench_engine_libtorch.so", everywhere}},
       {Device::kCpu, Device::kCuda},
       libtorch_obstacle,
       [] { return libtorch_facts().cuda_obstacle; }},
      {"eigen",
       {{"rnnbench_engine_eigen_avx512.so", has_avx512},
        {"rnnbench_engine_eigen_avx2.so", has_avx2},
        {"rnnbench_engine_eigen_baseline.so", everywhere}},
       {Device::kCpu},
       eigen_obstacle,
       nullptr},
      {"fused",
       {{"rnnbench_engine_fused.so", everywhere}},
       {Device::kCpu},
       fused_obstacle,
       nullptr,
       {{"rnnbench_engine_fused_double.so", everywhere}},
       fused_shortcuts},
      {"fused_bf16",
       {{"rnnbench_engine_fused_bf16.so", everywhere}},
       {Device::kCpu},
       fused_obstacle,
       nullptr,
       {{"rnnbench_engine_fused_double.so", everywhere}},
       fused_shortcuts},
  };
  return table;
}

}  // namespace rnnbench
