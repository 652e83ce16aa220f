#include "harness/bench/program_side.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sched.h>

#include <algorithm>

#include "harness/core/error.hpp"
#include "harness/core/memory_file.hpp"
#include "harness/measure/process_memory.hpp"
#include "harness/measure/quiet.hpp"

namespace rnnbench {
namespace {

/// All ids, then all lengths, then all labels.
void write_batches(const std::vector<Batch>& batches, MemoryFile& file) {
  const auto add = [&](std::span<const std::int32_t> numbers) { file.add(std::as_bytes(numbers)); };
  for (const Batch& batch : batches) add(batch.ids);
  for (const Batch& batch : batches) add(batch.lengths);
  for (const Batch& batch : batches) {
    add(std::vector<std::int32_t>(batch.labels.begin(), batch.labels.end()));
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
           {{"file", file.path().string()},
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
  MemoryFile file("program's batches");
  const SideBatches batches(trial, setup, services);
  write_batches(batches.batches, file);
  const Json answer = answer_to(setup_message(trial, setup, batches, file));
  if (!answer.contains("ready") || answer.at("ready") != kProtocol) {
    refuse(answer.dump(), fmt::format("expected {{\"ready\": {}, …}}", kProtocol));
  }
  Json engine = {{"engine", kCommandEngine}, {"run", trial.command.run}};
  if (answer.contains("versions")) engine["versions"] = answer.at("versions");
  ready_ = {engine.dump(-1, ' ', false, Json::error_handler_t::replace), services.environment.dump(),
            setup.drawn_tokens ? "drawn" : trial.data.set, /*needed_operations=*/0, /*needed_bytes=*/0};
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
