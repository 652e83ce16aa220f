#include "harness/cli/seeds_table.hpp"

#include <fmt/format.h>

#include "harness/statistics/equivalence.hpp"
#include "results/query/table_format.hpp"

namespace rnnbench {
namespace {

std::string column(const ParityEngineRecord& engine) {
  return fmt::format("{} on {}, %", engine.name, engine.device);
}

std::string verdict_text(const ParitySeeds& seeds) {
  if (seeds.verdict == kEquivalent) return fmt::format("equivalent within {}", points_text(seeds.margin));
  if (seeds.verdict == kDifferent) {
    return fmt::format("different: the whole interval lies beyond {}", points_text(seeds.margin));
  }
  const auto trained = static_cast<std::int64_t>(seeds.accuracies.size());
  if (seeds.seeds_needed > trained) {
    return fmt::format(
        "not shown: the interval reaches beyond the margin; about {} seeds would decide\n(power 80 % if the "
        "engines are equal, at the deviation of {:.2f} points between seeds)",
        seeds.seeds_needed, seeds.deviation);
  }
  return fmt::format(
      "not shown: the interval reaches beyond the margin, by the difference and not by its spread; were the\n"
      "engines equal, {} seeds would mostly do",
      seeds.seeds_needed);
}

std::string chance_text(const ParitySeeds& seeds) {
  if (!near_chance(seeds)) return "";
  return fmt::format(
      "Both engines stand near chance ({:.1f} %): that nets which learned little agree shows little. Train "
      "longer\nwith --epochs or --reviews.\n",
      100 * seeds.chance);
}

}  // namespace

std::string points_text(double points) { return fmt::format("{} point{}", points, points == 1 ? "" : "s"); }

std::string seeds_table(const ParityRecord& record, const ParitySeeds& seeds) {
  Table table{{"seed", column(record.reference), column(record.candidate), "difference"}, {}};
  for (const SeedAccuracies& one : seeds.accuracies) {
    table.rows.push_back({std::to_string(one.seed), fmt::format("{:.2f}", 100 * one.reference),
                          fmt::format("{:.2f}", 100 * one.candidate),
                          fmt::format("{:+.2f}", 100 * (one.candidate - one.reference))});
  }
  return fmt::format(
      "{}Mean difference {:+.2f} points, 90 % interval {:+.2f} to {:+.2f}, margin {}, {}\n"
      "Accuracies {}\n{}",
      format_table(table, TableFormat::kTable), seeds.difference, seeds.low, seeds.high,
      points_text(seeds.margin), p_text(seeds.p, seeds.deviation), verdict_text(seeds), chance_text(seeds));
}

}  // namespace rnnbench
