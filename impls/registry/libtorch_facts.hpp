#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "harness/measure/cuda_driver.hpp"
#include "harness/measure/shared_libraries.hpp"

namespace rnnbench {

/// What is known of a LibTorch without loading it.
struct LibtorchFacts {
  std::filesystem::path folder;  ///< holds libtorch_cpu.so; empty where this build has no LibTorch
  std::string version;           ///< "2.11.0", from its headers; "" where they aren't there
  bool has_cuda = false;         ///< libtorch_cuda.so is there too
  std::string cuda_damage;  ///< why libtorch_cuda.so, which is there, can't be used, with the remedy; or ""
  std::vector<NeededLibrary> cuda_libraries;  ///< all that libtorch_cuda.so needs
  /// Why its CUDA part can't be used with the driver and the GPU there are, with the remedy, or "". That
  /// there is no driver or no GPU is not said here, see cuda_driver().
  std::string cuda_obstacle;
};

/// Of the LibTorch in `folder` with `driver` and its first GPU, the one that runs use; what isn't known of
/// them is in nothing's way.
LibtorchFacts find_libtorch_facts(const std::filesystem::path& folder, const CudaDriver& driver);

/// Of the LibTorch that this program was built against; looked up at the first call.
const LibtorchFacts& libtorch_facts();

}  // namespace rnnbench
