#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "harness/measure/shared_libraries.hpp"

namespace rnnbench {

/// What is known of a LibTorch without loading it.
struct LibtorchFacts {
  std::filesystem::path folder;  ///< holds libtorch_cpu.so; empty where this build has no LibTorch
  std::string version;           ///< "2.11.0", from its headers; "" where they aren't there
  bool has_cuda = false;         ///< libtorch_cuda.so is there too
  std::vector<NeededLibrary> cuda_libraries;  ///< all that libtorch_cuda.so needs
  /// Why its CUDA part can't be used with the driver there is, with the remedy, or "". That there is no
  /// driver or no GPU is not said here, see cuda_driver().
  std::string cuda_obstacle;
};

/// Of the LibTorch in `folder`. `driver_cuda_version`: CudaDriver::cuda_version, 0 if it isn't known.
LibtorchFacts find_libtorch_facts(const std::filesystem::path& folder, int driver_cuda_version);

/// Of the LibTorch that this program was built against; looked up at the first call.
const LibtorchFacts& libtorch_facts();

}  // namespace rnnbench
