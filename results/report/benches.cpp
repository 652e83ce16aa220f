#include <fmt/format.h>

#include "results/query/bench_text.hpp"
#include "results/query/table_format.hpp"
#include "results/report/markdown.hpp"
#include "results/report/sections.hpp"

namespace rnnbench {

std::string bench_section(const BenchData& bench) {
  std::string text =
      fmt::format("### {}\n\nTaken {}.\n\n{}\n", markdown_text(bench.subject), markdown_text(bench.started),
                  format_table(bench_table(bench), TableFormat::kMarkdown));
  for (const std::string& note : bench_notes(bench)) text += fmt::format("- {}\n", markdown_text(note));
  return text;
}

std::string benches(const FigureData& data) {
  std::string text =
      "## Timings\n\nOf each model, settings and sides the newest finished comparison. `rnnbench list "
      "--experiment "
      "bench` "
      "has the runs of all, `rnnbench compare --history` looks at them over time.\n";
  for (const BenchData& bench : data.benches) text += fmt::format("\n{}", bench_section(bench));
  return text;
}

}  // namespace rnnbench
