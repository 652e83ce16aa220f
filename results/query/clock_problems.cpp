#include "results/query/clock_problems.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <nlohmann/json.hpp>

#include "harness/measure/noise.hpp"
#include "results/query/query_table.hpp"
#include "results/store/blob.hpp"

namespace rnnbench {
namespace {

// A row with another smallest sample and another median has no problem.
constexpr const char* kSuspects =
    "SELECT run_id, phase, epoch, samples FROM timings WHERE run_id IN (SELECT value FROM json_each(?)) AND "
    "phase IN (SELECT value FROM json_each(?)) AND clock = 'host' AND NOT warmup AND (min_ns < 0 OR "
    "median_ns <= 0) ORDER BY run_id, phase, epoch";

}  // namespace

std::string clock_problem_text(std::int64_t run, const std::string& phase, std::int64_t epoch,
                               const std::string& problem) {
  return fmt::format("run {}, phase {}, epoch {}: {}", run, phase, epoch, problem);
}

std::map<std::int64_t, ClockProblems> clock_problems(Database& database,
                                                     const std::vector<std::int64_t>& runs,
                                                     const std::vector<std::string>& phases) {
  const std::vector<TableCell> chosen = {fmt::format("[{}]", fmt::join(runs, ",")),
                                         nlohmann::json(phases).dump()};
  std::map<std::int64_t, ClockProblems> problems;
  for (const auto& row : query_table(database, kSuspects, chosen).rows) {
    const auto samples = from_blob<std::int64_t>(std::get<Blob>(row[3]).bytes);
    const std::string problem = clock_problem(samples);
    if (problem.empty()) continue;
    const auto run = std::get<std::int64_t>(row[0]);
    const auto& phase = std::get<std::string>(row[1]);
    problems[run].try_emplace(phase, clock_problem_text(run, phase, std::get<std::int64_t>(row[2]), problem));
  }
  return problems;
}

}  // namespace rnnbench
