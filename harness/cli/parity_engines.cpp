#include "harness/cli/parity_engines.hpp"

#include <fmt/format.h>

#include "harness/core/error.hpp"
#include "impls/registry/registry.hpp"

namespace rnnbench {
namespace {

/// "eigen" or "libtorch:cuda".
ParityEngine read_engine(const std::string& text) {
  const std::size_t colon = text.find(':');
  ParityEngine engine{text.substr(0, colon)};
  const std::string device = colon == std::string::npos ? "cpu" : text.substr(colon + 1);
  if (device != "cpu" && device != "cuda") {
    throw ConfigError(
        fmt::format("--engines: '{}' is no device; use cpu or cuda, as in libtorch:cuda", device));
  }
  engine.device = device == "cuda" ? Device::kCuda : Device::kCpu;
  return engine;
}

}  // namespace

std::pair<ParityEngine, ParityEngine> read_parity_engines(const std::string& text) {
  const std::size_t comma = text.find(',');
  if (comma == std::string::npos || text.find(',', comma + 1) != std::string::npos) {
    throw ConfigError(fmt::format(
        "--engines: expected two names, the reference first, as in libtorch,eigen; found '{}'", text));
  }
  const ParityEngine reference = read_engine(text.substr(0, comma));
  const ParityEngine candidate = read_engine(text.substr(comma + 1));
  if (reference.name == candidate.name && reference.device == candidate.device) {
    throw ConfigError(fmt::format("--engines: {} against itself shows nothing; give two engines", text));
  }
  return {reference, candidate};
}

void require_support(const ParityEngine& engine, const ParitySubject& subject) {
  const std::string obstacle =
      engine_obstacle(engine.name, subject.trial.model, subject.trial.training, engine.device);
  if (obstacle.empty()) return;
  throw ConfigError(fmt::format("{}: {} can't run this model spec: {}; compare other engines with --engines",
                                subject.label, engine.name, obstacle));
}

}  // namespace rnnbench
