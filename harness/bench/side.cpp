#include "harness/bench/side.hpp"

#include <algorithm>
#include <cmath>
#include <new>

#include "harness/bench/program_side.hpp"
#include "harness/core/error.hpp"
#include "harness/core/seeds.hpp"
#include "harness/measure/machine_use.hpp"
#include "harness/measure/phase_timer.hpp"
#include "harness/measure/quiet.hpp"
#include "harness/model/initializers.hpp"
#include "harness/model/parameters.hpp"

namespace rnnbench {
namespace {

/// The model's first parameters, as far as times depend on them. PyTorch's normal numbers for many words
/// would take half of the time that a side needs to be ready; uniform ones are as wide.
Parameters first_parameters(ModelSpec model, int vocabulary, std::uint64_t seed,
                            const GivenVectors* vectors) {
  if (vectors != nullptr) return initial_parameters(model, vocabulary, seed, vectors->vectors.rows);
  if (model.initializers != Initializers::kPytorch) return initial_parameters(model, vocabulary, seed);
  RandomStream random(seed, 0);
  const std::int64_t count = std::int64_t{vocabulary} * model.embedding.size;
  model.embedding.vectors = "uniform";
  return initial_parameters(model, vocabulary, seed, uniform_within(std::sqrt(3.0), count, random));
}

double bytes_of(const StepExplanation& step) {
  double bytes = 0;
  for (const PhaseWork& phase : step.phases) bytes += phase.bytes;
  return bytes;
}

std::vector<std::int64_t>& of_phase(SideSamples& samples, const std::string& phase) {
  return samples.samples_ns[phase];
}

}  // namespace

Side::Side(const SideSetup& setup, const std::vector<std::string>& engines, const RunServices& services,
           const TickClock& clock)
    : trial_(trial_of(setup, engines)),
      services_(services),
      clock_(clock),
      drawn_tokens_(setup.drawn_tokens),
      input_(trial_, setup, services) {
  const RunSeeds seeds = run_seeds(setup.seed);
  std::shared_ptr<const GivenVectors> vectors;
  if (!trial_.model.embedding.vectors.empty() && !drawn_tokens_)
    vectors = services.given_vectors(trial_, input_.data);
  engine_ = services.make_engine(trial_.engine, {.model = trial_.model,
                                                 .training = trial_.training,
                                                 .vocabulary = input_.data.vocabulary,
                                                 .length = input_.data.time,
                                                 .device = trial_.device,
                                                 .dropout_seed = seeds.dropout,
                                                 .without = setup.without});
  engine_->set_state(
      first_parameters(trial_.model, input_.data.vocabulary, seeds.initialisation, vectors.get()));
}

SideReady Side::ready() const {
  const auto explanation = explain();
  return {engine_->describe(), services_.environment.dump(), drawn_tokens_ ? "drawn" : trial_.data.set,
          explanation ? explanation->operations() : 0, explanation ? bytes_of(*explanation) : 0};
}

std::optional<StepExplanation> Side::explain() const {
  std::optional<StepExplanation> mean;
  const double share = 1.0 / static_cast<double>(input_.batches.size());
  for (const Batch& batch : input_.batches) {
    const std::optional<StepExplanation> found = engine_->explain(batch);
    if (!found) return std::nullopt;
    if (!mean) {
      mean = found;
      mean->written = 0;
      for (ShortcutUse& use : mean->shortcuts) use.done = use.asked = use.operations = 0;
      for (PhaseWork& phase : mean->phases) phase.operations = phase.bytes = 0;
    }
    mean->written += share * found->written;
    for (std::size_t i = 0; i < found->shortcuts.size(); ++i) {
      mean->shortcuts[i].done += share * found->shortcuts[i].done;
      mean->shortcuts[i].asked += share * found->shortcuts[i].asked;
      mean->shortcuts[i].operations += share * found->shortcuts[i].operations;
    }
    for (std::size_t i = 0; i < found->phases.size(); ++i) {
      mean->phases[i].operations += share * found->phases[i].operations;
      mean->phases[i].bytes += share * found->phases[i].bytes;
    }
  }
  return mean;
}

SideSamples Side::measure(const SideRequest& request) {
  SideSamples samples;
  switch (request.work) {
    case SideWork::kTrain:
      train(request.steps, samples);
      break;
    case SideWork::kPhases:
      time_phases(request.steps, samples);
      break;
    case SideWork::kPredict:
      predict(request.steps, samples);
      break;
  }
  wait_until_quiet(kMostSpinSeconds);
  const DeviceUse use = engine_->take_device_use();
  samples.memory_peak = resident_peak();
  samples.device_memory_peak = static_cast<double>(use.memory_peak);
  engine_->take_totals();
  return samples;
}

void Side::train(int steps, SideSamples& samples) {
  NullPhaseClock phases;
  auto& taken = of_phase(samples, "step");
  for (int step = 0; step < steps; ++step) {
    const Batch& batch = input_.batches[next_batch()];
    const std::int64_t begin = clock_.now();
    engine_->train_step(batch, trial_.training.optimizer.learning_rate, phases);
    engine_->synchronize();
    taken.push_back(clock_.now() - begin);
  }
}

void Side::predict(int steps, SideSamples& samples) {
  std::vector<float> positive;
  auto& taken = of_phase(samples, "predict");
  for (int step = 0; step < steps; ++step) {
    const Batch& batch = input_.batches[next_batch()];
    positive.resize(static_cast<std::size_t>(batch.reviews));
    const std::int64_t begin = clock_.now();
    engine_->predict(batch, positive);
    engine_->synchronize();
    taken.push_back(clock_.now() - begin);
  }
}

void Side::time_phases(int steps, SideSamples& samples) {
  PhaseTimer timer(trial_.device != Device::kCpu, clock_);
  BatchBuffer buffer;
  for (int step = 0; step < steps; ++step) {
    const auto& rows = input_.rows[next_batch()];
    timer.begin_step();
    const Batch batch = buffer.gather(input_.data, input_.data.train, rows);
    timer.data_ready();
    engine_->train_step(batch, trial_.training.optimizer.learning_rate, timer);
    timer.end_step();
  }
  for (TimingRecord& timing : timer.take(1, 0)) {
    of_phase(samples, timing.phase == "step" ? "phases" : timing.phase) = std::move(timing.samples_ns);
  }
  DeviceUse use = engine_->take_device_use();
  if (use.step_ns.empty()) return;
  of_phase(samples, "forward") = std::move(use.forward_ns);
  of_phase(samples, "backward") = std::move(use.backward_ns);
  of_phase(samples, "optimizer") = std::move(use.optimizer_ns);
  of_phase(samples, "phases") = std::move(use.step_ns);
}

void serve_side(std::istream& requests, const std::function<void(const std::string& line)>& say,
                const std::vector<std::string>& engines, const RunServices& services) {
  const auto failed = [&](ExitCode code, const char* message) {
    say(to_line(SideFailed{static_cast<int>(code), message}));
  };
  try {
    std::string line;
    if (!std::getline(requests, line)) return;
    const auto serve = [&](auto side) {
      say(to_line(side->ready()));
      while (!services.stop.stop_requested() && std::getline(requests, line)) {
        say(to_line(side->measure(side_request(line))));
      }
    };
    const SideSetup setup = side_setup(line);
    if (trial_of(setup, engines).is_command()) {
      serve(std::make_unique<ProgramSide>(setup, engines, services));
    } else {
      serve(std::make_unique<Side>(setup, engines, services));
    }
  } catch (const Error& error) {
    failed(error.exit_code(), error.what());
  } catch (const std::bad_alloc&) {
    failed(ExitCode::kEnvironment, "not enough memory for this model");
  }
}

}  // namespace rnnbench
