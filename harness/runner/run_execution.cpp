#include "harness/runner/run_execution.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <exception>
#include <iterator>

#include "harness/core/error.hpp"
#include "harness/measure/machine_facts.hpp"
#include "harness/measure/warm_up.hpp"
#include "harness/runner/artifacts.hpp"
#include "harness/runner/train_epoch.hpp"
#include "harness/runner/unit_statistics.hpp"

namespace rnnbench {
namespace {

std::int64_t to_nanoseconds(double seconds) { return std::llround(seconds * 1e9); }

/// The weights without the optimiser's state.
Parameters weights_of(const Engine& engine) {
  Parameters weights = engine.state();
  std::erase_if(weights, [](const auto& entry) { return entry.first.starts_with("optimizer."); });
  return weights;
}

void add_device_use(EpochRecord& record, const DeviceUse& use, int warmup_steps) {
  const auto add = [&](const char* phase, const std::vector<std::int64_t>& samples_ns) {
    add_samples(record.timings, phase, "device", record.epoch, warmup_steps, samples_ns);
  };
  add("forward", use.forward_ns);
  add("backward", use.backward_ns);
  add("optimizer", use.optimizer_ns);
  add("step", use.step_ns);
  if (use.memory_peak > 0) {
    record.metrics.push_back(
        {"device_memory_peak", "", record.epoch, static_cast<double>(use.memory_peak), "bytes"});
  }
}

/// What an environment says of the build: revision, changes, compiler and flags.
std::string build_of(const std::string& environment) {
  const Json json = Json::parse(environment, nullptr, /*allow_exceptions=*/false);
  return json.is_object() && json.contains("build") ? json.at("build").dump() : "";
}

/// The split whose loss is NaN or infinite, or "".
std::string first_loss_not_finite(const EpochRecord& epoch) {
  for (const MetricRecord& metric : epoch.metrics) {
    if (metric.name == "loss" && !std::isfinite(metric.value)) return metric.split;
  }
  return "";
}

/// What the engine says of itself, and what the embedding starts from where that is word vectors.
std::string details_of(const Engine& engine, const GivenVectors* vectors) {
  if (vectors == nullptr) return engine.describe();
  Json details = Json::parse(engine.describe());
  details["word_vectors"] = {{"file", vectors->file},
                             {"format", vectors->vectors.format},
                             {"sha256", vectors->sha256},
                             {"words", vectors->vectors.words},
                             {"found", vectors->vectors.found}};
  return details.dump(-1, ' ', false, Json::error_handler_t::replace);  // a file name may be no UTF-8
}

/// Pinned workers of one machine and build share the row of its environment: what differs is the run's.
std::string particulars_of(const RunSeeds& seeds) {
  return Json{
      {"seeds",
       {{"initialisation", seeds.initialisation}, {"order", seeds.order}, {"dropout", seeds.dropout}}},
      {"processors", allowed_processors_text()}}
      .dump();
}

MetricRecord coverage(const WordVectors& vectors) {
  return {"vectors_found", "", 1, static_cast<double>(vectors.found) / static_cast<double>(vectors.words),
          "fraction"};
}

}  // namespace

RunExecution::RunExecution(const TrialSpec& trial, std::uint64_t seed, const RunServices& services,
                           RunSink& sink, ProgressListener& progress)
    : trial_(trial),
      seeds_(run_seeds(seed)),
      services_(services),
      sink_(sink),
      progress_(progress),
      timer_(trial.device != Device::kCpu),
      learning_rate_(trial.training.schedule, trial.training.optimizer.learning_rate),
      stopping_(trial.training.early_stopping),
      best_accuracy_(WatchedMetric::kValidationAccuracy, 0),
      checkpoints_(services.artifact_root, services.artifact_folder),
      pace_(services.checkpoint_seconds),
      machine_(services.read_machine),
      control_(services.read_control) {}

double RunExecution::own_seconds() const {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
}

std::optional<RunEnd> RunExecution::execute(RunStart start, bool repeat, RunId& id) {
  const EncodedData data = services_.load_data(trial_);
  start.environment = services_.environment.dump();
  start.particulars = particulars_of(seeds_);
  start.repeats = repeat;
  std::unique_ptr<Engine> engine;
  std::shared_ptr<const GivenVectors> vectors;
  std::exception_ptr failure;
  try {
    vectors = given_vectors(data);
    engine = make_engine(data, vectors.get());
    start.engine = details_of(*engine, vectors.get());
    if (vectors) end_.metrics.push_back(coverage(vectors->vectors));
  } catch (...) {
    failure = std::current_exception();
  }
  const std::optional<RunId> claimed = failure ? begin(start) : claim(start, engine, data, vectors.get());
  if (!claimed) return std::nullopt;
  id = *claimed;
  if (failure) std::rethrow_exception(failure);
  return train(*engine, data, id);
}

/// A new run.
std::optional<RunId> RunExecution::begin(const RunStart& start) {
  return start.repeats ? sink_.begin_run(start) : sink_.claim_run(start);
}

/// The run that was left, with `engine` where it was; or a new one.
std::optional<RunId> RunExecution::claim(const RunStart& start, std::unique_ptr<Engine>& engine,
                                         const EncodedData& data, const GivenVectors* vectors) {
  const std::optional<UnfinishedRun> left = sink_.unfinished_run(start);
  if (!left) return begin(start);
  const std::string obstacle = resume(*left, start, *engine, data);
  if (obstacle.empty()) return sink_.resume_run(*left, start) ? std::optional(left->run) : std::nullopt;
  progress_.begun_anew(
      fmt::format("run {} can't go on after epoch {}: {}", left->run, left->checkpoint.epoch, obstacle));
  sink_.drop_checkpoint(left->run);
  checkpoints_.remove_all(left->run);
  engine = make_engine(data, vectors);  // it may have taken a part of the checkpoint
  return begin(start);
}

/// Brings the engine and what is decided by the epochs so far to where `left` was; or says why that can't be,
/// and then has decided nothing.
std::string RunExecution::resume(const UnfinishedRun& left, const RunStart& start, Engine& engine,
                                 const EncodedData& data) {
  const CheckpointRecord& record = left.checkpoint;
  if (left.engine != start.engine) {
    return fmt::format("its engine was another one ({}), now it is {}", left.engine, start.engine);
  }
  if (build_of(left.environment) != build_of(start.environment)) {
    return "it was begun by another build of rnnbench, whose numbers may be others";
  }
  if (static_cast<int>(left.epochs.size()) != record.epoch) {
    return fmt::format("metrics of {} epochs are recorded, not of {}", left.epochs.size(), record.epoch);
  }
  Checkpoint checkpoint;
  try {
    checkpoint = checkpoints_.read(record);
    engine.set_state(checkpoint.state);
    engine.set_random_state(checkpoint.random);
  } catch (const EnvironmentError& error) {
    return error.what();
  } catch (const EngineError& error) {
    return error.what();
  }
  for (const EpochRecord& epoch : left.epochs) {
    if (follow(epoch, data)) best_.epoch = epoch.epoch;
  }
  if (best_.epoch > 0) best_.weights = best_.epoch == record.epoch ? weights_of(engine) : checkpoint.best;
  last_epoch_ = record.epoch;
  first_epoch_ = last_epoch_ + 1;
  end_.train_seconds = left.train_seconds;
  earlier_seconds_ = left.seconds;
  return "";
}

/// Null where the embedding starts from random ones.
std::shared_ptr<const GivenVectors> RunExecution::given_vectors(const EncodedData& data) const {
  if (trial_.model.embedding.vectors.empty()) return nullptr;
  try {
    return services_.given_vectors(trial_, data);
  } catch (const DataError& error) {
    throw EngineError(error.what());  // other trials may do without these vectors: the matrix goes on
  }
}

std::unique_ptr<Engine> RunExecution::make_engine(const EncodedData& data,
                                                  const GivenVectors* vectors) const {
  const EngineSetup setup{.model = trial_.model,
                          .training = trial_.training,
                          .vocabulary = data.vocabulary,
                          .length = data.time,
                          .device = trial_.device,
                          .dropout_seed = seeds_.dropout};
  auto engine = services_.make_engine(trial_.engine, setup);
  const std::span<const float> rows = vectors == nullptr ? std::span<const float>() : vectors->vectors.rows;
  engine->set_state(initial_parameters(trial_.model, data.vocabulary, seeds_.initialisation, rows));
  return engine;
}

RunEnd RunExecution::train(Engine& engine, const EncodedData& data, RunId id) {
  control_.begin();
  for (bool last = false; !last;) {
    EpochRecord record{++last_epoch_, {}, {}};
    last = run_epoch(engine, data, record);
    control_.add_to(record);
    if (!last) write_checkpoint(engine, id, record);
    record.train_seconds = end_.train_seconds;
    record.seconds = seconds();
    if (!last) sink_.epoch_finished(id, record);
    if (record.checkpoint) checkpoints_.remove_all_but(id, record.epoch);
    progress_.epoch_finished(record);
    const std::string broken = first_loss_not_finite(record);
    if (last) unrecorded_ = std::move(record);
    if (!broken.empty()) {
      end_.status = RunStatus::kFailed;
      end_.reason =
          fmt::format("the {} loss is not finite in epoch {}, by step {}", broken, last_epoch_, last_step_);
      end_.predictions.clear();
      return end_;
    }
  }
  write_artifacts(engine, data, id);
  machine_.add_to(end_.metrics, last_epoch_);
  return end_;
}

void RunExecution::record_end(RunId id, const RunEnd& end) {
  sink_.together([&] {
    if (unrecorded_) sink_.epoch_finished(id, *unrecorded_);
    sink_.end_run(id, end);
  });
  unrecorded_.reset();
}

void RunExecution::write_checkpoint(const Engine& engine, RunId id, EpochRecord& record) {
  const double before = own_seconds();
  if (!pace_.is_due(before)) return;
  const bool has_best = best_.epoch == record.epoch;
  record.checkpoint = checkpoints_.write(
      id, record.epoch, {engine.state(), engine.random_state(), has_best ? Parameters{} : best_.weights});
  const double after = own_seconds();
  pace_.wrote(after, after - before);
}

/// Whether it was the last one.
bool RunExecution::run_epoch(Engine& engine, const EncodedData& data, EpochRecord& record) {
  train_one(engine, data, record);
  const bool trained = first_loss_not_finite(record).empty();
  if (trained && data.validation.reviews() > 0) measure(engine, data, data.validation, "validation", record);
  if (!first_loss_not_finite(record).empty()) return true;
  std::ranges::move(unit_metrics(engine, trial_.model, data, record.epoch),
                    std::back_inserter(record.metrics));

  const bool last = decide(engine, data, record);
  if (last && trial_.training.early_stopping.restores() && best_.epoch != record.epoch) {
    engine.set_state(best_.weights);
    best_.weights.clear();
  }
  if (data.test.reviews() > 0 && (last || trial_.evaluation.test_every_epoch)) {
    test(engine, data, record, last);
  }
  return last;
}

void RunExecution::train_one(Engine& engine, const EncodedData& data, EpochRecord& record) {
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
  if (trial_.training.clip_norm > 0) {
    record.metrics.push_back({"clipped_steps", "train", epoch, trained.clipped, "fraction"});
  }
  const DeviceUse use = engine.take_device_use();
  const std::span<const std::int64_t> steps = use.step_ns.empty() ? timer_.steps() : std::span(use.step_ns);
  const int warmup_steps = epoch == first_epoch_ ? static_cast<int>(warm_up_steps(steps)) : 0;
  record.timings = timer_.take(epoch, warmup_steps);
  add_device_use(record, use, warmup_steps);
  record.timings.push_back({"epoch", "host", epoch, false, {to_nanoseconds(trained.seconds)}});
}

/// What follows from an epoch's metrics alone: the next learning rate, whether training goes on, and (the
/// result) whether its weights are the best so far.
bool RunExecution::follow(const EpochRecord& epoch, const EncodedData& data) {
  learning_rate_.follow(epoch);
  stopping_.follow(epoch);
  const bool most_accurate = data.validation.reviews() > 0 && best_accuracy_.improves(epoch);
  return trial_.training.early_stopping.restores() ? stopping_.best_epoch() == epoch.epoch : most_accurate;
}

/// Keeps the weights where they are the best so far. Whether it was the last epoch.
bool RunExecution::decide(const Engine& engine, const EncodedData& data, const EpochRecord& record) {
  const int epoch = record.epoch;
  const bool best = follow(record, data);
  const bool early = stopping_.stops() && epoch < trial_.training.epochs;
  if (early) end_.metrics.push_back({"stopped_epoch", "", epoch, static_cast<double>(epoch), "epoch"});
  const bool last = early || epoch == trial_.training.epochs;

  if (best) best_ = {epoch, last ? Parameters{} : weights_of(engine)};
  return last;
}

Evaluation RunExecution::measure(Engine& engine, const EncodedData& data, const EncodedPart& part,
                                 const std::string& split, EpochRecord& record) {
  const int epoch = record.epoch;
  progress_.evaluating(epoch, split);
  Evaluation evaluation = evaluate(engine, data, part, trial_.evaluation.batch, services_.stop);
  for (const Metric& metric : services_.metrics) {
    record.metrics.push_back(
        {metric.name, split, epoch, metric.of(evaluation.positive, part.labels), metric.unit});
  }
  if (record.timings.back().phase != "evaluate") {
    record.timings.push_back({"evaluate", "host", epoch, false, {}});
  }
  record.timings.back().samples_ns.push_back(to_nanoseconds(evaluation.seconds));
  return evaluation;
}

void RunExecution::test(Engine& engine, const EncodedData& data, EpochRecord& record, bool last) {
  Evaluation evaluation = measure(engine, data, data.test, "test", record);
  if (!last) return;
  end_.predictions.push_back({"test",
                              data.test.digest,
                              {data.test.labels.begin(), data.test.labels.end()},
                              std::move(evaluation.positive),
                              {data.test.ratings.begin(), data.test.ratings.end()},
                              {data.test.plain_words.begin(), data.test.plain_words.end()}});
}

void RunExecution::write_artifacts(const Engine& engine, const EncodedData& data, RunId id) {
  const ArtifactWriter writer(services_.artifact_root, services_.artifact_folder);
  ArtifactRecord last = writer.write_weights(id, "last", weights_of(engine));
  ArtifactRecord best = last;
  best.kind = "parameters_best";
  if (!best_.weights.empty()) best = writer.write_weights(id, "best", best_.weights);
  const int best_epoch = best_.epoch > 0 ? best_.epoch : last_epoch_;
  const EarlyStoppingSpec& stopping = trial_.training.early_stopping;
  const bool by_train_loss = stopping.restores() && !is_of_validation(stopping.metric);
  end_.metrics.push_back({"best_epoch", by_train_loss ? "train" : "validation", last_epoch_,
                          static_cast<double>(best_epoch), "epoch"});
  end_.artifacts = {std::move(last), std::move(best), writer.write_vocabulary(data.words)};
}

}  // namespace rnnbench
