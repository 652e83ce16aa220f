#include "harness/bench/program_side.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sched.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>

#include "harness/core/error.hpp"
#include "harness/measure/process_memory.hpp"
#include "harness/measure/quiet.hpp"

namespace rnnbench {
namespace {

constexpr double kMostSpinSeconds = 0.5;  // that its threads may go on after its work

/// A file in memory, which is gone when this is, however this process ends.
class MemoryFile {
 public:
  MemoryFile() : file_(::memfd_create("rnnbench-batches", MFD_CLOEXEC)) {
    if (file_ < 0) throw EnvironmentError("can't make a file in memory for a program's batches");
  }
  ~MemoryFile() { ::close(file_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  /// Appends numbers as they lie in memory.
  void add(std::span<const std::int32_t> numbers) {
    auto bytes = std::as_bytes(numbers);
    while (!bytes.empty()) {
      const ssize_t written = ::write(file_, bytes.data(), bytes.size());
      if (written < 0 && errno != EINTR) throw EnvironmentError("not enough memory for a program's batches");
      if (written > 0) bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
  }

  /// By which other processes of this user open it.
  std::string path() const { return fmt::format("/proc/{}/fd/{}", ::getpid(), file_); }

 private:
  int file_;
};

/// All ids, then all lengths, then all labels.
void write_batches(const std::vector<Batch>& batches, MemoryFile& file) {
  for (const Batch& batch : batches) file.add(batch.ids);
  for (const Batch& batch : batches) file.add(batch.lengths);
  for (const Batch& batch : batches) {
    file.add(std::vector<std::int32_t>(batch.labels.begin(), batch.labels.end()));
  }
}

int threads_of(const TrialSpec& trial) {
  cpu_set_t processors;
  CPU_ZERO(&processors);
  const bool known = ::sched_getaffinity(0, sizeof(processors), &processors) == 0;
  const int most = known ? CPU_COUNT(&processors) : 1;
  return trial.training.threads > 0 ? std::min(trial.training.threads, most) : most;
}

Json setup_message(const TrialSpec& trial, const SideSetup& setup, const SideBatches& batches,
                   const MemoryFile& file) {
  const Batch& first = batches.batches.front();
  return {{"setup", ProgramSide::kProtocol},
          {"settings", Json::parse(setup.settings)},
          {"seed", setup.seed},
          {"threads", threads_of(trial)},
          {"vocabulary", batches.data.vocabulary},
          {"padding", {{"id", first.padding_id}, {"at_front", first.padded_at_front}}},
          {"batches",
           {{"file", file.path()},
            {"count", batches.batches.size()},
            {"reviews", first.reviews},
            {"length", first.time}}}};
}

}  // namespace

ProgramSide::ProgramSide(const SideSetup& setup, const std::vector<std::string>& engines,
                         const RunServices& services, double most_seconds)
    : ProgramSide(trial_of(setup, engines), setup, services, most_seconds) {}

ProgramSide::ProgramSide(const TrialSpec& trial, const SideSetup& setup, const RunServices& services,
                         double most_seconds)
    : name_(fmt::format("{}", fmt::join(trial.command.run, " "))),
      talk_(filled_in(trial.command, setup.seed), ChildProcess::Messages::kOnStandardOutput, name_,
            services.stop, most_seconds) {
  MemoryFile file;
  const SideBatches batches(trial, setup, services);
  write_batches(batches.batches, file);
  const Json answer = answer_to(setup_message(trial, setup, batches, file));
  if (!answer.contains("ready") || answer.at("ready") != kProtocol) {
    refuse(answer.dump(), fmt::format("expected {{\"ready\": {}, …}}", kProtocol));
  }
  Json engine = {{"engine", kCommandEngine}, {"run", trial.command.run}};
  if (answer.contains("versions")) engine["versions"] = answer.at("versions");
  ready_ = {engine.dump(-1, ' ', false, Json::error_handler_t::replace), services.environment.dump(),
            setup.drawn_tokens ? "drawn" : trial.data.set, /*needed_operations=*/0};
}

SideSamples ProgramSide::measure(const SideRequest& request) {
  SideSamples samples;
  if (request.work != SideWork::kPhases) {
    const bool trains = request.work == SideWork::kTrain;
    const Json answer = answer_to({{trains ? "train" : "predict", request.steps}});
    const std::string expected =
        fmt::format("expected {{\"samples_ns\": [{} whole numbers]}}", request.steps);
    if (!answer.contains("samples_ns") || !answer.at("samples_ns").is_array())
      refuse(answer.dump(), expected);
    auto& taken = samples.samples_ns[trains ? "step" : "predict"];
    for (const Json& each : answer.at("samples_ns")) {
      if (!each.is_number_integer() || each < 0) refuse(answer.dump(), expected);
      taken.push_back(each.get<std::int64_t>());
    }
    if (std::ssize(taken) != request.steps) refuse(answer.dump(), expected);
  }
  wait_until_quiet(talk_.process(), kMostSpinSeconds);
  samples.memory_peak = resident_peak_of(talk_.process());
  return samples;
}

Json ProgramSide::answer_to(const Json& message) {
  const std::string line = talk_.ask(message.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n");
  Json answer = Json::parse(line, nullptr, /*allow_exceptions=*/false);
  if (!answer.is_object()) refuse(line, "expected a JSON object a line; all else belongs on standard error");
  if (!answer.contains("failed")) return answer;
  const Json& why = answer.at("failed");
  throw EngineError(
      fmt::format("{} failed: {}", name_, why.is_string() ? why.get<std::string>() : why.dump()));
}

void ProgramSide::refuse(const std::string& answer, const std::string& expected) {
  constexpr std::size_t kShown = 200;
  throw EngineError(fmt::format("{} answered '{}'; {} (docs/timing.md, programs as sides){}", name_,
                                answer.substr(0, kShown), expected, talk_.last_words()));
}

}  // namespace rnnbench
