#include "harness/cli/parity_engines.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "harness/core/error.hpp"
#include "harness/core/nearest.hpp"
#include "harness/model/memory_need.hpp"
#include "harness/parity/gradient_check.hpp"
#include "impls/registry/registry.hpp"

namespace rnnbench {

ParityEngine read_engine(const std::string& text) {
  const std::size_t colon = text.find(':');
  ParityEngine engine{text.substr(0, colon)};
  const std::string device = colon == std::string::npos ? "cpu" : text.substr(colon + 1);
  if (device != "cpu" && device != "cuda") {
    throw ConfigError(
        fmt::format("--engines: '{}' is no device; use cpu or cuda, as in libtorch:cuda", device));
  }
  if (const auto known = engine_names(); std::ranges::find(known, engine.name) == known.end()) {
    const std::string near = nearest(engine.name, known);
    throw ConfigError(fmt::format("--engines: there is no engine '{}'{}; engines: {}", engine.name,
                                  near.empty() ? "" : fmt::format("; did you mean '{}'?", near),
                                  fmt::join(known, ", ")));
  }
  engine.device = device == "cuda" ? Device::kCuda : Device::kCpu;
  return engine;
}

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

void require_memory(const ParityRequest& request, const ParitySubject& subject, double limit) {
  constexpr double kGib = 1 << 30;
  const Recipe& recipe = subject.trial.recipe;
  const auto two_engines = [&](Precision precision) {
    return 2 * memory_need(request.model, request.training.optimizer,
                           {recipe.vocabulary, request.batch, recipe.length, precision})
                   .total();
  };
  double need = two_engines(request.precision);
  if (gradient_jumps(request.model) && request.precision == Precision::kSingle) {
    need += two_engines(Precision::kDouble);
  }
  if (need <= limit) return;
  throw ConfigError(
      fmt::format("{}: comparing two engines needs about {:.1f} GiB, this machine has {:.1f} GiB; make the "
                  "model, recipe.length or --batch smaller",
                  subject.label, need / kGib, limit / kGib));
}

}  // namespace rnnbench
