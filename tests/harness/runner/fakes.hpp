#pragma once

#include <limits>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "harness/core/error.hpp"
#include "harness/core/run_sink.hpp"
#include "harness/runner/services.hpp"

namespace rnnbench {

/// In EngineScript::positive_by_evaluation: calls every review what it is.
inline constexpr float kRight = 2;

/// What a test wants a fake engine to do, and what it saw.
struct EngineScript {
  int not_finite_at_step = -1;  ///< counts from 1 over all epochs
  int stop_at_step = -1;
  std::stop_source stop;
  std::vector<std::int32_t> first_ids;  ///< first id of each review trained on, in order
  std::vector<int> batch_sizes;
  std::vector<double> learning_rates;  ///< of each step
  int steps = 0;
  float weight = 0;                           ///< steps taken since the weights that were set
  std::vector<double> train_loss_by_epoch;    ///< of three steps each; the last goes on. Empty: 0.5
  std::vector<float> weights_by_evaluation;   ///< that the n-th evaluation saw
  std::vector<float> positive_by_evaluation;  ///< probability given to all reviews of the n-th evaluation
  std::size_t evaluations = 0;
  std::int64_t clipped_steps = 0;  ///< the first steps of the run
  Parameters activations;          ///< of any batch
  DeviceUse device_use;            ///< of each epoch
  bool predicts_late = false;      ///< as a device does that works while the host goes on
  Parameters initial;              ///< the first weights that were set
  std::string description = R"({"name": "fake"})";
  std::string random = "\x01\xff";
};

/// Learns nothing; its one weight grows by 1 a step.
class FakeEngine : public Engine {
 public:
  explicit FakeEngine(EngineScript& script) : script_(script) {}

  Parameters state() const override {
    return {{"steps", {{1}, {script_.weight}}}, {"optimizer.step", {{1}, {1.0F}}}};
  }
  void set_state(const Parameters& state) override {
    if (script_.initial.empty()) script_.initial = state;
    const auto given = state.find("steps");
    script_.weight = given == state.end() ? 0 : static_cast<float>(given->second.values.at(0));
  }
  void train_step(const Batch& batch, double learning_rate, PhaseClock& phases) override {
    const double loss = train_loss();
    ++script_.steps;
    ++script_.weight;
    script_.learning_rates.push_back(learning_rate);
    for (int i = 0; i < batch.reviews; ++i) {
      script_.first_ids.push_back(
          batch.ids[static_cast<std::size_t>(i) * static_cast<std::size_t>(batch.time)]);
    }
    script_.batch_sizes.push_back(batch.reviews);
    if (script_.steps == script_.stop_at_step) script_.stop.request_stop();
    const bool broken = script_.steps == script_.not_finite_at_step;
    totals_.loss += broken ? std::numeric_limits<double>::quiet_NaN() : loss;
    totals_.reviews += batch.reviews;
    totals_.correct += batch.reviews;
    totals_.clipped += script_.steps <= script_.clipped_steps ? 1 : 0;
    ++totals_.steps;
    phases.finished(Phase::kForward);
    phases.finished(Phase::kBackward);
    phases.finished(Phase::kOptimizer);
  }
  StepTotals take_totals() override { return std::exchange(totals_, {}); }
  void predict(const Batch& batch, std::span<float> positive) override {
    const auto& script = script_.positive_by_evaluation;
    const float value = script.empty() ? 0.75F : script[std::min(script_.evaluations, script.size() - 1)];
    for (std::size_t i = 0; i < positive.size(); ++i) {
      late_.push_back({&positive[i], value != kRight ? value : batch.labels[i] == 1 ? 0.9F : 0.1F});
    }
    if (!script_.predicts_late) synchronize();
    ++script_.evaluations;
    script_.weights_by_evaluation.push_back(script_.weight);
  }
  LossAndGradients gradients(const Batch& /*batch*/, const std::optional<DropoutDraw>& /*draw*/) override {
    return {};
  }
  Parameters activations(const Batch& /*batch*/) override { return script_.activations; }
  void synchronize() override {
    for (const auto& [place, value] : std::exchange(late_, {})) *place = value;
  }
  DeviceUse take_device_use() override { return script_.device_use; }
  std::string random_state() const override { return script_.random; }
  void set_random_state(const std::string& state) override { script_.random = state; }
  std::string describe() const override { return script_.description; }

 private:
  double train_loss() const {
    const std::vector<double>& losses = script_.train_loss_by_epoch;
    const auto epoch = static_cast<std::size_t>(script_.steps) / 3;
    return losses.empty() ? 0.5 : losses[std::min(epoch, losses.size() - 1)];
  }

  EngineScript& script_;
  StepTotals totals_;
  std::vector<std::pair<float*, float>> late_;  ///< predictions not yet written
};

/// Keeps everything in memory.
class RecordingSink final : public RunSink {
 public:
  struct Recorded {
    RunStart start;
    std::vector<EpochRecord> epochs;
    RunEnd end;
    std::optional<CheckpointRecord> checkpoint = {};
  };

  std::set<RunKey> finished_runs() override { return finished; }
  void add_trials(const ExperimentRecord& /*experiment*/, const std::vector<TrialRecord>& trials) override {
    known_trials = trials.size();
  }
  RunId begin_run(const RunStart& start) override {
    runs.push_back({start, {}, {}, {}});
    runs.back().end.status = RunStatus::kRunning;
    return static_cast<RunId>(runs.size());
  }
  std::optional<RunId> claim_run(const RunStart& start) override {
    if (finished.contains({start.trial.key, start.seed}) || taken_by_another) return std::nullopt;
    return begin_run(start);
  }
  std::optional<UnfinishedRun> unfinished_run(const RunStart& start) override {
    for (std::size_t i = 0; i < runs.size(); ++i) {
      const Recorded& run = runs[i];
      const bool is_same = run.start.trial.key == start.trial.key && run.start.seed == start.seed;
      if (!is_same || !run.checkpoint || run.end.status != RunStatus::kInterrupted) continue;
      if (start.repeats && i < finished_up_to) continue;
      UnfinishedRun left{static_cast<RunId>(i + 1), run.start.engine, *run.checkpoint, run.epochs, 0, 0};
      left.epochs.resize(static_cast<std::size_t>(run.checkpoint->epoch));
      left.train_seconds = left.epochs.back().train_seconds;
      left.seconds = run.end.seconds;
      left.environment = run.start.environment;
      return left;
    }
    return std::nullopt;
  }
  bool resume_run(const UnfinishedRun& left, const RunStart& /*start*/) override {
    if (taken_by_another) return false;
    at(left.run).end.status = RunStatus::kRunning;
    at(left.run).epochs = left.epochs;
    resumed_from.push_back(left.checkpoint.epoch);
    return true;
  }
  void drop_checkpoint(RunId run) override { at(run).checkpoint.reset(); }
  void epoch_finished(RunId run, const EpochRecord& epoch) override {
    at(run).epochs.push_back(epoch);
    transactions_by_epoch.push_back(transactions);
    if (epoch.checkpoint) at(run).checkpoint = epoch.checkpoint;
  }
  void end_run(RunId run, const RunEnd& end) override {
    at(run).end = end;
    if (end.status != RunStatus::kInterrupted) at(run).checkpoint.reset();
    const RunStart& start = at(run).start;
    if (end.status == RunStatus::kFinished) finished.insert({start.trial.key, start.seed});
  }
  void skip_run(const RunStart& start, const std::string& reason) override {
    skipped.emplace_back(start.trial.key, reason);
  }
  void together(const std::function<void()>& calls) override {
    ++transactions;
    calls();
  }
  Recorded& at(RunId run) { return runs.at(static_cast<std::size_t>(run - 1)); }

  bool taken_by_another = false;           ///< by a process that started it in the meantime
  std::size_t finished_up_to = 0;          ///< runs begun before the last one that finished
  int transactions = 0;                    ///< of calls together
  std::vector<int> transactions_by_epoch;  ///< how many had begun
  std::set<RunKey> finished;
  std::size_t known_trials = 0;
  std::vector<Recorded> runs;
  std::vector<std::pair<std::string, std::string>> skipped;
  std::vector<int> resumed_from;  ///< epochs of the checkpoints that runs went on from
};

/// Ten training, four validation and six test reviews of three tokens; labels alternate; the first id of
/// training review i is i.
inline EncodedData tiny_data(bool with_validation) {
  struct Memory {
    std::vector<std::int32_t> ids = std::vector<std::int32_t>(60, 1);
    std::vector<std::int32_t> lengths = std::vector<std::int32_t>(20, 3);
    std::vector<std::uint8_t> labels = std::vector<std::uint8_t>(20);
  };
  auto memory = std::make_shared<Memory>();
  for (std::size_t i = 0; i < 20; ++i) {
    memory->labels[i] = i % 2 == 0 ? 0 : 1;
    memory->ids[3 * i] = static_cast<std::int32_t>(i);
  }
  const auto part = [&](std::size_t first, std::size_t count, const char* digest) {
    return EncodedPart{std::span(memory->ids).subspan(3 * first, 3 * count),
                       std::span(memory->lengths).subspan(first, count),
                       std::span(memory->labels).subspan(first, count), digest};
  };
  EncodedData data;
  data.time = 3;
  data.vocabulary = 20;
  data.train = part(0, 10, "train");
  data.validation = with_validation ? part(10, 4, "validation") : EncodedPart{};
  data.test = part(14, 6, "test");
  data.words = {"good", "bad\xff"};
  data.memory = memory;
  return data;
}

inline TrialRecord tiny_record(const std::string& key) {
  TrialRecord record;
  record.key = key;
  return record;
}

inline TrialSpec tiny_trial(int epochs) {
  TrialSpec trial;
  trial.engine = "fake";
  trial.model.embedding.size = 2;
  trial.model.layers.resize(1);
  trial.model.layers[0].units = 2;
  trial.training.batch = 4;
  trial.training.epochs = epochs;
  return trial;
}

inline RunServices fake_services(EngineScript& script, const std::string& folder,
                                 bool with_validation = true) {
  RunServices services;
  services.load_data = [with_validation](const TrialSpec&) { return tiny_data(with_validation); };
  services.obstacle = [](const TrialSpec&) { return std::string(); };
  services.make_engine = [&script](const std::string&, const EngineSetup&) {
    return std::make_unique<FakeEngine>(script);
  };
  services.environment = {{"machine", "test"}};
  services.artifact_root = folder;
  services.artifact_folder = "files";
  services.stop = script.stop.get_token();
  services.checkpoint_seconds = 0;
  return services;
}

}  // namespace rnnbench
