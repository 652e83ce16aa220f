#include <dlfcn.h>
#include <fmt/format.h>

#include "harness/measure/environment.hpp"

namespace rnnbench {
namespace {

// The driver's own library answers without a CUDA toolkit and without LibTorch.
std::string ask_driver() {
  void* driver = ::dlopen("libcuda.so.1", RTLD_NOW | RTLD_LOCAL);
  if (driver == nullptr) return "no NVIDIA driver here (libcuda.so.1 is not found)";
  const auto initialise = reinterpret_cast<int (*)(unsigned)>(::dlsym(driver, "cuInit"));
  const auto count_devices = reinterpret_cast<int (*)(int*)>(::dlsym(driver, "cuDeviceGetCount"));
  if (initialise == nullptr || count_devices == nullptr) return "the NVIDIA driver library has no cuInit";
  if (const int error = initialise(0); error != 0) {
    return fmt::format("the NVIDIA driver can't start (cuInit gave error {})", error);
  }
  int devices = 0;
  if (count_devices(&devices) != 0 || devices == 0) return "the NVIDIA driver finds no GPU";
  return "";
}

}  // namespace

std::string cuda_obstacle() {
  static const std::string answer = ask_driver();
  return answer;
}

}  // namespace rnnbench
