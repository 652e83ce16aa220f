#include "impls/registry/module_loader.hpp"

#include <dlfcn.h>

#include <cstdlib>
#include <string>

#include "harness/core/error.hpp"

namespace rnnbench {
namespace {

std::filesystem::path module_folder() {
  const char* given = std::getenv("RNNBENCH_ENGINES");
  if (given != nullptr && *given != '\0') return given;
  std::error_code failure;
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", failure);
  if (failure) {
    throw EnvironmentError(
        "/proc/self/exe can't be read (" + failure.message() +
        "), so the engines beside the program aren't found; set RNNBENCH_ENGINES to their folder");
  }
  return program.parent_path() / "engines";
}

std::string loader_message() {
  const char* message = dlerror();
  return message != nullptr ? message : "no reason given";
}

/// Stays loaded.
void* loaded(const std::filesystem::path& path) {
  // Lazy: LibTorch names symbols of CUDA's profiler that a machine without CUDA need not have.
  void* module = dlopen(path.c_str(), RTLD_LAZY | RTLD_LOCAL);
  if (module == nullptr) {
    throw EnvironmentError("engine module " + path.string() + " can't be loaded: " + loader_message() +
                           "; install what it names, or build again");
  }
  return module;
}

void* required(const std::filesystem::path& path, const char* name) {
  void* symbol = dlsym(loaded(path), name);
  if (symbol == nullptr) {
    throw EnvironmentError("engine module " + path.string() +
                           " is not one of this program's: " + loader_message() + "; build again");
  }
  return symbol;
}

}  // namespace

std::filesystem::path find_module(const std::string& file) {
  const std::filesystem::path path = module_folder() / file;
  std::error_code failure;
  if (std::filesystem::exists(path, failure)) return path;
  throw EnvironmentError("engine module " + path.string() +
                         " is missing; build it (ninja in the build folder), or set RNNBENCH_ENGINES to the "
                         "folder that holds it");
}

MakeEngine load_module(const std::filesystem::path& path) {
  return reinterpret_cast<MakeEngine>(required(path, kMakeEngineSymbol));
}

MakeBaseline load_baseline_module(const std::filesystem::path& path) {
  return reinterpret_cast<MakeBaseline>(required(path, kMakeBaselineSymbol));
}

Multiply load_multiply(const std::filesystem::path& path) {
  return reinterpret_cast<Multiply>(dlsym(loaded(path), kMultiplySymbol));
}

}  // namespace rnnbench
