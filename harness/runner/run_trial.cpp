#include "harness/runner/run_trial.hpp"

#include <fmt/format.h>

#include <cmath>
#include <exception>
#include <new>

#include "harness/core/error.hpp"
#include "harness/core/seeds.hpp"
#include "harness/runner/artifacts.hpp"
#include "harness/runner/evaluate.hpp"
#include "harness/runner/learning_rate.hpp"
#include "harness/runner/train_epoch.hpp"

namespace rnnbench {
namespace {

// The first steps of a run fill caches and start threads; their timings are kept apart.
constexpr int kWarmupSteps = 3;

std::int64_t to_nanoseconds(double seconds) { return std::llround(seconds * 1e9); }

/// The weights without the optimiser's state.
Parameters weights_of(const Engine& engine) {
  Parameters weights = engine.state();
  std::erase_if(weights, [](const auto& entry) { return entry.first.starts_with("optimizer."); });
  return weights;
}

/// The split whose loss is NaN or infinite, or "".
std::string first_loss_not_finite(const EpochRecord& epoch) {
  for (const MetricRecord& metric : epoch.metrics) {
    if (metric.name == "loss" && !std::isfinite(metric.value)) return metric.split;
  }
  return "";
}

/// The epoch whose weights are kept as the best: highest validation accuracy, the first of equals.
struct BestEpoch {
  int epoch = 0;
  double accuracy = -1;
  Parameters weights;
};

/// One run from the first epoch to the last.
class Run {
 public:
  Run(const TrialSpec& trial, std::uint64_t seed, const RunServices& services, RunSink& sink,
      ProgressListener& progress)
      : trial_(trial),
        seeds_(run_seeds(seed)),
        services_(services),
        sink_(sink),
        progress_(progress),
        timer_(trial.device != Device::kCpu),
        learning_rate_(trial.training.schedule, trial.training.optimizer.learning_rate) {}

  /// Nothing where another process has the run; `id` is set as soon as there is a row.
  std::optional<RunEnd> execute(RunStart start, bool repeat, RunId& id) {
    const EncodedData data = services_.load_data(trial_);
    start.environment = services_.environment.dump();
    std::unique_ptr<Engine> engine;
    std::exception_ptr failure;
    try {
      engine = make_engine(data);
      start.engine = engine->describe();
    } catch (...) {
      failure = std::current_exception();
    }
    const std::optional<RunId> claimed = repeat ? sink_.begin_run(start) : sink_.claim_run(start);
    if (!claimed) return std::nullopt;
    id = *claimed;
    if (failure) std::rethrow_exception(failure);
    return train(*engine, data, id);
  }

  double train_seconds() const { return end_.train_seconds; }

 private:
  std::unique_ptr<Engine> make_engine(const EncodedData& data) const {
    const EngineSetup setup{.model = trial_.model,
                            .training = trial_.training,
                            .vocabulary = data.vocabulary,
                            .length = data.time,
                            .device = trial_.device,
                            .dropout_seed = seeds_.dropout};
    auto engine = services_.make_engine(trial_.engine, setup);
    engine->set_state(initial_parameters(trial_.model, data.vocabulary, seeds_.initialisation));
    return engine;
  }

  RunEnd train(Engine& engine, const EncodedData& data, RunId id) {
    const int epochs = trial_.training.epochs;
    for (int epoch = 1; epoch <= epochs; ++epoch) {
      EpochRecord record{epoch, {}, {}};
      const bool finite = train_one(engine, data, record);
      if (finite) {
        evaluate_parts(engine, data, record, epoch == epochs);
        learning_rate_.follow(record);
      }
      sink_.epoch_finished(id, record);
      progress_.epoch_finished(record);
      if (const std::string broken = first_loss_not_finite(record); !broken.empty()) {
        end_.status = RunStatus::kFailed;
        end_.reason =
            fmt::format("the {} loss is not finite in epoch {}, by step {}", broken, epoch, last_step_);
        end_.predictions.clear();
        return end_;
      }
    }
    write_artifacts(engine, data, id);
    return end_;
  }

  bool train_one(Engine& engine, const EncodedData& data, EpochRecord& record) {
    const int epoch = record.epoch;
    const double rate = learning_rate_.rate();
    const TrainedEpoch trained = train_epoch(
        engine, data, data.train, trial_.training.batch, rate, seeds_.order, epoch, timer_, services_.stop,
        [&](double share, double loss, double accuracy) { progress_.step(epoch, share, loss, accuracy); });
    last_step_ = trained.steps;
    end_.train_seconds += trained.seconds;
    record.metrics = {{"loss", "train", epoch, trained.loss, "nats"},
                      {"accuracy", "train", epoch, trained.accuracy, "fraction"},
                      {"gradient_norm", "train", epoch, trained.gradient_norm, ""},
                      {"learning_rate", "train", epoch, rate, ""}};
    record.timings = timer_.take(epoch, epoch == 1 ? kWarmupSteps : 0);
    record.timings.push_back({"epoch", "host", epoch, false, {to_nanoseconds(trained.seconds)}});
    return trained.finite;
  }

  void evaluate_parts(Engine& engine, const EncodedData& data, EpochRecord& record, bool last) {
    const int epoch = record.epoch;
    TimingRecord timing{"evaluate", "host", epoch, false, {}};
    const auto measure = [&](const EncodedPart& part, const std::string& split) {
      progress_.evaluating(epoch, split);
      Evaluation evaluation = evaluate(engine, data, part, trial_.evaluation.batch, services_.stop);
      record.metrics.push_back({"loss", split, epoch, evaluation.loss, "nats"});
      record.metrics.push_back({"accuracy", split, epoch, evaluation.accuracy, "fraction"});
      timing.samples_ns.push_back(to_nanoseconds(evaluation.seconds));
      return evaluation;
    };
    if (data.validation.reviews() > 0) {
      const double accuracy = measure(data.validation, "validation").accuracy;
      if (accuracy > best_.accuracy) best_ = {epoch, accuracy, last ? Parameters{} : weights_of(engine)};
    }
    if (data.test.reviews() > 0 && (last || trial_.evaluation.test_every_epoch)) {
      Evaluation evaluation = measure(data.test, "test");
      if (last) {
        end_.predictions.push_back({"test",
                                    data.test.digest,
                                    {data.test.labels.begin(), data.test.labels.end()},
                                    std::move(evaluation.positive)});
      }
    }
    if (!timing.samples_ns.empty()) record.timings.push_back(std::move(timing));
  }

  void write_artifacts(const Engine& engine, const EncodedData& data, RunId id) {
    const ArtifactWriter writer(services_.artifact_root, services_.artifact_folder);
    ArtifactRecord last = writer.write_weights(id, "last", weights_of(engine));
    ArtifactRecord best = last;
    best.kind = "parameters_best";
    if (!best_.weights.empty()) best = writer.write_weights(id, "best", best_.weights);
    const int best_epoch = best_.epoch > 0 ? best_.epoch : trial_.training.epochs;
    end_.metrics.push_back(
        {"best_epoch", "validation", trial_.training.epochs, static_cast<double>(best_epoch), "epoch"});
    end_.artifacts = {std::move(last), std::move(best), writer.write_vocabulary(data.words)};
  }

  const TrialSpec& trial_;
  RunSeeds seeds_;
  const RunServices& services_;
  RunSink& sink_;
  ProgressListener& progress_;
  PhaseTimer timer_;
  LearningRate learning_rate_;
  BestEpoch best_;
  std::int64_t last_step_ = 0;
  RunEnd end_;
};

}  // namespace

std::optional<RunEnd> run_trial(const TrialSpec& trial, const RunStart& start, bool repeat,
                                const RunServices& services, RunSink& sink, ProgressListener& progress) {
  RunId id = -1;
  Run run(trial, start.seed, services, sink, progress);
  const auto ended = [&](RunStatus status, const std::string& reason) {
    RunEnd end;
    end.status = status;
    end.reason = reason;
    end.train_seconds = run.train_seconds();
    return end;
  };
  RunEnd end;
  try {
    std::optional<RunEnd> executed = run.execute(start, repeat, id);
    if (!executed) return std::nullopt;
    end = std::move(*executed);
  } catch (const EngineError& error) {
    end = ended(RunStatus::kFailed, error.what());
  } catch (const std::bad_alloc&) {
    end = ended(RunStatus::kFailed, "not enough memory");
    if (id < 0)
      throw EnvironmentError("not enough memory to load the data; use a shorter recipe.length or a limit");
  } catch (const Interrupted&) {
    if (id >= 0) sink.end_run(id, ended(RunStatus::kInterrupted, "stopped by the user"));
    throw;
  } catch (const Error& error) {
    if (id >= 0) sink.end_run(id, ended(RunStatus::kFailed, error.what()));
    throw;
  }
  sink.end_run(id, end);
  progress.run_finished(end);
  return end;
}

}  // namespace rnnbench
