#include "harness/runner/baseline_execution.hpp"

#include <cmath>
#include <exception>
#include <utility>

#include "harness/core/error.hpp"
#include "harness/core/seeds.hpp"
#include "harness/measure/machine_facts.hpp"
#include "harness/runner/artifacts.hpp"

namespace rnnbench {
namespace {

std::int64_t to_nanoseconds(double seconds) { return std::llround(seconds * 1e9); }

std::string particulars_of(std::uint64_t seed) {
  return Json{{"seeds", {{"order", seed}}}, {"processors", allowed_processors_text()}}.dump();
}

}  // namespace

BaselineExecution::BaselineExecution(const TrialSpec& trial, std::uint64_t seed, const RunServices& services,
                                     RunSink& sink, ProgressListener& progress)
    : trial_(trial),
      seed_(run_seeds(seed).order),
      services_(services),
      sink_(sink),
      progress_(progress),
      machine_(services.read_machine) {}

std::optional<RunEnd> BaselineExecution::execute(RunStart start, bool repeat, RunId& id) {
  const std::shared_ptr<const SplitTokens> data = services_.load_tokens(trial_);
  start.environment = services_.environment.dump();
  start.particulars = particulars_of(seed_);
  start.repeats = repeat;
  std::unique_ptr<Baseline> baseline;
  std::exception_ptr failure;
  try {
    baseline = services_.make_baseline(trial_.engine, {trial_.baseline, trial_.recipe, seed_});
    start.engine = baseline->describe();
  } catch (...) {
    failure = std::current_exception();
  }
  const std::optional<RunId> claimed = repeat ? sink_.begin_run(start) : sink_.claim_run(start);
  if (!claimed) return std::nullopt;
  id = *claimed;
  if (failure) std::rethrow_exception(failure);

  fit(*baseline, *data, id);
  evaluate(*baseline, *data);
  progress_.epoch_finished(rounds_.back());
  write_artifacts(*baseline, *data, id);
  machine_.add_to(end_.metrics, rounds_.back().epoch);
  return end_;
}

void BaselineExecution::fit(Baseline& baseline, const SplitTokens& data, RunId id) {
  fit_begin_ = round_begin_ = written_ = Clock::now();
  const auto take = [&](const BaselineRound& round) { take_round(round, id); };
  const FittedBaseline fitted = baseline.fit(data.train, data.validation, take, services_.stop);
  end_.train_seconds = rounds_.back().train_seconds = seconds_since(fit_begin_);
  describe_model(fitted);
}

void BaselineExecution::take_round(const BaselineRound& round, RunId id) {
  constexpr double kSecondsBetweenWrites = 0.25;
  EpochRecord record{round.round, {{"loss", "train", round.round, round.train_loss, "nats"}}, {}};
  if (!std::isnan(round.validation_loss)) {
    record.metrics.push_back({"loss", "validation", round.round, round.validation_loss, "nats"});
  }
  record.timings = {{"epoch", "host", round.round, false, {to_nanoseconds(seconds_since(round_begin_))}}};
  record.train_seconds = end_.train_seconds = seconds_since(fit_begin_);
  record.seconds = seconds();
  if (!rounds_.empty()) progress_.epoch_finished(rounds_.back());
  rounds_.push_back(std::move(record));
  if (seconds_since(written_) >= kSecondsBetweenWrites) {
    write_rounds(id);
    written_ = Clock::now();
  }
  round_begin_ = Clock::now();
}

void BaselineExecution::write_rounds(RunId id) {
  EpochRecord last = std::move(rounds_.back());
  rounds_.pop_back();
  if (!rounds_.empty()) {
    sink_.together([&] {
      for (const EpochRecord& round : rounds_) sink_.epoch_finished(id, round);
    });
  }
  rounds_.clear();
  rounds_.push_back(std::move(last));
}

void BaselineExecution::describe_model(const FittedBaseline& fitted) {
  const int last = rounds_.back().epoch;
  const bool validated = trial_.baseline.trees.patience > 0 && trial_.engine == kBoostedTrees;
  if (fitted.stopped_early) {
    end_.metrics.push_back({"stopped_epoch", "", last, static_cast<double>(last), "epoch"});
  }
  end_.metrics.push_back({"best_epoch", validated ? "validation" : "train", last,
                          static_cast<double>(fitted.rounds_kept), "epoch"});
  end_.metrics.push_back({"parameters", "", last, static_cast<double>(fitted.parameters), ""});
}

std::vector<float> BaselineExecution::measure(Baseline& baseline, const TokenRows& rows,
                                              const std::string& split) {
  if (services_.stop.stop_requested()) throw Interrupted();
  EpochRecord& record = rounds_.back();
  progress_.evaluating(record.epoch, split);
  const auto begin = Clock::now();
  std::vector<float> positive = baseline.predict(rows);
  const double took = seconds_since(begin);
  for (const Metric& metric : services_.metrics) {
    record.metrics.push_back(
        {metric.name, split, record.epoch, metric.of(positive, rows.labels), metric.unit});
  }
  if (split != "train") record.timings.back().samples_ns.push_back(to_nanoseconds(took));
  return positive;
}

/// Of the model that is kept; the losses of the last round give way to it.
void BaselineExecution::evaluate(Baseline& baseline, const SplitTokens& data) {
  EpochRecord& record = rounds_.back();
  record.metrics.clear();
  record.timings.push_back({"evaluate", "host", record.epoch, false, {}});
  measure(baseline, data.train, "train");
  if (data.validation.reviews() > 0) measure(baseline, data.validation, "validation");
  if (data.test.reviews() > 0) {
    std::vector<float> positive = measure(baseline, data.test, "test");
    end_.predictions.push_back({"test", data.test.digest, data.test.labels, std::move(positive),
                                data.test.ratings, data.test.plain_words});
  }
  if (record.timings.back().samples_ns.empty()) record.timings.pop_back();
  record.seconds = seconds();
}

void BaselineExecution::write_artifacts(const Baseline& baseline, const SplitTokens& data, RunId id) {
  const ArtifactWriter writer(services_.artifact_root, services_.artifact_folder);
  ArtifactRecord last = writer.write_weights(id, "last", baseline.state());
  ArtifactRecord best = last;
  best.kind = "parameters_best";  // there is one model
  end_.metrics.push_back({"model_size", "", rounds_.back().epoch, static_cast<double>(last.bytes), "bytes"});
  end_.artifacts = {std::move(last), std::move(best), writer.write_vocabulary(data.words)};
}

void BaselineExecution::record_end(RunId id, const RunEnd& end) {
  sink_.together([&] {
    for (const EpochRecord& round : rounds_) sink_.epoch_finished(id, round);
    sink_.end_run(id, end);
  });
  rounds_.clear();
}

}  // namespace rnnbench
