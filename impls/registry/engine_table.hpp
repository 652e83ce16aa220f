#pragma once

#include <string>
#include <vector>

#include "harness/model/baseline_spec.hpp"
#include "harness/model/engine.hpp"

namespace rnnbench {

/// One module file, and whether this processor can run it.
struct ModuleFile {
  const char* name;
  bool (*runs_here)();
};

/// An engine as a trial names it.
struct EngineEntry {
  std::string name;
  std::vector<ModuleFile> modules;  ///< the fastest first; the first that runs here is used
  std::vector<Device> devices;
  /// Why it can't run a model, or ""; never asked about a device that isn't in `devices`.
  std::string (*obstacle)(const ModelSpec& model, const TrainingSpec& training, Device device);
  /// Why it can't use a GPU although there is one, or ""; null where it has no Device::kCuda.
  std::string (*cuda_obstacle)();
  /// Of Precision::kDouble; empty: the others compute in it too.
  std::vector<ModuleFile> double_modules = {};
  /// What EngineSetup::without may name; null: nothing.
  std::vector<std::string> (*shortcuts)() = nullptr;
};

/// A baseline as a trial's `engine` names it, see baseline_names(). It runs on the CPU.
struct BaselineEntry {
  std::string name;
  const char* module;
};

const std::vector<BaselineEntry>& baseline_table();

/// Every engine there is, in the order they are shown.
const std::vector<EngineEntry>& engine_table();

}  // namespace rnnbench
