#include <fmt/format.h>

#include <cmath>

#include "results/query/claim_text.hpp"
#include "results/report/reproduction.hpp"

namespace rnnbench {
namespace {

TableCell seconds_cell(double seconds) {
  if (!std::isfinite(seconds)) return std::monostate();
  return std::round(10 * seconds) / 10;
}

}  // namespace

Table verdict_table(const std::vector<ClaimData>& claims) {
  Table table{{"claim", "figure", "reported", "engine", "n", "ours [95 %]", "at chance", "failed", "verdict",
               "deviations", "train s a run"},
              {}};
  for (const ClaimData& claim : claims) {
    const std::vector<JudgedFigure> rows = judge_figures(claim);
    for (const JudgedFigure& row : rows) {
      table.rows.push_back({claim.claim.id, figure_name(row.figure), row.figure.printed,
                            engine_text(*row.trial), row.verdict.n, centre_text(row.figure, row.verdict),
                            row.verdict.at_chance, row.verdict.failed, outcome_text(row.verdict),
                            static_cast<std::int64_t>(claim.differs.size()),
                            seconds_cell(row.train_seconds)});
    }
    if (rows.empty()) {
      const ReportedFigure& figure = claim.claim.figures.front();
      table.rows.push_back({claim.claim.id, figure_name(figure), figure.printed, std::monostate(),
                            std::int64_t{0}, std::monostate(), std::monostate(), std::monostate(),
                            std::string("NOT RUN"), static_cast<std::int64_t>(claim.differs.size()),
                            std::monostate()});
    }
  }
  return table;
}

}  // namespace rnnbench
