#include "results/query/compared_runs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "harness/measure/control_work.hpp"
#include "results/query/compared_timings.hpp"
#include "results/query/figure_data.hpp"
#include "results/query/plain_text.hpp"
#include "results/query/review_counts.hpp"
#include "results/store/sqlite_error.hpp"

namespace rnnbench {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kLongestName = 60;
constexpr std::size_t kRunsNamed = 3;

Json parsed(const std::string& text) { return Json::parse(text, nullptr, /*allow_exceptions=*/false); }

std::string name_text(const std::string& name) { return cut_to_width(visible_text(name), kLongestName); }

/// Keeps the finished runs; `remarks` names the first of the others.
JudgedSubject finished_of(const JudgedSubject& subject, std::vector<std::string>& remarks) {
  JudgedSubject finished{name_text(subject.label), subject.trials, {}};
  std::size_t others = 0;
  for (const JudgedRun& run : subject.runs) {
    if (run.status == "finished") {
      finished.runs.push_back(run);
    } else if (++others <= kRunsNamed) {
      remarks.push_back(fmt::format("run {} did not finish ({}) and is not judged", run.run, run.status));
    }
  }
  if (others > kRunsNamed) {
    remarks.push_back(fmt::format("{} more runs of {} did not finish", others - kRunsNamed, finished.label));
  }
  return finished;
}

/// Why the two can't be judged at all, or "".
std::string flaw_of_subjects(const JudgedSubject& first, const JudgedSubject& second) {
  for (const JudgedSubject* subject : {&first, &second}) {
    if (subject->trials > 1) {
      return fmt::format(
          "{} is of {} trials, and only the seeds of one are replicates: add conditions until one is left; "
          "`rnnbench list --group-by trial` shows them",
          subject->label, subject->trials);
    }
    if (subject->runs.empty()) return fmt::format("no run of {} is finished", subject->label);
  }
  for (const JudgedRun& run : first.runs) {
    const auto same = [&](const JudgedRun& other) { return other.run == run.run; };
    if (std::ranges::any_of(second.runs, same)) return fmt::format("run {} is in both", run.run);
  }
  return "";
}

/// What of the settings decides which reviews are tested.
Json test_set_of(const JudgedRun& run) {
  const Json settings = parsed(run.settings);
  if (!settings.is_object() || !settings.contains("data") || !settings["data"].is_object()) return nullptr;
  Json data = settings["data"];
  data.erase("validation");
  if (data.contains("limit") && data["limit"].is_object()) {
    data["limit"].erase("train");
    data["limit"].erase("validation");
  }
  return data;
}

bool are_of_bench(const JudgedSubject& subject) {
  return std::ranges::none_of(subject.runs, [](const JudgedRun& run) { return run.session.empty(); });
}

std::vector<SeedAccuracy> accuracies_of(const JudgedSubject& subject) {
  std::vector<SeedAccuracy> accuracies;
  for (const JudgedRun& run : subject.runs) accuracies.push_back({run.seed, run.accuracy});
  return accuracies;
}

/// Those with one seed; a run alone against a run alone is a pair too.
std::vector<std::pair<const JudgedRun*, const JudgedRun*>> pairs_of(const JudgedSubject& first,
                                                                    const JudgedSubject& second) {
  const bool are_single = first.runs.size() == 1 && second.runs.size() == 1;
  std::vector<std::pair<const JudgedRun*, const JudgedRun*>> pairs;
  for (const JudgedRun& one : first.runs) {
    for (const JudgedRun& other : second.runs) {
      if (are_single || one.seed == other.seed) pairs.emplace_back(&one, &other);
    }
  }
  return pairs;
}

void add_accuracies(Database& database, const JudgedSubject& first, const JudgedSubject& second,
                    ComparedRuns& runs) {
  if (are_of_bench(first) && are_of_bench(second)) {
    runs.accuracies_flaw = "`rnnbench bench` measures none";
    return;
  }
  if (test_set_of(first.runs.front()) != test_set_of(second.runs.front())) {
    runs.accuracies_flaw = "the test sets differ: see data.* among the settings";
    return;
  }
  for (const auto& [one, other] : pairs_of(first, second)) {
    PredictionPair pair = predictions_of(database, one->run, other->run);
    if (pair.are_of_other_reviews) {
      runs.accuracies_flaw =
          fmt::format("runs {} and {} were tested on different reviews", one->run, other->run);
      return;
    }
    if (!pair.problem.empty()) runs.remarks.push_back(std::move(pair.problem));
    if (pair.counts) runs.predictions.push_back(*pair.counts);
  }
  runs.first_accuracies = accuracies_of(first);
  runs.second_accuracies = accuracies_of(second);
}

TrialData trial_of(const JudgedRun& run) {
  TrialData trial;
  trial.engine = run.engine, trial.device = run.device, trial.settings = run.settings;
  return trial;
}

ParityState parity_of(Database& database, const JudgedRun& first, const JudgedRun& second) {
  if (first.engine == second.engine && first.device == second.device) return ParityState::kSameEngine;
  const TrialData one = trial_of(first), other = trial_of(second);
  const std::string model = model_text(one);
  if (model == "null" || model != model_text(other)) return ParityState::kNotShown;
  const auto checks =
      with_store_errors(database.path(), [&] { return load_parity(database.connection(), {one}); });
  const ParityData* check = find_parity(checks, model, one, other);
  if (check == nullptr) return ParityState::kNotShown;
  return check->shown ? ParityState::kShown : ParityState::kRefuted;
}

std::string engine_name(const JudgedRun& run) {
  return run.device == "cpu" ? name_text(run.engine) : name_text(run.engine) + ":" + name_text(run.device);
}

/// Commands that would supply what is missing; a database knows experiments by name, not their files.
void add_remedies(const JudgedRun& first, const JudgedRun& second, ComparedRuns& runs) {
  const std::string engines = engine_name(first) + "," + engine_name(second);
  const bool is_one_model = model_text(trial_of(first)) == model_text(trial_of(second));
  const std::string file =
      fmt::format("`, FILE being that of the experiment '{}'", name_text(first.experiment));
  runs.run_more = "`rnnbench run FILE --seeds 1..5" + file;
  if (!first.session.empty()) {
    const auto command = [](const std::string& recorded, const char* without) {
      return recorded.empty() ? without : visible_text(recorded);
    };
    runs.time_them = fmt::format("`{}` with a larger --for", command(first.bench_command, "rnnbench bench"));
    if (is_one_model) {
      runs.show_parity =
          fmt::format("`{} --engines {}`", command(first.parity_command, "rnnbench parity"), engines);
    }
    return;
  }
  const bool is_one_engine = first.engine == second.engine && first.device == second.device;
  runs.time_them = is_one_engine ? "`rnnbench run FILE --seeds 1..5" + file
                                 : fmt::format("`rnnbench bench FILE --engines {}{}", engines, file);
  if (is_one_model) runs.show_parity = fmt::format("`rnnbench parity FILE --engines {}{}", engines, file);
}

/// Of times in runs of their own: whether the machine was the same, as far as the control says.
std::string machine_remark(double control_ratio, const std::string& second) {
  const std::string begin = "their steps were timed in runs of their own, not in turns";
  if (!std::isfinite(control_ratio)) return begin + ": the machine may have changed";
  const bool changed = std::max(control_ratio, 1 / control_ratio) > 1 + kControlShare;
  return fmt::format("{}{} a control that is always the same took {:.2f} times as long in those of {}", begin,
                     changed ? ", and the machine changed:" : ";", control_ratio, second);
}

void add_control_problems(const JudgedSubject& subject, std::vector<std::string>& remarks) {
  std::size_t named = 0;
  for (const JudgedRun& run : subject.runs) {
    const auto problem = run.clock_problems.find("control");
    if (problem == run.clock_problems.end() || ++named > kRunsNamed) continue;
    remarks.push_back("without its control: " + problem->second);
  }
}

}  // namespace

ComparedRuns compared_runs(Database& database, const JudgedSubject& first, const JudgedSubject& second) {
  ComparedRuns runs;
  const JudgedSubject one = finished_of(first, runs.remarks);
  const JudgedSubject other = finished_of(second, runs.remarks);
  runs.first = one.label, runs.second = other.label;
  // Of several trials there may be several models: the parity of one says nothing of the others.
  if (!first.runs.empty() && !second.runs.empty() && first.trials == 1 && second.trials == 1) {
    runs.parity = parity_of(database, first.runs.front(), second.runs.front());
  }
  runs.accuracies_flaw = runs.speeds_flaw = flaw_of_subjects(one, other);
  if (!runs.speeds_flaw.empty()) return runs;
  add_remedies(one.runs.front(), other.runs.front(), runs);
  add_accuracies(database, one, other, runs);
  const ComparedTimings timings = compared_timings(one, other, runs.time_them);
  if (!timings.first_seconds.empty() && one.runs.front().session.empty()) {
    runs.remarks.push_back(machine_remark(timings.control_ratio, other.label));
    add_control_problems(one, runs.remarks);
    add_control_problems(other, runs.remarks);
  }
  runs.first_seconds = timings.first_seconds;
  runs.second_seconds = timings.second_seconds;
  runs.speeds_flaw = timings.flaw;
  return runs;
}

}  // namespace rnnbench
