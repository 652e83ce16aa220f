#include "harness/executor/slurm.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <set>
#include <sstream>
#include <utility>

#include "harness/core/error.hpp"
#include "harness/core/program_output.hpp"

namespace rnnbench {
namespace {

std::string one_line(std::string text) {
  text.erase(text.find_last_not_of(" \n\r\t") + 1);
  for (char& c : text) c = c == '\n' ? ' ' : c;
  return text;
}

/// Its standard output. Throws EnvironmentError with its own words where it fails.
std::string answer_of(const std::vector<std::string>& command, const std::stop_token& stop) {
  const ProgramOutput output = output_of(command, stop);
  if (output.succeeded()) return output.out;
  throw EnvironmentError(
      fmt::format("{}: {} ({})", command.front(), one_line(output.errors), in_words(output.end)));
}

bool is_forgotten(const std::string& errors) { return errors.find("Invalid job id") != std::string::npos; }

bool is_number(const std::string& text) {
  return !text.empty() && text.size() <= 9 &&
         std::ranges::all_of(text, [](unsigned char c) { return std::isdigit(c) != 0; });
}

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

std::optional<TaskState> state_of(const std::string& state, const std::string& reason) {
  // A task whose node is lost or wanted has a state of its own until it is queued again.
  static const std::set<std::string> kQueued = {"PENDING",      "CONFIGURING",  "REQUEUED",     "REQUEUE_FED",
                                                "REQUEUE_HOLD", "SPECIAL_EXIT", "SUSPENDED",    "STOPPED",
                                                "PREEMPTED",    "NODE_FAIL",    "RESV_DEL_HOLD"};
  static const std::set<std::string> kAtWork = {"RUNNING", "COMPLETING", "SIGNALING", "STAGE_OUT",
                                                "RESIZING"};
  if (state == "CANCELLED") return TaskState{TaskState::Phase::kCancelled};
  if (kAtWork.contains(state)) return TaskState{TaskState::Phase::kRunning};
  if (kQueued.contains(state)) return TaskState{TaskState::Phase::kWaiting, worth_saying(reason)};
  return std::nullopt;
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
    if (is_number(line.substr(0, line.find(';')))) job = line;
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
    if (!is_number(task)) continue;
    if (auto found = state_of(state, reason)) states[std::stoi(task)] = std::move(*found);
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
  std::string answer;
  try {
    answer = answer_of({"sbatch", "--parsable", array, "--job-name=" + name, script.string()}, stop_);
  } catch (const EnvironmentError& error) {
    const bool too_many = std::string_view(error.what()).find("job array") != std::string_view::npos;
    throw EnvironmentError(
        fmt::format("{}{}", error.what(),
                    too_many ? "; are there more tasks than the cluster takes in an array? Give "
                               "[slurm] a larger chunk"
                             : ""));
  }
  if (auto job = job_in(answer)) return *job;
  throw EnvironmentError(fmt::format("sbatch named no job, but said: {}", one_line(answer)));
}

std::optional<std::string> Slurm::find(const std::string& name) {
  return job_in(answer_of({"squeue", "--noheader", "--name", name, "--format", "%F"}, stop_));
}

std::map<int, TaskState> Slurm::states(const std::string& job) {
  std::vector<std::string> command = about("squeue", job);
  command.insert(command.end() - 1, "--jobs");
  command.insert(command.end(), {"--noheader", "--array", "--states=all", "--format", "%K %T %r"});
  const ProgramOutput output = output_of(command, stop_);
  if (output.succeeded()) return parse_squeue(output.out);
  if (is_forgotten(output.errors)) return {};
  throw EnvironmentError("squeue: " + one_line(output.errors));
}

void Slurm::cancel(const std::string& job) {
  const ProgramOutput output = output_of(about("scancel", job), stop_);
  if (!output.succeeded() && !is_forgotten(output.errors))
    throw EnvironmentError("scancel: " + one_line(output.errors));
}

}  // namespace rnnbench
