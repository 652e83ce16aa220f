#include "impls/registry/registry.hpp"

#include <algorithm>
#include <map>
#include <mutex>
#include <string_view>

#include "harness/core/error.hpp"
#include "harness/core/nearest.hpp"
#include "harness/measure/cuda_driver.hpp"
#include "impls/registry/engine_table.hpp"
#include "impls/registry/module_loader.hpp"

namespace rnnbench {
namespace {

const EngineEntry& entry_of(const std::string& engine) {
  const auto& table = engine_table();
  const auto found = std::find_if(table.begin(), table.end(),
                                  [&](const EngineEntry& entry) { return entry.name == engine; });
  if (found == table.end()) {
    throw ConfigError("engine \"" + engine + "\" is unknown" + suggestion(engine, engine_names()));
  }
  return *found;
}

const ModuleFile& module_of(const EngineEntry& entry, Precision precision = Precision::kSingle) {
  const bool has_own = precision == Precision::kDouble && !entry.double_modules.empty();
  const std::vector<ModuleFile>& modules = has_own ? entry.double_modules : entry.modules;
  const auto found =
      std::ranges::find_if(modules, [](const ModuleFile& module) { return module.runs_here(); });
  if (found == modules.end()) {
    throw EnvironmentError("the " + entry.name + " engine has no module for this processor");
  }
  return *found;
}

MakeEngine loaded(const ModuleFile& module) {
  static std::mutex mutex;
  static std::map<std::string, MakeEngine> makers;
  const std::lock_guard lock(mutex);
  const auto found = makers.find(module.name);
  if (found != makers.end()) return found->second;
  return makers[module.name] = load_module(find_module(module.name));
}

}  // namespace

std::vector<std::string> engine_names() {
  std::vector<std::string> names;
  for (const EngineEntry& entry : engine_table()) names.push_back(entry.name);
  return names;
}

std::string module_file(const std::string& engine) {
  const auto baseline = std::ranges::find(baseline_table(), engine, &BaselineEntry::name);
  return baseline != baseline_table().end() ? baseline->module : module_of(entry_of(engine)).name;
}

std::string device_obstacle(const std::string& engine, Device device) {
  const EngineEntry& entry = entry_of(engine);
  if (std::find(entry.devices.begin(), entry.devices.end(), device) == entry.devices.end()) {
    return std::string(name_of(device)) + ": the " + entry.name + " engine runs on " +
           name_of(entry.devices.front()) + " only";
  }
  if (device != Device::kCuda) return "";
  const std::string& no_gpu = cuda_driver().obstacle;
  return no_gpu.empty() ? entry.cuda_obstacle() : no_gpu;
}

std::string engine_obstacle(const std::string& engine, const ModelSpec& model, const TrainingSpec& training,
                            Device device) {
  if (std::string obstacle = device_obstacle(engine, device); !obstacle.empty()) return obstacle;
  return entry_of(engine).obstacle(model, training, device);
}

std::vector<std::string> engine_shortcuts(const std::string& engine) {
  const EngineEntry& entry = entry_of(engine);
  return entry.shortcuts == nullptr ? std::vector<std::string>() : entry.shortcuts();
}

std::unique_ptr<Engine> make_engine(const std::string& engine, const EngineSetup& setup) {
  const EngineEntry& entry = entry_of(engine);
  const std::string obstacle = engine_obstacle(engine, setup.model, setup.training, setup.device);
  if (!obstacle.empty()) throw EngineError(obstacle);
  if (!setup.without.empty() && entry.shortcuts == nullptr) {  // one that has some knows their names
    throw EngineError("the " + engine + " engine has no shortcuts to leave out");
  }
  return std::unique_ptr<Engine>(loaded(module_of(entry, setup.precision))(setup));
}

std::string baseline_obstacle(const std::string& name, Device device) {
  if (device == Device::kCpu) return "";
  return std::string(name_of(device)) + ": the " + name + " engine runs on cpu only";
}

std::unique_ptr<Baseline> make_baseline(const std::string& name, const BaselineSetup& setup) {
  const auto& table = baseline_table();
  const auto entry = std::ranges::find(table, name, &BaselineEntry::name);
  if (entry == table.end()) {
    throw ConfigError("baseline \"" + name + "\" is unknown" + suggestion(name, baseline_names()));
  }
  const MakeBaseline make = load_baseline_module(find_module(entry->module));
  return std::unique_ptr<Baseline>(make(setup));
}

std::vector<LibraryProduct> library_products(const std::string& engine) {
  constexpr std::size_t kMost = 2;
  constexpr std::string_view kPrefix = "rnnbench_engine_", kSuffix = ".so";
  std::vector<LibraryProduct> products;
  for (const ModuleFile& module : entry_of(engine).modules) {
    if (!module.runs_here() || products.size() == kMost) continue;
    const Multiply multiply = load_multiply(find_module(module.name));
    if (multiply == nullptr) continue;
    std::string_view name = module.name;
    if (name.starts_with(kPrefix)) name.remove_prefix(kPrefix.size());
    if (name.ends_with(kSuffix)) name.remove_suffix(kSuffix.size());
    products.push_back({std::string(name), multiply});
  }
  return products;
}

}  // namespace rnnbench
