#include "harness/workers/worker.hpp"

#include "harness/core/error.hpp"
#include "harness/runner/run_trial.hpp"
#include "harness/workers/worker_messages.hpp"

namespace rnnbench {
namespace {

using Say = std::function<void(const std::string&)>;

/// Says which run was taken, as soon as there is a row: whoever finds this process gone can then end it.
class TellingSink final : public RunSink {
 public:
  TellingSink(RunSink& sink, const Say& say) : sink_(sink), say_(say) {}

  std::set<RunKey> finished_runs() override { return sink_.finished_runs(); }
  void add_trials(const ExperimentRecord& experiment, const std::vector<TrialRecord>& trials) override {
    sink_.add_trials(experiment, trials);
  }
  RunId begin_run(const RunStart& start) override { return *told(sink_.begin_run(start)); }
  std::optional<RunId> claim_run(const RunStart& start) override { return told(sink_.claim_run(start)); }
  std::optional<UnfinishedRun> unfinished_run(const RunStart& start) override {
    return sink_.unfinished_run(start);
  }
  bool resume_run(const UnfinishedRun& left, const RunStart& start) override {
    const bool mine = sink_.resume_run(left, start);
    if (mine) told(left.run);
    return mine;
  }
  void drop_checkpoint(RunId run) override { sink_.drop_checkpoint(run); }
  void epoch_finished(RunId run, const EpochRecord& epoch) override { sink_.epoch_finished(run, epoch); }
  void run_wrote(RunId run, const std::string& lines) override { sink_.run_wrote(run, lines); }
  void end_run(RunId run, const RunEnd& end) override { sink_.end_run(run, end); }
  void skip_run(const RunStart& start, const std::string& reason) override { sink_.skip_run(start, reason); }
  void together(const std::function<void()>& calls) override { sink_.together(calls); }

 private:
  std::optional<RunId> told(std::optional<RunId> run) const {
    if (run) say_(to_line(RunTaken{*run}));
    return run;
  }

  RunSink& sink_;
  const Say& say_;
};

class TellingProgress final : public ProgressListener {
 public:
  explicit TellingProgress(const Say& say) : say_(say) {}

  void begun_anew(const std::string& why) override { say_(to_line(BegunAnew{why})); }
  void step(int epoch, double share, double loss, double accuracy) override {
    say_(to_line(StepDone{epoch, share, loss, accuracy}));
  }
  void evaluating(int epoch, const std::string& split) override {
    say_(to_line(EvaluationBegun{epoch, split}));
  }
  void epoch_finished(const EpochRecord& epoch) override { say_(to_line(EpochDone{epoch})); }

 private:
  const Say& say_;
};

void serve(const RunRequest& request, const Say& say, const std::vector<std::string>& engines,
           const RunServices& services, RunSink& sink) {
  TrialSpec trial = trial_from_canonical(Json::parse(request.settings), engines);
  trial.model.embedding.vectors = request.vectors;
  RunStart start{request.experiment, trial_record(trial, request.key, request.settings), request.seed, "",
                 "{}"};
  start.estimated_seconds = request.estimated_seconds;
  TellingSink telling_sink(sink, say);
  TellingProgress telling_progress(say);
  const auto end = run_trial(trial, start, request.repeat, services, telling_sink, telling_progress);
  say(to_line(end ? RunOver{true, end->status, end->reason, end->seconds}
                  : RunOver{false, RunStatus::kFinished, ""}));
}

}  // namespace

void serve_runs(std::istream& requests, const Say& say, const std::vector<std::string>& engines,
                const RunServices& services, RunSink& sink) {
  try {
    say(to_line(WorkerReady{}));
    for (std::string line; !services.stop.stop_requested() && std::getline(requests, line);) {
      serve(run_request(line), say, engines, services, sink);
    }
  } catch (const Interrupted&) {
    say(to_line(RunOver{true, RunStatus::kInterrupted, ""}));
  } catch (const Error& error) {
    say(to_line(WorkerFailed{static_cast<int>(error.exit_code()), error.what()}));
  }
}

}  // namespace rnnbench
