#include "tests/support/slurm_cluster.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <csignal>
#include <set>
#include <sstream>

#include "harness/core/files.hpp"
#include "harness/core/process_tree.hpp"
#include "harness/core/program_output.hpp"
#include "tests/support/comes_true.hpp"

namespace rnnbench {
namespace {

namespace fs = std::filesystem;

constexpr const char* kConfiguration = R"(ClusterName=test
SlurmctldHost={host}
SlurmctldAddr=127.0.0.1
SlurmctldPort={port}
AuthType=auth/munge
SlurmUser=root
SlurmdUser=root
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SlurmdTimeout=10
SlurmdParameters=config_overrides
JobRequeue=1
ReturnToService=2
MinJobAge=3600
KillWait=5
SchedulerParameters=sched_interval=1,batch_sched_delay=0
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/%n
SlurmdPidFile={folder}/%n.pid
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdLogFile={folder}/%n.log
SlurmctldLogFile={folder}/slurmctld.log
NodeName=n[1-2] NodeHostname={host} NodeAddr=127.0.0.1 Port=[{first}-{last}] CPUs=2
PartitionName=main Nodes=ALL Default=YES State=UP
)";

std::string host_name() {
  char name[256] = "";
  ::gethostname(name, sizeof name - 1);
  const std::string whole = name;
  return whole.substr(0, whole.find('.'));
}

bool succeeds(const std::vector<std::string>& command) {
  try {
    return output_of(command).succeeded();
  } catch (const std::exception&) {
    return false;
  }
}

}  // namespace

SlurmCluster::SlurmCluster(fs::path folder) : folder_(std::move(folder)) {
  obstacle_ = begin();
  if (!obstacle_.empty()) obstacle_ = "no Slurm for tests: " + obstacle_;
}

std::string SlurmCluster::begin() {
  if (::geteuid() != 0) return "it takes root";
  for (const char* program : {"slurmctld", "slurmd", "sbatch", "munged"}) {
    if (!succeeds({"which", program})) return std::string(program) + " isn't installed";
  }
  const std::string host = host_name();
  if (!succeeds({"getent", "hosts", host})) return "the machine's name, " + host + ", has no address";
  if (!succeeds({"munge", "-n"})) {
    succeeds(
        {"sh", "-c",
         "mkdir -p /run/munge && chown munge: /run/munge && runuser -u munge -- /usr/sbin/munged --force"});
    if (!comes_true(5, [] { return succeeds({"munge", "-n"}); })) return "munged can't be started";
    has_munge_ = true;
  }
  make_folder(folder_ / "state");
  const int port = 20'000 + ::getpid() % 3'000 * 4;  // below those that connections take for themselves
  write_file_atomically(
      configuration(),
      fmt::format(kConfiguration, fmt::arg("host", host), fmt::arg("folder", folder_.string()),
                  fmt::arg("port", port), fmt::arg("first", port + 1), fmt::arg("last", port + 2)));
  ask({"slurmctld"});
  start("n1");
  start("n2");
  const auto is_ready = [&] { return ask({"sinfo", "-h", "-N", "-o", "%T"}) == "idle\nidle\n"; };
  return comes_true(30, is_ready) ? "" : "its nodes don't get ready";
}

SlurmCluster::~SlurmCluster() {
  if (fs::exists(configuration())) {
    ask({"scancel", "--user=root"});
    ask({"scontrol", "shutdown"});
    comes_true(5, [&] { return !fs::exists(folder_ / "slurmctld.pid"); });
  }
  if (has_munge_) succeeds({"pkill", "-x", "munged"});
}

std::string SlurmCluster::ask(std::vector<std::string> command) const {
  command.insert(command.begin(), {"env", "SLURM_CONF=" + configuration().string()});
  const ProgramOutput output = output_of(command);
  return output.out + output.errors;
}

void SlurmCluster::start(const std::string& node) const { ask({"slurmd", "-N", node}); }

void SlurmCluster::lose(const std::string& node) const {
  // What it started has its spool folder on the command line or descends from what has.
  const std::string daemon = read_file(folder_ / (node + ".pid"));
  std::set<pid_t> lost = {static_cast<pid_t>(std::stol(daemon))};
  std::istringstream jobs(ask({"squeue", "-h", "-t", "R", "-w", node, "-o", "%A"}));
  for (std::string job; jobs >> job;) {
    std::istringstream steps(output_of({"pgrep", "-f", "slurmstepd: \\[" + job + "\\."}).out);
    for (pid_t step = 0; steps >> step;) lost.insert(step);
  }
  std::set<pid_t> all = lost;
  for (const pid_t each : lost) {
    for (const pid_t child : descendants_of(each)) all.insert(child);
  }
  for (const pid_t each : all) ::kill(each, SIGKILL);
  ask({"scontrol", "update", "NodeName=" + node, "State=DOWN", "Reason=lost"});
}

void SlurmCluster::let_begin() {
  const auto now = std::chrono::steady_clock::now();
  std::map<std::string, std::chrono::steady_clock::time_point> waiting;
  std::istringstream lines(ask({"squeue", "-h", "-t", "PD", "--array", "-o", "%A %r"}));
  for (std::string job, reason; lines >> job >> reason;) {
    if (reason != "BeginTime") continue;
    const auto since = waiting.emplace(job, now).first;
    if (const auto before = waiting_since_.find(job); before != waiting_since_.end())
      since->second = before->second;
    if (now - since->second > std::chrono::seconds(2))
      ask({"scontrol", "update", "JobId=" + job, "StartTime=now"});
  }
  waiting_since_ = std::move(waiting);
}

}  // namespace rnnbench
