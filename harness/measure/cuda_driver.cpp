#include "harness/measure/cuda_driver.hpp"

#include <dlfcn.h>
#include <fmt/format.h>

#include <array>
#include <fstream>
#include <sstream>

namespace rnnbench {
namespace {

// Numbers of the driver's interface (CUdevice_attribute).
constexpr int kCapabilityMajor = 75;
constexpr int kCapabilityMinor = 76;

/// The functions of libcuda.so.1 that are asked; null where it hasn't got one.
struct DriverFunctions {
  explicit DriverFunctions(void* library) {
    find(library, "cuInit", initialise);
    find(library, "cuDriverGetVersion", version);
    find(library, "cuDeviceGetCount", count);
    find(library, "cuDeviceGet", device);
    find(library, "cuDeviceGetName", name);
    find(library, "cuDeviceTotalMem_v2", memory);
    find(library, "cuDeviceGetAttribute", attribute);
  }

  int (*initialise)(unsigned) = nullptr;
  int (*version)(int*) = nullptr;
  int (*count)(int*) = nullptr;
  int (*device)(int*, int) = nullptr;
  int (*name)(char*, int, int) = nullptr;
  int (*memory)(std::size_t*, int) = nullptr;
  int (*attribute)(int*, int, int) = nullptr;

 private:
  template <typename Function>
  static void find(void* library, const char* symbol, Function& function) {
    function = reinterpret_cast<Function>(::dlsym(library, symbol));
  }
};

Gpu describe(const DriverFunctions& driver, int index) {
  Gpu gpu{fmt::format("GPU {}", index), 0, ""};
  int device = 0;
  if (driver.device == nullptr || driver.device(&device, index) != 0) return gpu;
  std::array<char, 256> name{};
  if (driver.name != nullptr && driver.name(name.data(), static_cast<int>(name.size()) - 1, device) == 0) {
    gpu.name = name.data();
  }
  std::size_t bytes = 0;
  if (driver.memory != nullptr && driver.memory(&bytes, device) == 0) {
    gpu.memory_gib = static_cast<double>(bytes) / (1 << 30);
  }
  int major = 0, minor = 0;
  if (driver.attribute != nullptr && driver.attribute(&major, kCapabilityMajor, device) == 0 &&
      driver.attribute(&minor, kCapabilityMinor, device) == 0) {
    gpu.compute_capability = fmt::format("{}.{}", major, minor);
  }
  return gpu;
}

CudaDriver ask_driver() {
  CudaDriver answer;
  std::ostringstream text;
  text << std::ifstream("/proc/driver/nvidia/version").rdbuf();
  answer.version = driver_version_in(text.str());

  void* library = ::dlopen("libcuda.so.1", RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) {
    answer.obstacle =
        "no NVIDIA driver here (libcuda.so.1 is not found); it comes with the driver of an NVIDIA GPU";
    return answer;
  }
  const DriverFunctions driver(library);
  if (driver.initialise == nullptr || driver.count == nullptr) {
    answer.obstacle = "the NVIDIA driver library has no cuInit; install the driver again";
    return answer;
  }
  if (driver.version != nullptr) driver.version(&answer.cuda_version);
  if (const int error = driver.initialise(0); error != 0) {
    answer.obstacle =
        fmt::format("the NVIDIA driver can't start (cuInit gave error {}); see nvidia-smi", error);
    return answer;
  }
  int devices = 0;
  if (driver.count(&devices) != 0 || devices <= 0) {
    answer.obstacle = "the NVIDIA driver finds no GPU; see nvidia-smi and CUDA_VISIBLE_DEVICES";
    return answer;
  }
  for (int index = 0; index < devices; ++index) answer.gpus.push_back(describe(driver, index));
  return answer;
}

}  // namespace

const CudaDriver& cuda_driver() {
  static const CudaDriver answer = ask_driver();
  return answer;
}

std::string driver_version_in(std::string_view text) {
  std::istringstream words{std::string(text)};
  for (std::string word; words >> word;) {
    const bool is_version =
        word.find('.') != std::string::npos && word.find_first_not_of("0123456789.") == std::string::npos;
    if (is_version) return word;
  }
  return "";
}

}  // namespace rnnbench
