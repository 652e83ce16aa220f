#include <sched.h>

#include "impls/eigen/host_engine.hpp"
#include "impls/fused/network.hpp"
#include "impls/fused/optimizer.hpp"
#include "impls/fused/support.hpp"
#include "impls/registry/engine_module.hpp"

namespace rnnbench::fused {

constexpr Precision kPrecision = sizeof(Real) == sizeof(float) ? Precision::kSingle : Precision::kDouble;

namespace {

#ifdef RNNBENCH_FUSED_BF16
constexpr const char* kName = "fused_bf16";
constexpr bool kRounds = true;
#else
constexpr const char* kName = "fused";
constexpr bool kRounds = false;
#endif

/// `asked`, or as many as the processors that this process may use.
int thread_count(int asked) {
  if (asked > 0) return asked;
  cpu_set_t processors;
  CPU_ZERO(&processors);
  if (::sched_getaffinity(0, sizeof(processors), &processors) != 0) return 1;
  return std::max(CPU_COUNT(&processors), 1);
}

class FusedEngine final : public eigen::HostEngine<Real, Network> {
 public:
  explicit FusedEngine(const EngineSetup& setup)
      : HostEngine(kName, setup, network_, state_),
        without_(setup.without),
        threads_(thread_count(setup.training.threads)),
        shortcuts_(shortcuts_without(setup.without)),
        network_(setup.model, setup.vocabulary, threads_, shortcuts_, setup.training.shards, kRounds),
        state_(setup.training.optimizer, network_.weights().gradients().size(),
               spared(setup.model, network_)),
        optimizer_(setup.training.optimizer, network_.weights(), state_, spared(setup.model, network_),
                   threads_, shortcuts_) {}

  std::string describe() const override {
    return Json{{"instructions", kernels().target},
                {"precision", name_of(kPrecision)},
                {"dropout", "shared masks"},
                {"threads", threads_.threads()},
                {"shards", network_.most_shards()},
                {"without", without_},
                {"weights of predictions", kRounds ? "bfloat16" : name_of(kPrecision)}}
        .dump();
  }

  std::optional<StepExplanation> explain(const Batch& batch) override {
    prepare(batch);
    return network_.explain(batch, optimizer_.idles());
  }

 private:
  eigen::BatchLoss gradients_of(const Batch& batch, const Draw& draw, PhaseClock& phases) override {
    optimizer_.settle(batch.ids);
    return network_.gradients(batch, draw, phases);
  }
  void move_weights(double learning_rate, double scale) override {
    optimizer_.step(learning_rate, scale, network_.touched());
  }
  void settle() const override { optimizer_.settle(); }
  void weights_changed() override { network_.weights_changed(); }

  std::vector<std::string> without_;
  ThreadPool threads_;
  Shortcuts shortcuts_;
  Network network_;
  eigen::Optimizer<Real> state_;
  mutable Optimizer optimizer_;  // what it puts off is done when somebody looks
};

}  // namespace
}  // namespace rnnbench::fused

extern "C" [[gnu::visibility("default")]] rnnbench::Engine* rnnbench_make_engine(
    const rnnbench::EngineSetup& setup) {
  using namespace rnnbench;
  std::string obstacle = fused_obstacle(setup.model, setup.training, setup.device);
  if (obstacle.empty() && setup.precision != fused::kPrecision) {
    obstacle =
        fmt::format("this module of the {} engine computes in {}", fused::kName, name_of(fused::kPrecision));
  }
  return eigen::make_host_engine(fused::kName, setup, obstacle,
                                 [&] { return new fused::FusedEngine(setup); });
}
