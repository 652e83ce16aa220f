#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "results/query/clock_problems.hpp"
#include "results/query/database.hpp"
#include "results/query/parity_data.hpp"

namespace rnnbench {

/// What one side of a comparison showed; see harness/bench.
struct BenchSideData {
  std::int64_t run = 0;
  std::string label;  ///< "eigen", "libtorch:cuda", "eigen@1a2b3c4"
  std::string engine, device;
  std::string settings;                               ///< of the trial, canonical JSON
  std::string engine_details;                         ///< JSON, see Engine::describe
  std::string environment;                            ///< JSON, see harness/measure/environment.hpp
  std::map<std::string, std::vector<double>> rounds;  ///< by phase: each round's median [ns], host's clock
  std::map<std::string, double> totals;               ///< by phase, of all rounds [ns]
  std::map<std::string, double> metrics;  ///< the last of each, without split: "memory_peak", …; NaN: NaN
  std::int64_t samples = 0;               ///< steps timed, warm-up not counted
  std::int64_t noisy = 0;                 ///< of these, see harness/measure/noise.hpp
  ClockProblems clock_problems;           ///< of any phase above
};

/// One comparison: sides that took the same steps in turns, in rounds.
struct BenchData {
  std::string session;
  std::string subject;         ///< "m1"
  std::string command;         ///< that compares so again, as words of a shell; "": not recorded
  std::string parity_command;  ///< that shows parity on it, but for its --engines; "": not recorded
  std::string tokens;          ///< "imdb", "drawn", …
  std::string started;         ///< UTC in ISO 8601
  std::string status;          ///< of its runs
  double seconds = 0;          ///< that it took; NaN: not recorded
  double seconds_given = 0;    ///< that it might take; NaN: not recorded
  double precision = 0;        ///< half width of an interval over its ratio that ends it; NaN: not recorded
  std::vector<BenchSideData> sides;  ///< the reference first
  std::vector<double> control;       ///< each round's median of the control work [ns]
  std::string control_problem;       ///< why it can't be trusted, or ""
  double steal = 0;                  ///< the largest share of a round that the host took; NaN: unknown
  double suspended_seconds = 0;      ///< of all rounds
  std::vector<ParityData> parity;    ///< of the model
};

/// Why the times of a phase can't be trusted, or "".
std::string problem_of(const BenchSideData& side, const std::string& phase);

/// The comparison of that name. Throws StoreError where there is none.
BenchData load_bench(Database& database, const std::string& session);

/// The newest finished comparison (or the newest, where none is finished) of each subject, settings and sides
/// among the runs of an experiment, all its versions, by subject; none where it has none.
std::vector<BenchData> load_benches(SQLite::Database& database, std::int64_t experiment);

}  // namespace rnnbench
