#include "harness/cli/doctor_facts.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cmath>
#include <cstdlib>
#include <cstring>

#include "harness/core/error.hpp"
#include "harness/core/files.hpp"
#include "harness/data/data_source.hpp"
#include "harness/data/vector_files.hpp"
#include "harness/measure/cuda_driver.hpp"
#include "harness/measure/environment.hpp"
#include "harness/measure/memory_limit.hpp"
#include "harness/model/baseline_spec.hpp"
#include "impls/registry/libtorch_facts.hpp"
#include "impls/registry/module_loader.hpp"
#include "impls/registry/registry.hpp"

namespace rnnbench {
namespace fs = std::filesystem;
namespace {

double gib(double bytes) { return std::round(bytes / (1 << 30) * 10) / 10; }

/// What `ask` gives, or the message of what it throws: nothing here ends the command.
template <typename Ask>
std::string answer(const Ask& ask) {
  try {
    return ask();
  } catch (const Error& error) {
    return error.what();
  }
}

/// "13.0" of 13000; "" where it isn't known.
std::string cuda_version_text(int version) {
  return version == 0 ? "" : fmt::format("{}.{}", version / 1000, version % 1000 / 10);
}

/// The module of each engine, baselines too, and why it isn't there.
Json engine_facts() {
  Json engines = Json::array();
  std::vector<std::string> names = engine_names();
  names.insert(names.end(), baseline_names().begin(), baseline_names().end());
  for (const std::string& engine : names) {
    std::string path;
    const std::string obstacle = answer([&] {
      path = find_module(module_file(engine)).string();
      return std::string();
    });
    engines.push_back(
        {{"engine", engine}, {"baseline", is_baseline(engine)}, {"path", path}, {"obstacle", obstacle}});
  }
  return engines;
}

/// Why nothing can be written to the cache folder, or to what has to be made for it; "" where it can.
std::string cache_obstacle() {
  fs::path folder = cache_folder();
  std::error_code ignored;
  while (fs::symlink_status(folder, ignored).type() == fs::file_type::not_found &&
         folder.has_relative_path()) {
    folder = folder.parent_path();
  }
  if (::access((folder / "").c_str(), W_OK | X_OK) == 0) return "";
  return fmt::format("{}: can't be written ({}); set XDG_CACHE_HOME to a writable folder", folder.string(),
                     std::strerror(errno));
}

Json driver_facts() {
  const CudaDriver& driver = cuda_driver();
  Json gpus = Json::array();
  for (const Gpu& gpu : driver.gpus) {
    gpus.push_back({{"name", gpu.name},
                    {"memory_gib", gib(gpu.memory_gib * (1 << 30))},
                    {"compute_capability", gpu.compute_capability}});
  }
  return {{"obstacle", driver.obstacle},
          {"version", driver.version},
          {"cuda", cuda_version_text(driver.cuda_version)},
          {"gpus", gpus}};
}

Json libtorch_json() {
  const LibtorchFacts& facts = libtorch_facts();
  Json libraries = Json::array();
  for (const NeededLibrary& library : facts.cuda_libraries) {
    libraries.push_back({{"name", library.name},
                         {"path", library.path.string()},
                         {"needed_by", library.needed_by},
                         {"problem", library.problem},
                         {"missing", library.missing()}});
  }
  return {{"folder", facts.folder.string()}, {"version", facts.version},
          {"has_cuda", facts.has_cuda},      {"cuda_damage", facts.cuda_damage},
          {"cuda_libraries", libraries},     {"cuda_obstacle", device_obstacle("libtorch", Device::kCuda)}};
}

Json data_facts_json() {
  Json sets = Json::array();
  for (const FoundSet& found : list_data(std::nullopt)) {
    sets.push_back({{"set", found.set},
                    {"found", found.location.has_value()},
                    {"path", found.location ? found.location->path.string() : ""},
                    {"note", found.note}});
  }
  return sets;
}

Json vectors_facts() {
  const char* folder = std::getenv("RNNBENCH_VECTORS");
  std::error_code ignored;
  const bool given = folder != nullptr && *folder != '\0';
  Json trained = Json::array();
  const std::string kept = answer([] { return vectors_folder().string(); });
  for (const fs::directory_entry& entry : fs::directory_iterator(kept, ignored)) {
    if (entry.path().extension() == ".bin") trained.push_back(entry.path().filename().string());
  }
  return {{"folder", given ? folder : ""},
          {"found", given && fs::is_directory(folder, ignored)},
          {"trained", std::move(trained)}};
}

}  // namespace

Json doctor_facts() {
  Json facts = capture_environment();
  facts["processor"]["instruction_sets"] = instruction_sets();
  facts["processor"]["eigen_module"] = answer([] { return module_file("eigen"); });
  facts["memory_limit_gib"] = gib(memory_limit());
  facts["engines"] = engine_facts();
  facts["driver"] = driver_facts();
  facts["libtorch"] = libtorch_json();
  facts["data"] = data_facts_json();
  facts["word_vectors"] = vectors_facts();
  facts["cache"] = answer([] { return cache_folder().string(); });
  facts["cache_obstacle"] = answer(cache_obstacle);
  return facts;
}

}  // namespace rnnbench
