#include "harness/cli/parity_table.hpp"

#include <fmt/format.h>

#include <cmath>
#include <utility>
#include <vector>

#include "results/query/table_format.hpp"

namespace rnnbench {
namespace {

/// Of two errors of one quantity, the one further from passing; NaN is the furthest.
bool is_worse(const ParityError& error, const ParityError& than) {
  if (std::isnan(than.error)) return false;
  return std::isnan(error.error) || error.error / error.bound > than.error / than.bound;
}

bool same_row(const ParityError& one, const ParityError& other) {
  return one.group == other.group && one.quantity == other.quantity && one.precision == other.precision;
}

/// "layers.0.input_bias, one review".
std::string place(const ParityError& error) {
  return error.tensor.empty() ? error.check : fmt::format("{}, {}", error.tensor, error.check);
}

std::string worst_text(const ParityError& error) {
  return error.problem.empty() || error.passed() ? fmt::format("{:.1e}", error.error) : error.problem;
}

std::vector<TableCell> row(const ParityError& error) {
  return {error.group,
          error.quantity,
          error.precision,
          worst_text(error),
          fmt::format("{:.0e}", error.bound),
          error.passed() ? "ok" : "FAILED",
          place(error)};
}

}  // namespace

std::string parity_table(const ParityRecord& record) {
  constexpr std::size_t kFailuresShown = 20;
  std::vector<ParityError> worst;
  Table failures{{"check", "quantity", "precision", "error", "bound", "verdict", "at"}, {}};
  std::size_t failed = 0;
  std::size_t decided = 0;
  for (const ParityError& error : record.errors) {
    decided += error.passed() && !error.problem.empty() ? 1 : 0;
    auto known = worst.begin();
    while (known != worst.end() && !same_row(*known, error)) ++known;
    if (known == worst.end()) {
      worst.push_back(error);
    } else if (is_worse(error, *known)) {
      *known = error;
    }
    if (!error.passed() && ++failed <= kFailuresShown) failures.rows.push_back(row(error));
  }
  Table table{{"check", "quantity", "precision", "worst error", "bound", "verdict", "at"}, {}};
  for (const ParityError& error : worst) table.rows.push_back(row(error));
  std::string text = format_table(table, TableFormat::kTable);
  if (decided > 0) {
    text += fmt::format(
        "{} gradients beyond the bound in single precision were decided in double: the model takes a maximum "
        "or "
        "relu,\nwhere rounding alone lets a gradient jump.\n",
        decided);
  }
  if (failed == 0) return text;
  return text + fmt::format("\n{} of {} comparisons FAILED; the first:\n{}", failed, record.errors.size(),
                            format_table(failures, TableFormat::kTable));
}

}  // namespace rnnbench
