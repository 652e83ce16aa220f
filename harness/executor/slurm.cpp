#include "harness/executor/slurm.hpp"

#include <fmt/format.h>

#include <chrono>
#include <set>
#include <sstream>
#include <utility>

#include "harness/core/error.hpp"
#include "harness/core/program_output.hpp"
#include "harness/executor/digits.hpp"

namespace rnnbench {
namespace {

std::string one_line(std::string text) {
  text.erase(text.find_last_not_of(" \n\r\t") + 1);
  for (char& c : text) c = c == '\n' ? ' ' : c;
  return text;
}

/// How long one of Slurm's programs is waited for: a controller that hangs is one that doesn't answer.
constexpr std::chrono::seconds kPatience{60};

/// Called without the user's own filters of squeue, which would leave tasks out.
ProgramOutput asked(std::vector<std::string> command, const std::stop_token& stop) {
  if (command.front() == "squeue") {
    std::vector<std::string> plain = {"env"};
    for (const char* filter :
         {"ACCOUNT", "PARTITION", "QOS", "STATES", "USERS", "FORMAT", "FORMAT2", "NAMES"})
      plain.insert(plain.end(), {"-u", std::string("SQUEUE_") + filter});
    command.insert(command.begin(), plain.begin(), plain.end());
  }
  return output_of(command, stop, {}, kPatience);
}

EnvironmentError failure(const std::string& program, const ProgramOutput& output) {
  return EnvironmentError(fmt::format("{}: {} ({})", program, one_line(output.errors), in_words(output.end)));
}

/// Its standard output. Throws EnvironmentError with its own words where it fails.
std::string answer_of(const std::vector<std::string>& command, const std::stop_token& stop) {
  ProgramOutput output = asked(command, stop);
  if (!output.succeeded()) throw failure(command.front(), output);
  return output.out;
}

/// Whether sbatch's words leave open what became of the job.
bool is_uncertain(const ProgramOutput& output) {
  if (output.end.signal != 0) return true;
  for (const char* words :
       {"timed out", "contact slurm controller", "Zero Bytes", "onnection", "Communication"})
    if (output.errors.find(words) != std::string::npos) return true;
  return false;
}

bool is_forgotten(const std::string& errors) { return errors.find("Invalid job id") != std::string::npos; }

/// `program`, asked about the cluster of "JOB;CLUSTER", then the job alone.
std::vector<std::string> about(const std::string& program, const std::string& job) {
  const std::size_t cluster = job.find(';');
  if (cluster == std::string::npos) return {program, job};
  return {program, "--clusters=" + job.substr(cluster + 1), job.substr(0, cluster)};
}

/// Of a task that waits: nothing where it only waits for its turn.
std::string worth_saying(const std::string& reason) {
  static const std::set<std::string> kTurn = {
      "None", "Priority", "Resources", "BeginTime", "JobArrayTaskLimit", "Cleaning", "N/A"};
  return kTurn.contains(reason) ? "" : reason;
}

/// A state that isn't known is taken for one that a task leaves again: Slurm forgets a task that is over
/// within minutes.
TaskState state_of(const std::string& state, const std::string& reason) {
  static const std::set<std::string> kOver = {"BOOT_FAIL", "COMPLETED", "DEADLINE",      "FAILED",
                                              "TIMEOUT",   "REVOKED",   "OUT_OF_MEMORY", "LAUNCH_FAILED"};
  if (kOver.contains(state)) return {TaskState::Phase::kOver};
  if (state == "CANCELLED") return {TaskState::Phase::kCancelled};
  if (state == "RUNNING" || state == "COMPLETING") return {TaskState::Phase::kRunning};
  return {TaskState::Phase::kWaiting, worth_saying(reason)};
}

}  // namespace

std::string array_text(const std::vector<int>& tasks) {
  std::string text;
  for (std::size_t first = 0; first < tasks.size();) {
    std::size_t last = first;
    while (last + 1 < tasks.size() && tasks[last + 1] == tasks[last] + 1) ++last;
    text += fmt::format("{}{}", text.empty() ? "" : ",", tasks[first]);
    if (last > first) text += fmt::format("-{}", tasks[last]);
    first = last + 1;
  }
  return text;
}

std::optional<std::string> job_in(const std::string& text) {
  std::optional<std::string> job;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    line = one_line(std::move(line));
    if (digits(line.substr(0, line.find(';')), 10)) job = line;
  }
  return job;
}

std::map<int, TaskState> parse_squeue(const std::string& text) {
  std::map<int, TaskState> states;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string task, state, reason;
    words >> task >> state >> reason;
    const std::optional<long> number = digits(task, 9);
    if (number && !state.empty()) states[static_cast<int>(*number)] = state_of(state, reason);
    if (task == "N/A" && state == "CANCELLED") states[kOtherTasks] = state_of(state, reason);  // none began
  }
  return states;
}

Slurm::Slurm(int limit, std::stop_token stop) : limit_(limit), stop_(std::move(stop)) {
  try {
    answer_of({"sbatch", "--version"}, stop_);
  } catch (const EnvironmentError&) {
    throw EnvironmentError(
        "there is no Slurm here: sbatch can't be run; log in where jobs are submitted, or do a "
        "part of the matrix on each machine with --shard");
  }
}

std::string Slurm::submit(const std::filesystem::path& script, const std::vector<int>& tasks,
                          const std::string& name) {
  std::string array = "--array=" + array_text(tasks);
  if (limit_ > 0) array += fmt::format("%{}", limit_);
  const ProgramOutput output =
      asked({"sbatch", "--parsable", array, "--job-name=" + name, script.string()}, stop_);
  if (!output.succeeded()) {
    const EnvironmentError error = failure("sbatch", output);
    if (is_uncertain(output)) throw error;
    const bool too_many = output.errors.find("job array") != std::string::npos;
    throw SubmissionRefused(
        fmt::format("{}{}", error.what(),
                    too_many ? "; are there more tasks than the cluster takes in an array? Give "
                               "[slurm] a larger chunk"
                             : ""));
  }
  if (auto job = job_in(output.out)) return *job;
  throw EnvironmentError(fmt::format("sbatch named no job, but said: {}", one_line(output.out)));
}

std::optional<std::string> Slurm::find(const std::string& name) {
  return job_in(answer_of({"squeue", "--noheader", "--name", name, "--format", "%F"}, stop_));
}

std::map<int, TaskState> Slurm::states(const std::string& job) {
  std::vector<std::string> command = about("squeue", job);
  command.insert(command.end() - 1, "--jobs");
  command.insert(command.end(), {"--noheader", "--array", "--states=all", "--format", "%K %T %r"});
  const ProgramOutput output = asked(command, stop_);
  if (output.succeeded()) return parse_squeue(output.out);
  if (is_forgotten(output.errors)) return {};
  throw EnvironmentError("squeue: " + one_line(output.errors));
}

void Slurm::cancel(const std::string& job) {
  const ProgramOutput output = asked(about("scancel", job), stop_);
  if (!output.succeeded() && !is_forgotten(output.errors))
    throw EnvironmentError("scancel: " + one_line(output.errors));
}

}  // namespace rnnbench
