#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "harness/core/phase_clock.hpp"
#include "harness/data/batch.hpp"
#include "harness/model/dropout_mask.hpp"
#include "harness/model/model_spec.hpp"
#include "harness/model/parameters.hpp"
#include "harness/model/step_explanation.hpp"
#include "harness/model/training_spec.hpp"

namespace rnnbench {

enum class Device { kCpu, kCuda };
const char* name_of(Device device);  ///< "cpu", "cuda"

/// What an engine computes in. Double is for checks.
enum class Precision { kSingle, kDouble };
const char* name_of(Precision precision);  ///< "float32", "float64"

/// Everything an engine is made from.
struct EngineSetup {
  ModelSpec model;
  TrainingSpec training;  ///< optimiser, clipping and threads; epochs and batch are the harness's
  int vocabulary = 0;     ///< rows of the embedding
  int length = 0;         ///< time steps of a full batch
  Device device = Device::kCpu;
  std::uint64_t dropout_seed = 0;  ///< RunSeeds::dropout
  Precision precision = Precision::kSingle;
  /// Training steps take the masks of dropout_mask.hpp, so that two engines drop the same elements. Else
  /// an engine draws as it likes best.
  bool shared_masks = false;
  /// What an engine does to be fast and is to do without, for measurements: of engine_shortcuts(). An engine
  /// that has none throws EngineError where there is any.
  std::vector<std::string> without = {};
};

/// Sums over the training steps since they were last taken.
struct StepTotals {
  double loss = 0;           ///< sum over steps of the mean cross-entropy of a batch, in nats
  double gradient_norm = 0;  ///< sum over steps of the gradient's global L2 norm, before clipping
  std::int64_t correct = 0;  ///< reviews whose more probable class was the label, dropout on
  std::int64_t clipped = 0;  ///< steps whose norm exceeded TrainingSpec::clip_norm
  std::int64_t reviews = 0;
  std::int64_t steps = 0;
};

struct LossAndGradients {
  double loss = 0;       ///< mean cross-entropy of the batch, in nats
  Parameters gradients;  ///< of the mean loss, by weight name; L2 and clipping not applied
};

/// What a device measured of itself.
struct DeviceUse {
  /// Durations of steps and their phases by device events, in nanoseconds, a value a step; empty on the CPU.
  std::vector<std::int64_t> forward_ns, backward_ns, optimizer_ns, step_ns;
  /// Bytes that the device's allocator had given out at most since the engine was made; 0: not known.
  std::int64_t memory_peak = 0;
};

/// Executes one model spec on one device. Knows no data set, matrix, file or wall clock.
///
/// Every engine starts from the same weights, sees the same batches and must compute the same function.
/// Used from one thread at a time; may use threads of its own within a call. Failures of the device or
/// of memory are thrown as EngineError. Denormals are flushed on every thread that computes.
class Engine {
 public:
  virtual ~Engine() = default;

  /// Weights by name and, once a step was taken, optimiser state: "optimizer.step" [1],
  /// "optimizer.m/NAME" and "optimizer.v/NAME" (Adam's moments; `m` is SGD's momentum) with the shape of
  /// weight NAME. Copied to the host.
  virtual Parameters state() const = 0;

  /// Takes weights (all of them) and, where present, optimiser state; without it the optimiser starts
  /// anew. Throws EngineError that names the first missing, unknown or misshapen tensor.
  virtual void set_state(const Parameters& state) = 0;

  /// Where the engine's own random numbers are, in bytes that only this engine reads; "" where what it draws
  /// follows from the seed and the steps in state(). With state() it is all that training goes on from.
  virtual std::string random_state() const { return {}; }

  /// Draws on from there. Throws EngineError for bytes that it can't have given.
  virtual void set_random_state(const std::string& state);

  /// Queues one optimiser step on `batch` (ids [reviews, time], labels [reviews]). On the CPU the step is
  /// done on return, and `phases` is told the end of forward, backward and optimizer.
  virtual void train_step(const Batch& batch, double learning_rate, PhaseClock& phases) = 0;

  /// Waits for the device and returns the sums since the last call.
  virtual StepTotals take_totals() = 0;

  /// The probability of the positive class, [reviews]; no dropout. Written on return, or on a device that
  /// works while the host goes on, when synchronize() returns: `positive` must live until then, or as long as
  /// the engine.
  virtual void predict(const Batch& batch, std::span<float> positive) = 0;

  /// Loss and its gradients without taking a step: with the masks of `draw`, or without dropout. For
  /// checks, not for speed.
  virtual LossAndGradients gradients(const Batch& batch, const std::optional<DropoutDraw>& draw) = 0;

  /// What each layer gives, without dropout: "layers.I" [time, reviews, features] and "dense.I"
  /// [reviews, units]. For checks and statistics of units, not for speed.
  virtual Parameters activations(const Batch& batch) = 0;

  /// Waits until all queued work is done and written.
  virtual void synchronize() = 0;

  /// Waits for the device; what it measured since the last call.
  virtual DeviceUse take_device_use() { return {}; }

  /// What a training step on `batch` comes to here; nothing where an engine takes it as written.
  virtual std::optional<StepExplanation> explain(const Batch& /*batch*/) { return std::nullopt; }

  /// What ran: versions, threads, settings that change speed or bits. A JSON object, recorded per run.
  virtual std::string describe() const = 0;
};

}  // namespace rnnbench
