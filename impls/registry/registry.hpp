#pragma once

#include <memory>
#include <string>
#include <vector>

#include "harness/measure/product_peak.hpp"
#include "harness/model/baseline.hpp"
#include "harness/model/engine.hpp"

namespace rnnbench {

/// Names that a trial's `engine` may have, in the order they are shown.
std::vector<std::string> engine_names();

/// The file of the engine's module for this processor, in the folder engines/. Throws ConfigError for an
/// unknown engine, EnvironmentError where none of its modules runs here.
std::string module_file(const std::string& engine);

/// Why `engine` can't use `device` here, with the remedy ("no NVIDIA driver …", "this LibTorch is for the CPU
/// only …"), or "" if it can. Loads no engine; for CUDA it asks the driver and reads which libraries there
/// are, once. Throws ConfigError for an unknown engine.
std::string device_obstacle(const std::string& engine, Device device);

/// Why `engine` can't run this here ("no NVIDIA driver …", "cuda: the eigen engine runs on cpu only"), or ""
/// if it can: the device's obstacle before the model's. Loads no engine and answers in microseconds, but for
/// the first question about CUDA. Throws ConfigError for an unknown engine.
std::string engine_obstacle(const std::string& engine, const ModelSpec& model, const TrainingSpec& training,
                            Device device);

/// What `engine` does to be fast and can be told to leave (EngineSetup::without), by name; {}: nothing. Loads
/// no engine. Throws ConfigError for an unknown one.
std::vector<std::string> engine_shortcuts(const std::string& engine);

/// Loads the engine's module on first use and makes an engine. Throws EngineError; EnvironmentError where
/// the module or a library it needs is missing.
std::unique_ptr<Engine> make_engine(const std::string& engine, const EngineSetup& setup);

/// Why the baseline `name` can't run on `device`, or "" if it can. Loads nothing.
std::string baseline_obstacle(const std::string& name, Device device);

/// Loads the module of the baseline `name` on first use and makes one. Throws as make_engine() does.
std::unique_ptr<Baseline> make_baseline(const std::string& name, const BaselineSetup& setup);

/// The product of the library that a module is built on.
struct LibraryProduct {
  std::string name;  ///< "libtorch", "eigen_avx2"
  Multiply multiply;
};

/// Those of the two fastest modules of `engine` for this processor, which often differ less than one would
/// think; without the modules that offer none. Loads the modules. Throws EnvironmentError where a module or a
/// library that it needs is missing, ConfigError for an unknown engine.
std::vector<LibraryProduct> library_products(const std::string& engine);

}  // namespace rnnbench
