#include "impls/registry/libtorch_facts.hpp"

#include <fmt/format.h>

#include <charconv>
#include <fstream>
#include <map>
#include <sstream>

#include "harness/core/error.hpp"
#ifdef RNNBENCH_HAS_LIBTORCH
#include "impls/libtorch/support.hpp"
#endif

namespace rnnbench {
namespace fs = std::filesystem;
namespace {

constexpr const char* kMainLibrary = "libtorch_cuda.so";
constexpr const char* kRemedy = "; run ./rnnbench setup --cuda";

/// "2.11.0" from lines such as "#define TORCH_VERSION_MAJOR 2"; it has been in either of two headers.
std::string version_beside(const fs::path& folder) {
  for (const char* header : {"torch/headeronly/version.h", "torch/csrc/api/include/torch/version.h"}) {
    std::map<std::string, std::string> numbers;
    std::ifstream in(folder / ".." / "include" / header);
    for (std::string line; std::getline(in, line);) {
      std::istringstream words(line);
      std::string define, name, number;
      if (words >> define >> name >> number && define == "#define") numbers[name] = number;
    }
    const std::string major = numbers["TORCH_VERSION_MAJOR"];
    if (major.empty()) continue;
    return major + "." + numbers["TORCH_VERSION_MINOR"] + "." + numbers["TORCH_VERSION_PATCH"];
  }
  return "";
}

std::string missing_libraries(const std::vector<NeededLibrary>& libraries) {
  std::string missing;
  for (const NeededLibrary& library : libraries) {
    if (!library.missing()) continue;
    missing += (missing.empty() ? "missing: " : ", ") + library.name;
    if (!library.problem.empty()) missing += " (" + library.problem + ")";
  }
  return missing;
}

/// The CUDA version that the libraries are for: libcudart's name ends with the major one; 0: not known.
int cuda_major(const std::vector<NeededLibrary>& libraries) {
  constexpr std::string_view kRuntime = "libcudart.so.";
  int major = 0;
  for (const NeededLibrary& library : libraries) {
    const std::string& name = library.name;
    if (name.starts_with(kRuntime)) std::from_chars(&name[kRuntime.size()], name.data() + name.size(), major);
  }
  return major;
}

/// A driver runs all CUDA versions of its own major version.
std::string driver_obstacle(const CudaDriver& driver, int needed) {
  const int newest = driver.cuda_version;
  if (newest == 0 || newest / 1000 >= needed) return "";
  return fmt::format(
      "the NVIDIA driver is for CUDA {}.{} at most, this LibTorch needs CUDA {}; install a newer driver",
      newest / 1000, newest % 1000 / 10, needed);
}

/// CUDA 13's libraries have no code for GPUs older than Turing, whose compute capability is 7.5.
std::string gpu_obstacle(const CudaDriver& driver, int cuda) {
  constexpr double kLeast = 7.5;
  if (cuda < 13 || driver.gpus.empty()) return "";
  const Gpu& gpu = driver.gpus.front();
  const std::string& capability = gpu.compute_capability;
  double number = kLeast;
  std::from_chars(capability.data(), capability.data() + capability.size(), number);
  if (number >= kLeast) return "";
  return fmt::format(
      "the GPU ({}) has compute capability {}, this LibTorch's CUDA {} needs {} or more; set device = "
      "\"cpu\"",
      gpu.name, capability, cuda, kLeast);
}

}  // namespace

LibtorchFacts find_libtorch_facts(const fs::path& folder, const CudaDriver& driver) {
  LibtorchFacts facts;
  facts.folder = folder;
  facts.version = version_beside(folder);
  const fs::path main = folder / kMainLibrary;
  std::error_code ignored;
  facts.has_cuda = fs::exists(main, ignored);
  if (!facts.has_cuda) {
    facts.cuda_obstacle = "this LibTorch is for the CPU only (" + main.string() + " is missing)" + kRemedy;
    return facts;
  }
  try {
    facts.cuda_libraries = needed_libraries(main);
  } catch (const Error& error) {
    facts.cuda_damage = error.what() + std::string(kRemedy);
    facts.cuda_obstacle = facts.cuda_damage;
    return facts;
  }
  facts.cuda_obstacle = missing_libraries(facts.cuda_libraries);
  if (!facts.cuda_obstacle.empty()) {
    facts.cuda_obstacle += kRemedy;
    return facts;
  }
  const int cuda = cuda_major(facts.cuda_libraries);
  facts.cuda_obstacle = driver_obstacle(driver, cuda);
  if (facts.cuda_obstacle.empty()) facts.cuda_obstacle = gpu_obstacle(driver, cuda);
  return facts;
}

const LibtorchFacts& libtorch_facts() {
#ifdef RNNBENCH_HAS_LIBTORCH
  static const LibtorchFacts facts = find_libtorch_facts(libtorch_folder(), cuda_driver());
#else
  static const LibtorchFacts facts = {{}, "", false,
                                      "", {}, "this build has no LibTorch; build the release preset"};
#endif
  return facts;
}

}  // namespace rnnbench
