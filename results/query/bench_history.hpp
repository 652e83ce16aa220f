#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harness/statistics/step_change.hpp"
#include "results/query/database.hpp"
#include "results/query/table_format.hpp"

namespace rnnbench {

/// What one comparison of `rnnbench bench` showed of one side.
struct BenchPoint {
  std::string started;    ///< UTC in ISO 8601
  std::string revision;   ///< of the build, "… (changed)" where its sources were; "": not recorded
  double step_ms = 0;     ///< median over rounds of a round's median step
  double control_ms = 0;  ///< the same of the work that is always the same; NaN: none
};

/// The comparisons of one side with the same settings on one machine.
struct BenchSeries {
  std::string subject;  ///< "m1"
  std::string side;     ///< "eigen"
  std::string host, processor;
  std::string trial;                       ///< key
  std::string command;                     ///< of the newest, as words of a shell; "": not recorded
  std::vector<BenchPoint> points;          ///< the oldest first
  Finding<StepChange> change = Refusal{};  ///< of step_ms
  std::optional<double> p_holm;            ///< over all series; none where `change` is refused
  /// After the step over before it, of the control; NaN where there is none or no control.
  double control_change = 0;
  /// Whether a step is called: p_holm ≤ 0.05.
  bool is_stepped() const { return p_holm && *p_holm <= 0.05; }
};

struct BenchHistory {
  std::vector<BenchSeries> series;  ///< by subject, side, host, trial
  std::vector<std::string> notes;   ///< what was left out, and why
};

inline constexpr int kFewestSessions = 8;

/// The finished comparisons, of all models or of one, each series tested for a step (see step_change()) and
/// the p values adjusted over all series (Holm). Sides that are another build, as `--against` takes them, are
/// left out: they are timed out of the order of their revisions. Throws ConfigError where there is none,
/// StoreError.
BenchHistory bench_history(Database& database, const std::optional<std::string>& subject);

/// The table and, for reading, a line a series and the notes; docs/timing.md lists the columns.
std::string bench_history_text(const BenchHistory& history, TableFormat format);

}  // namespace rnnbench
