#include "impls/libtorch/description.hpp"

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/Version.h>
#include <torch/version.h>

#include <cstdlib>
#include <nlohmann/json.hpp>

namespace rnnbench {

nlohmann::json describe_libtorch(at::Device device) {
  const at::Context& context = at::globalContext();
  nlohmann::json description = {{"engine", "libtorch"},
                                {"libtorch", TORCH_VERSION},
                                {"device", device.str()},
                                {"threads", at::get_num_threads()},
                                {"cpu_capability", at::get_cpu_capability()},
                                {"mkldnn", at::get_mkldnn_version()},
                                {"layout", "time-major"},
                                {"denormals", "flushed"}};
  if (device.is_cuda()) {
    description["deterministic"] = context.deterministicAlgorithms();
    const char* workspace = std::getenv("CUBLAS_WORKSPACE_CONFIG");
    description["cublas_workspace"] = workspace != nullptr ? workspace : "";
    description["tf32_matmul"] = context.allowTF32CuBLAS();
    description["tf32_cudnn"] = context.allowTF32CuDNN();
    description["cudnn_deterministic"] = context.deterministicCuDNN();
    description["cudnn_benchmark"] = context.benchmarkCuDNN();
    description["cudnn"] = at::detail::getCUDAHooks().versionRuntimeCuDNN();
  }
  return description;
}

}  // namespace rnnbench
