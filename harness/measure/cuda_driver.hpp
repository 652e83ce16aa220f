#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rnnbench {

struct Gpu {
  std::string name;                ///< "NVIDIA H100 80GB HBM3"
  double memory_gib = 0;           ///< all of it, in use or not
  std::string compute_capability;  ///< "9.0"
};

/// NVIDIA's driver as its own library (libcuda.so.1) describes it.
struct CudaDriver {
  std::string obstacle;  ///< why it gives no GPU ("no NVIDIA driver here …"), or ""
  std::string version;   ///< "580.65.06"; "" where that isn't known
  int cuda_version = 0;  ///< the newest CUDA that it can run: 1000 × major + 10 × minor; 0: not known
  std::vector<Gpu> gpus;
};

/// Asks the driver at the first call, without a CUDA toolkit and without LibTorch.
const CudaDriver& cuda_driver();

/// The driver's version in the text of /proc/driver/nvidia/version; "" where there is none.
std::string driver_version_in(std::string_view text);

}  // namespace rnnbench
