#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <variant>
#include <vector>

namespace rnnbench {

/// What a bench asks of a process that takes its steps (a side), and what that answers: a line of JSON each.
/// Builds of different revisions talk so: a change of meaning is another kSideProtocol, a key that may be
/// missing is none.

inline constexpr int kSideProtocol = 1;

/// The first line to a side.
struct SideSetup {
  std::string settings;  ///< of the trial, canonical JSON
  std::string vectors;   ///< name of the trial's word vectors, "" for none
  std::uint64_t seed = 1;
  bool drawn_tokens = false;              ///< see drawn_tokens.hpp; else the trial's data set
  int batches = 16;                       ///< that the steps go through in turn
  std::vector<std::string> without = {};  ///< see EngineSetup
};

enum class SideWork {
  kTrain,    ///< whole steps, the batch at hand; phase "step"
  kPhases,   ///< steps with an edge after each phase: "data" (the batch is gathered), "forward", "backward",
             ///< "optimizer" and, of all of them, "phases"
  kPredict,  ///< probabilities of a batch; phase "predict"
};

struct SideRequest {
  SideWork work = SideWork::kTrain;
  int steps = 1;
};

/// Once the engine is made.
struct SideReady {
  std::string engine;            ///< JSON, see Engine::describe
  std::string environment;       ///< JSON, see harness/measure/environment.hpp
  std::string tokens;            ///< "imdb", or "drawn"
  double needed_operations = 0;  ///< of a step, by Engine::explain; 0: not known
  double needed_bytes = 0;       ///< of a step, where nothing stays in a cache; 0: not known
};

/// The answer to a request.
struct SideSamples {
  std::map<std::string, std::vector<std::int64_t>> samples_ns;  ///< by phase, in the order they were taken
  double memory_peak = 0;                                       ///< bytes of the process, since it began
  double device_memory_peak = 0;                                ///< bytes of the device's allocator, 0: none
};

struct SideFailed {
  int exit_code = 3;
  std::string message;
};

using SideAnswer = std::variant<SideReady, SideSamples, SideFailed>;

std::string to_line(const SideSetup& setup);
std::string to_line(const SideRequest& request);
std::string to_line(const SideAnswer& answer);

/// Each throws EnvironmentError where the line is no such message, or of another protocol.
SideSetup side_setup(const std::string& line);
SideRequest side_request(const std::string& line);
SideAnswer side_answer(const std::string& line);

}  // namespace rnnbench
