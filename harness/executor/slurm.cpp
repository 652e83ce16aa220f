#include "harness/executor/slurm.hpp"

#include <fmt/format.h>

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

std::map<int, TaskState> parse_squeue(const std::string& text) {
  // A task whose node is lost has a state of its own until it is queued again.
  static const std::set<std::string> kOver = {"BOOT_FAIL",     "COMPLETED", "DEADLINE", "FAILED",
                                              "OUT_OF_MEMORY", "REVOKED",   "TIMEOUT"};
  std::map<int, TaskState> states;
  std::istringstream lines(text);
  std::string task, state;
  while (lines >> task >> state) {
    if (task.empty() || task.find_first_not_of("0123456789") != std::string::npos || task.size() > 9)
      continue;
    if (kOver.contains(state)) continue;
    const bool runs = state == "RUNNING" || state == "COMPLETING";
    states[std::stoi(task)] = state == "CANCELLED" ? TaskState::kCancelled
                              : runs               ? TaskState::kRunning
                                                   : TaskState::kWaiting;
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

std::string Slurm::submit(const std::filesystem::path& script, const std::vector<int>& tasks) {
  std::string array = "--array=" + array_text(tasks);
  if (limit_ > 0) array += fmt::format("%{}", limit_);
  std::string answer;
  try {
    answer = answer_of({"sbatch", "--parsable", array, script.string()}, stop_);
  } catch (const EnvironmentError& error) {
    const bool too_many = std::string_view(error.what()).find("job array") != std::string_view::npos;
    throw EnvironmentError(
        fmt::format("{}{}", error.what(),
                    too_many ? "; are there more tasks than the cluster takes in an array? Give "
                               "[slurm] a larger chunk"
                             : ""));
  }
  return answer.substr(0, answer.find_first_of(";\n"));  // "JOB" or "JOB;CLUSTER"
}

std::map<int, TaskState> Slurm::states(const std::string& job) {
  const ProgramOutput output = output_of(
      {"squeue", "--noheader", "--array", "--states=all", "--jobs", job, "--format", "%K %T"}, stop_);
  if (output.succeeded()) return parse_squeue(output.out);
  if (is_forgotten(output.errors)) return {};
  throw EnvironmentError("squeue: " + one_line(output.errors));
}

void Slurm::cancel(const std::string& job) {
  const ProgramOutput output = output_of({"scancel", job}, stop_);
  if (!output.succeeded() && !is_forgotten(output.errors))
    throw EnvironmentError("scancel: " + one_line(output.errors));
}

}  // namespace rnnbench
