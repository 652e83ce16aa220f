#include "harness/executor/slurm_script.hpp"

#include <fmt/format.h>

#include "harness/core/shell_word.hpp"

namespace rnnbench {
namespace {

std::string filled(std::string text, const std::string& mark, const std::string& with) {
  for (std::size_t at = 0; (at = text.find(mark, at)) != std::string::npos; at += with.size())
    text.replace(at, mark.size(), with);
  return text;
}

/// An option as a line of the script takes it: sbatch reads quotes as a shell does.
std::string directive(const std::string& option) {
  const std::size_t value = option.find('=') + 1;
  if (value == 0 || option.find_first_of(" \t\"\\'#", value) == std::string::npos) return option;
  std::string quoted = option.substr(0, value) + '"';
  for (const char c : option.substr(value)) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + '"';
}

std::string directives(const SlurmTask& task, const SlurmSettings& settings) {
  std::vector<std::string> options = {fmt::format("--job-name=rnnbench-{}", task.name), "--open-mode=append",
                                      "--requeue", fmt::format("--signal=B:USR1@{}", settings.notice)};
  const auto add = [&](const char* option, const std::string& value) {
    if (!value.empty()) options.push_back(fmt::format("{}={}", option, value));
  };
  add("--output", filled((task.folder / "logs").string(), "%", "%%") + "/%a.txt");
  add("--chdir", task.from.string());
  add("--partition", settings.partition);
  add("--account", settings.account);
  add("--time", settings.time);
  add("--mem", settings.memory);
  add("--cpus-per-task", settings.cpus > 0 ? std::to_string(settings.cpus) : "");
  add("--gpus-per-task", settings.gpus);
  add("--ntasks", settings.gpus.empty() ? "" : "1");
  options.insert(options.end(), settings.sbatch.begin(), settings.sbatch.end());
  std::string text;
  for (const std::string& option : options) text += fmt::format("#SBATCH {}\n", directive(option));
  return text;
}

/// 75 is EX_TEMPFAIL of sysexits.h; those who watch take it for a task that its time is too short for.
constexpr const char* kBody = R"script(
task=$SLURM_ARRAY_TASK_ID
shard={folder}/shards/$task
end={folder}/ends/$task
cd {from} && exec 9> "$shard.lock" && flock -w 900 9 || exit 3  # never two at one shard, whoever handed it over
if [ -d "$shard" ] || [ -d {folder}/merged/"$task" ]; then exit 0; fi  # it was over before it was queued again
mkdir -p "$shard.part" && rm -f "$end" || exit 3
progress() {  # how many runs are over, how many epochs of the others are kept
  {program} query "SELECT (SELECT count(*) FROM runs WHERE status NOT IN ('running', 'interrupted')), \
    (SELECT coalesce(sum(epoch), 0) FROM checkpoints)" --db "$shard.part/results.db" --format csv 2> /dev/null \
    | tail -n 1
}
before=$(progress)
run= stop= go_on=
trap 'stop=1 go_on=1; kill -TERM $run' USR1  # the time limit is near
trap 'stop=1; kill -TERM $run' TERM          # the node is wanted; Slurm queues the task again
{command} --shard "$task/{tasks}" --db "$shard.part/results.db" &
run=$!
if [ -n "$stop" ]; then kill -TERM "$run"; fi  # the signal came before
wait "$run"; status=$?
while kill -0 "$run" 2> /dev/null; do wait "$run"; status=$?; done
if [ "$status" -le 1 ]; then  # its runs are over, though some may have failed
  mv -T "$shard.part" "$shard" && rm -f "$shard.lock"
elif [ -n "$go_on" ] && after=$(progress) && [ "${after:-0,0}" != "${before:-0,0}" ]; then
  stop=
  scontrol requeue "${SLURM_ARRAY_JOB_ID}_$task" && exit "$status"
  if [ -n "$stop" ]; then exit "$status"; fi  # it is queued again, which ended it before scontrol could
elif [ -n "$go_on" ]; then
  echo "no run got over, nor left a checkpoint, within the time limit: give [slurm] more time" >&2
  status=75
fi
if [ "$status" -ne 130 ] || [ -n "$go_on" ]; then echo "$status" > "$end"; fi
exit "$status"
)script";

}  // namespace

std::string slurm_script(const SlurmTask& task, const SlurmSettings& settings) {
  std::string command;
  for (const std::string& word : task.command)
    command += fmt::format("{}{}", command.empty() ? "" : " ", shell_word(word));
  std::string exports;
  for (const auto& [name, value] : task.variables)
    exports += fmt::format("export {}={}\n", name, shell_word(value));
  std::string body = filled(kBody, "{folder}", shell_word(task.folder.string()));
  body = filled(std::move(body), "{from}", shell_word(task.from.string()));
  body = filled(std::move(body), "{tasks}", std::to_string(task.tasks));
  body = filled(std::move(body), "{program}", shell_word(task.command.front()));
  body = filled(std::move(body), "{command}", command);
  return fmt::format("#!/bin/bash\n{}\n{}{}", directives(task, settings), exports, body.substr(1));
}

}  // namespace rnnbench
