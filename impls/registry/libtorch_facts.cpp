#include "impls/registry/libtorch_facts.hpp"

#include <charconv>
#include <fstream>
#include <map>
#include <sstream>

#include "harness/core/error.hpp"
#include "harness/measure/cuda_driver.hpp"
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

/// A driver runs all CUDA versions of its own major version, whose number libcudart's name ends with.
std::string driver_obstacle(const std::vector<NeededLibrary>& libraries, int driver_cuda_version) {
  constexpr std::string_view kRuntime = "libcudart.so.";
  for (const NeededLibrary& library : libraries) {
    if (!library.name.starts_with(kRuntime)) continue;
    int needed = 0;
    const char* end = library.name.data() + library.name.size();
    std::from_chars(library.name.data() + kRuntime.size(), end, needed);
    if (driver_cuda_version == 0 || driver_cuda_version / 1000 >= needed) return "";
    return "the NVIDIA driver is for CUDA " + std::to_string(driver_cuda_version / 1000) + "." +
           std::to_string(driver_cuda_version % 1000 / 10) + " at most, this LibTorch needs CUDA " +
           std::to_string(needed) + "; install a newer driver";
  }
  return "";
}

}  // namespace

LibtorchFacts find_libtorch_facts(const fs::path& folder, int driver_cuda_version) {
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
    facts.cuda_obstacle = error.what() + std::string(kRemedy);
    return facts;
  }
  facts.cuda_obstacle = missing_libraries(facts.cuda_libraries);
  if (!facts.cuda_obstacle.empty()) {
    facts.cuda_obstacle += kRemedy;
  } else {
    facts.cuda_obstacle = driver_obstacle(facts.cuda_libraries, driver_cuda_version);
  }
  return facts;
}

const LibtorchFacts& libtorch_facts() {
#ifdef RNNBENCH_HAS_LIBTORCH
  static const LibtorchFacts facts = find_libtorch_facts(libtorch_folder(), cuda_driver().cuda_version);
#else
  static const LibtorchFacts facts = {
      {}, "", false, {}, "this build has no LibTorch; build the release preset"};
#endif
  return facts;
}

}  // namespace rnnbench
