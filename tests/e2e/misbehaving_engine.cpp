// An engine module whose second step does what $RNNBENCH_MISBEHAVIOUR says; where $RNNBENCH_ONCE names a
// file, only until that is there, and it makes it. Else it does nothing, quickly.
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

#include "impls/registry/engine_module.hpp"

namespace rnnbench {
namespace {

void misbehave(const std::string& how) {
  std::cout << "on stdout: about to " << how << std::endl;
  std::cerr << "on stderr: about to " << how << std::endl;
  if (how == "segfault") ::raise(SIGSEGV);
  if (how == "abort") std::abort();
  if (how == "exit") ::_Exit(7);
  if (how == "throw") throw 7;
  if (how == "hang") {
    for (;;) std::this_thread::sleep_for(std::chrono::seconds(1));
  }
  if (how == "grow") {
    static std::vector<std::vector<char>> kept;
    for (;;) {
      kept.emplace_back(10'000'000, 'x');
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  }
}

class MisbehavingEngine final : public Engine {
 public:
  Parameters state() const override { return weights_; }
  void set_state(const Parameters& state) override { weights_ = state; }
  void train_step(const Batch& batch, double /*learning_rate*/, PhaseClock& phases) override {
    const char* how = std::getenv("RNNBENCH_MISBEHAVIOUR");
    if (++steps_ == 2 && how != nullptr && is_the_time()) misbehave(how);
    totals_.loss += 0.5;
    totals_.reviews += batch.reviews;
    totals_.steps += 1;
    phases.finished(Phase::kForward);
    phases.finished(Phase::kBackward);
    phases.finished(Phase::kOptimizer);
  }
  StepTotals take_totals() override { return std::exchange(totals_, {}); }
  void predict(const Batch& /*batch*/, std::span<float> positive) override {
    std::fill(positive.begin(), positive.end(), 0.5F);
  }
  LossAndGradients gradients(const Batch& /*batch*/, const std::optional<DropoutDraw>& /*draw*/) override {
    return {};
  }
  Parameters activations(const Batch& /*batch*/) override { return {}; }
  void synchronize() override {}
  std::string describe() const override { return R"({"name": "misbehaving"})"; }

 private:
  static bool is_the_time() {
    const char* once = std::getenv("RNNBENCH_ONCE");
    if (once == nullptr) return true;
    if (std::ifstream(once).good()) return false;
    std::ofstream(once) << "done\n";
    return true;
  }

  Parameters weights_;
  StepTotals totals_;
  int steps_ = 0;
};

}  // namespace
}  // namespace rnnbench

extern "C" [[gnu::visibility("default")]] rnnbench::Engine* rnnbench_make_engine(
    const rnnbench::EngineSetup& /*setup*/) {
  return new rnnbench::MisbehavingEngine;
}
