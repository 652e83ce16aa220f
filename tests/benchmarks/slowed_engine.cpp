// An engine module that hands everything to another one, $RNNBENCH_SLOWED_MODULE, and makes each training
// step take $RNNBENCH_SLOWED_BY (0.03: 3 %) longer.
#include <dlfcn.h>

#include <chrono>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <string>

#include "impls/registry/engine_module.hpp"

namespace rnnbench {
namespace {

using Clock = std::chrono::steady_clock;

class SlowedEngine final : public Engine {
 public:
  SlowedEngine(std::unique_ptr<Engine> engine, double share) : engine_(std::move(engine)), share_(share) {}

  Parameters state() const override { return engine_->state(); }
  void set_state(const Parameters& state) override { engine_->set_state(state); }
  std::string random_state() const override { return engine_->random_state(); }
  void set_random_state(const std::string& state) override { engine_->set_random_state(state); }
  void train_step(const Batch& batch, double learning_rate, PhaseClock& phases) override {
    const auto begin = Clock::now();
    engine_->train_step(batch, learning_rate, phases);
    const auto now = Clock::now();
    const auto end = now + std::chrono::duration_cast<Clock::duration>((now - begin) * share_);
    while (Clock::now() < end) continue;
  }
  StepTotals take_totals() override { return engine_->take_totals(); }
  void predict(const Batch& batch, std::span<float> positive) override { engine_->predict(batch, positive); }
  LossAndGradients gradients(const Batch& batch, const std::optional<DropoutDraw>& draw) override {
    return engine_->gradients(batch, draw);
  }
  Parameters activations(const Batch& batch) override { return engine_->activations(batch); }
  void synchronize() override { engine_->synchronize(); }
  DeviceUse take_device_use() override { return engine_->take_device_use(); }
  std::string describe() const override { return engine_->describe(); }

 private:
  std::unique_ptr<Engine> engine_;
  double share_;
};

}  // namespace
}  // namespace rnnbench

extern "C" [[gnu::visibility("default")]] rnnbench::Engine* rnnbench_make_engine(
    const rnnbench::EngineSetup& setup) {
  void* module = ::dlopen(std::getenv("RNNBENCH_SLOWED_MODULE"), RTLD_NOW | RTLD_LOCAL);
  if (module == nullptr) throw std::runtime_error(::dlerror());
  const auto make = reinterpret_cast<rnnbench::MakeEngine>(::dlsym(module, rnnbench::kMakeEngineSymbol));
  return new rnnbench::SlowedEngine(std::unique_ptr<rnnbench::Engine>(make(setup)),
                                    std::stod(std::getenv("RNNBENCH_SLOWED_BY")));
}
