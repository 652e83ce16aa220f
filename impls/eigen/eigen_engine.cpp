#include <type_traits>

#include "impls/eigen/host_engine.hpp"
#include "impls/eigen/network.hpp"
#include "impls/eigen/optimizer.hpp"
#include "impls/eigen/support.hpp"
#include "impls/registry/engine_module.hpp"

namespace rnnbench::eigen {
namespace {

/// Trains and runs a network on the calling thread.
template <typename Scalar>
class EigenEngine final : public HostEngine<Scalar, Network<Scalar>> {
  using Base = HostEngine<Scalar, Network<Scalar>>;

 public:
  explicit EigenEngine(const EngineSetup& setup)
      : Base("eigen", setup, network_, optimizer_),
        network_(setup.model, setup.vocabulary),
        optimizer_(setup.training.optimizer, network_.weights().gradients().size(),
                   Base::spared(setup.model, network_)) {}

  std::string describe() const override {
    return Json{
        {"eigen", fmt::format("{}.{}.{}", EIGEN_WORLD_VERSION, EIGEN_MAJOR_VERSION, EIGEN_MINOR_VERSION)},
        {"instructions", RNNBENCH_INSTRUCTIONS},
        {"precision", name_of(std::is_same_v<Scalar, float> ? Precision::kSingle : Precision::kDouble)},
        {"dropout", "shared masks"},
        {"threads", 1}}
        .dump();
  }

 private:
  BatchLoss gradients_of(const Batch& batch, const std::optional<DropoutDraw>& draw,
                         PhaseClock& phases) override {
    const BatchLoss loss = network_.forward(batch, draw);
    phases.finished(Phase::kForward);
    network_.backward(batch);
    phases.finished(Phase::kBackward);
    return loss;
  }
  void move_weights(double learning_rate, double scale) override {
    optimizer_.step(network_.weights().weights(), network_.weights().gradients(), learning_rate, scale);
  }

  Network<Scalar> network_;
  Optimizer<Scalar> optimizer_;
};

}  // namespace
}  // namespace rnnbench::eigen

extern "C" [[gnu::visibility("default")]] rnnbench::Engine* rnnbench_make_engine(
    const rnnbench::EngineSetup& setup) {
  using rnnbench::eigen::EigenEngine;
  const std::string obstacle = rnnbench::eigen_obstacle(setup.model, setup.training, setup.device);
  return rnnbench::eigen::make_host_engine("eigen", setup, obstacle, [&]() -> rnnbench::Engine* {
    if (setup.precision == rnnbench::Precision::kDouble) return new EigenEngine<double>(setup);
    return new EigenEngine<float>(setup);
  });
}
