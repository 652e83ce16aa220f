#include "results/query/bench_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "harness/core/median.hpp"
#include "results/query/bench_measures.hpp"
#include "results/query/figure_data.hpp"

namespace rnnbench {
namespace {

using Json = nlohmann::json;

constexpr double kMillisecond = 1e6, kMega = 1e6, kGiga = 1e9;

Json parsed(const std::string& text) { return Json::parse(text, nullptr, /*allow_exceptions=*/false); }

/// A value of a JSON object by pointer, as text; "" where there is none.
std::string text_at(const Json& json, const char* pointer) {
  const Json::json_pointer at(pointer);
  if (!json.is_structured() || !json.contains(at)) return "";
  const Json& value = json.at(at);
  return value.is_string() ? value.get<std::string>() : value.dump();
}

TableCell milliseconds(const BenchSideData& side, const char* phase) {
  const double median = median_round_ns(side, phase);
  if (!problem_of(side, phase).empty()) return std::string("not known");
  if (!std::isfinite(median)) return {};
  return fmt::format("{:.4g}", median / kMillisecond);
}

TableCell ratio_cell(const BenchData& bench, const BenchSideData& side, const char* phase) {
  if (&side == &bench.sides.front()) return std::string("1");
  const auto ratio = ratio_of(bench, side, phase);
  if (!ratio) return std::string("not known");
  return fmt::format("{:.3g} [{:.3g}, {:.3g}]", ratio->ratio, ratio->interval.low, ratio->interval.high);
}

TableCell number_cell(double value, const char* unit) {
  if (!std::isfinite(value)) return {};
  return fmt::format("{:.3g}{}", value, unit);
}

std::string noise_of(const BenchSideData& side) {
  if (side.samples == 0) return "-";
  return fmt::format("{} of {}", side.noisy, side.samples);
}

/// "libtorch takes 3.19 times as long as eigen for a step [3.12, 3.25]".
std::string verdict(const BenchData& bench, const BenchSideData& side, const char* phase, const char* what) {
  const std::string& reference = bench.sides.front().label;
  const auto ratio = ratio_of(bench, side, phase);
  if (!ratio)
    return fmt::format("{}: {} and {} can't be compared: {}", what, side.label, reference, ratio.why_not());
  const std::string interval = fmt::format("[{:.3f}, {:.3f}]", ratio->interval.low, ratio->interval.high);
  if (ratio->interval.contains(1)) {
    return fmt::format("{}: no difference between {} and {} is shown, ratio {:.3f} {}", what, side.label,
                       reference, ratio->ratio, interval);
  }
  const bool slower = ratio->ratio > 1;
  const double low = slower ? ratio->interval.low : 1 / ratio->interval.high;
  const double high = slower ? ratio->interval.high : 1 / ratio->interval.low;
  return fmt::format("{}: {} is {:.3g} times {} than {} [{:.3g}, {:.3g}]", what, side.label,
                     slower ? ratio->ratio : 1 / ratio->ratio, slower ? "slower" : "faster", reference, low,
                     high);
}

/// Of the pass that timed them; what is between the phases isn't among them.
std::string phases_of(const BenchSideData& side) {
  const auto total = [&](const char* phase) {
    const auto found = side.totals.find(phase);
    return found == side.totals.end() ? 0.0 : found->second;
  };
  for (const char* phase : {"phases", "data", "forward", "backward", "optimizer"}) {
    const std::string problem = problem_of(side, phase);
    if (!problem.empty())
      return fmt::format("what {} spends a step on is not known: {}", side.label, problem);
  }
  if (total("phases") <= 0) return "";
  std::string text;
  for (const char* phase : {"data", "forward", "backward", "optimizer"}) {
    text +=
        fmt::format("{}{} {:.1f} %", text.empty() ? "" : ", ", phase, 100 * total(phase) / total("phases"));
  }
  return fmt::format("{} spends a step on: {}", side.label, text);
}

/// "fused needs 43.1 % of a step's operations as written, and reaches 38 % of the peak in them".
std::string needed_note(const BenchSideData& side) {
  const double share = metric_of(side, "needed_operations") / metric_of(side, "step_operations");
  if (!std::isfinite(share) || !std::isfinite(needed_peak_share(side))) return "";
  return fmt::format(
      "{} needs {:.1f} % of a step's operations as written, and reaches {:.1f} % of the peak in them",
      side.label, 100 * share, 100 * needed_peak_share(side));
}

/// "libtorch:cuda": as commands take it, whichever build it is of.
std::string engine_of(const BenchSideData& side) {
  return side.device == "cpu" ? side.engine : side.engine + ":" + side.device;
}

/// Whether it is any program, which times itself.
bool is_program(const BenchSideData& side) { return side.engine == "command"; }

std::string parity_note(const BenchData& bench, const BenchSideData& side) {
  const BenchSideData& reference = bench.sides.front();
  for (const BenchSideData* each : {&reference, &side}) {
    if (!is_program(*each)) continue;
    return fmt::format(
        "parity not shown of {} and {}: {} is a program, which timed itself; that it computes the same "
        "function is its author's word",
        reference.label, side.label, each->label);
  }
  if (side.engine == reference.engine && side.device == reference.device) return "";
  TrialData one, other;
  one.engine = reference.engine, one.device = reference.device;
  other.engine = side.engine, other.device = side.device;
  other.settings = side.settings;
  const ParityData* parity = find_parity(bench.parity, model_text(other), one, other);
  if (parity != nullptr && parity->shown) {
    return fmt::format("parity of {} and {} shown on {}", reference.label, side.label,
                       day_of(parity->checked));
  }
  return fmt::format("parity {} {} and {}: the speeds may be of different functions; {}",
                     parity == nullptr ? "not shown of" : "REFUTED of", reference.label, side.label,
                     bench.parity_command.empty()
                         ? "run `rnnbench parity`"
                         : fmt::format("run `{} --engines {},{}`", bench.parity_command, engine_of(reference),
                                       engine_of(side)));
}

std::string drift_note(const BenchData& bench) {
  if (!bench.control_problem.empty()) return "the machine: its drift is not known, " + bench.control_problem;
  if (bench.control.size() < 2) return "";
  const auto [low, high] = std::ranges::minmax(bench.control);
  return fmt::format(
      "the machine: a control that is always the same took {:.3g} to {:.3g} ms a round ({:+.1f} % from the "
      "first to the last)",
      low / kMillisecond, high / kMillisecond, 100 * (bench.control.back() / bench.control.front() - 1));
}

bool is_precise(const BenchData& bench) {
  for (std::size_t i = 1; i < bench.sides.size(); ++i) {
    for (const char* phase : {"step", "predict"}) {
      const auto ratio = ratio_of(bench, bench.sides[i], phase);
      const auto is_vague = [&](const TimingRatio& known) {
        return (known.interval.high - known.interval.low) / 2 > bench.precision * known.ratio;
      };
      if (!ratio || is_vague(*ratio)) return false;
    }
  }
  return true;
}

/// How its end has to do with the time it was given.
std::string time_note(const BenchData& bench) {
  if (bench.status != "finished") return "the comparison is " + bench.status + ": not all rounds were taken";
  std::string text;
  if (bench.seconds > bench.seconds_given) {
    text =
        fmt::format("it took {:.3g} s, more than the {:g} s that it was given: so long take the least rounds",
                    bench.seconds, bench.seconds_given);
  }
  if (!std::isfinite(bench.precision) || is_precise(bench)) return text;
  const std::string vague =
      fmt::format("before every interval was within ±{:g} %; give it more with --for", 100 * bench.precision);
  return text.empty() ? "time was over " + vague : text + ", and they ended " + vague;
}

std::string machine_note(const BenchData& bench) {
  const BenchSideData& side = bench.sides.front();
  const Json environment = parsed(side.environment);
  std::string text = fmt::format("{}, {} cores", text_at(environment, "/processor/model"),
                                 text_at(environment, "/processor/cores"));
  const double peak = metric_of(side, "multiply_add_peak");
  if (std::isfinite(peak)) text += fmt::format("; peak {:.0f} GFLOP/s on as many threads", peak / kGiga);
  if (std::isfinite(bench.steal))
    text += fmt::format("; the host took at most {:.1f} % of a round", 100 * bench.steal);
  const double hertz = metric_of(side, "frequency");
  if (std::isfinite(hertz)) text += fmt::format("; {:.2f} GHz", hertz / kGiga);
  return text;
}

std::string clock_note(const BenchData& bench) {
  const BenchSideData& side = bench.sides.front();
  const double reading = metric_of(side, "clock_reading"), resolution = metric_of(side, "clock_resolution");
  const auto& rounds = rounds_of(side, "step");
  if (!std::isfinite(reading) || rounds.empty() || !problem_of(side, "step").empty()) return "";
  const double share = 2 * reading / median_of(rounds);
  return fmt::format(
      "the clock: {:.0f} ns resolution, {:.0f} ns a reading, {} of a step", resolution, reading,
      share < 0.001 ? "less than 0.1 %" : fmt::format("{:.2g} %: short steps look longer", 100 * share));
}

std::string build_of(const BenchSideData& side) {
  const Json environment = parsed(side.environment);
  if (is_program(side)) {
    const std::string versions = text_at(parsed(side.engine_details), "/versions");
    return fmt::format("{}: {}", side.label, versions.empty() ? "a program of unknown version" : versions);
  }
  return fmt::format("{}: revision {}{}, {}", side.label,
                     text_at(environment, "/build/revision").substr(0, 10),
                     text_at(environment, "/build/dirty") == "true" ? " (changed)" : "",
                     text_at(environment, "/build/type"));
}

}  // namespace

Table bench_table(const BenchData& bench) {
  const std::string& reference = bench.sides.front().label;
  Table table{
      {"engine", "run", "step ms", fmt::format("of {}'s step", reference), "predict ms",
       fmt::format("of {}'s prediction", reference), "GFLOP/s", "of peak", "memory MB", "noisy steps"},
      {}};
  for (const BenchSideData& side : bench.sides) {
    table.rows.push_back({is_program(side) ? side.label + " (program, parity not shown)" : side.label,
                          side.run, milliseconds(side, "step"), ratio_cell(bench, side, "step"),
                          milliseconds(side, "predict"), ratio_cell(bench, side, "predict"),
                          number_cell(step_rate(side) / kGiga, ""),
                          number_cell(100 * step_rate(side) / metric_of(side, "multiply_add_peak"), " %"),
                          number_cell(metric_of(side, "memory_peak") / kMega, ""), noise_of(side)});
  }
  return table;
}

std::vector<std::string> bench_notes(const BenchData& bench) {
  const Json settings = parsed(bench.sides.front().settings);
  const std::size_t rounds = rounds_of(bench.sides.front(), "step").size();
  std::vector<std::string> notes;
  const auto add = [&](std::string note) {
    if (!note.empty()) notes.push_back(std::move(note));
  };
  add(fmt::format(
      "batches of {} reviews of {} tokens ({}); {} rounds, in each new processes and blocks of steps in "
      "turns; intervals of 95 %",
      text_at(settings, "/training/batch"), text_at(settings, "/recipe/length"),
      bench.tokens == "drawn" ? "drawn at random, the data set isn't here" : bench.tokens, rounds));
  for (std::size_t i = 1; i < bench.sides.size(); ++i) {
    add(verdict(bench, bench.sides[i], "step", "a training step"));
    add(verdict(bench, bench.sides[i], "predict", "a prediction"));
    add(parity_note(bench, bench.sides[i]));
  }
  if (bench.sides.size() == 1) {
    for (const char* phase : {"step", "predict"}) add(problem_of(bench.sides.front(), phase));
  }
  for (const BenchSideData& side : bench.sides) add(phases_of(side));
  for (const BenchSideData& side : bench.sides) add(needed_note(side));
  add(time_note(bench));
  add(machine_note(bench));
  add(drift_note(bench));
  add(clock_note(bench));
  if (bench.suspended_seconds > 0) {
    add(fmt::format("the machine was suspended for {:.1f} s meanwhile; take the comparison again",
                    bench.suspended_seconds));
  }
  for (const BenchSideData& side : bench.sides) add(build_of(side));
  return notes;
}

}  // namespace rnnbench
