#include "harness/cli/doctor_measurements.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "harness/cli/processor_share.hpp"
#include "harness/core/error.hpp"
#include "harness/measure/bandwidth.hpp"
#include "harness/measure/caches.hpp"
#include "harness/measure/clock_cost.hpp"
#include "harness/measure/latencies.hpp"
#include "harness/measure/machine_use.hpp"
#include "harness/measure/memory_limit.hpp"
#include "harness/measure/multiply_add_peak.hpp"
#include "harness/measure/product_peak.hpp"
#include "harness/measure/stream_triad.hpp"
#include "harness/measure/thread_team.hpp"
#include "impls/registry/libtorch_facts.hpp"
#include "impls/registry/registry.hpp"

namespace rnnbench {
namespace {

using Show = std::function<void(const std::string&)>;

Json spread_json(const Spread& spread) {
  return {{"samples", spread.samples},
          {"median_ns", spread.median_ns},
          {"p99_ns", spread.p99_ns},
          {"max_ns", spread.max_ns}};
}

/// One thread and all of them.
std::vector<int> one_and_all(int threads) {
  return threads == 1 ? std::vector<int>{1} : std::vector<int>{1, threads};
}

Json multiply_add(int cores, double seconds) {
  const std::vector<int> widths = vector_widths(), counts = thread_counts(cores);
  const double each = seconds / static_cast<double>(widths.size() * counts.size());
  Json rows = Json::array();
  for (const int bits : widths) {
    for (const int threads : counts) {
      const MultiplyAddPeak peak = multiply_add_peak(bits, threads, each);
      rows.push_back(
          {{"bits", bits}, {"threads", threads}, {"operations_per_second", peak.operations_per_second}});
    }
  }
  return rows;
}

Json bandwidth_row(const Bandwidth& found) {
  return {{"level", found.set.level},
          {"threads", found.set.threads},
          {"set_bytes_per_thread", found.set.bytes},
          {"triad_bytes_per_second", found.triad_bytes_per_second},
          {"triad_bits", found.triad_bits},
          {"read_bytes_per_second", found.read_bytes_per_second},
          {"read_bits", found.read_bits}};
}

/// Those of the caches, and memory's; memory's in turns with STREAM's triad, so that both are measured at the
/// same times.
void measure_bandwidths(int cores, std::size_t array_bytes, const DoctorTimes& times, Json& measured) {
  const std::vector<Cache> caches = read_caches();
  const int rounds = times.is_quick ? 1 : 3;
  std::vector<WorkingSet> sets;
  for (const int threads : one_and_all(cores))
    std::ranges::copy(working_sets(caches, threads, 3 * array_bytes), std::back_inserter(sets));
  constexpr double kMemoryWeight = 3;
  double weights = 0;
  for (const WorkingSet& set : sets) weights += set.level == "memory" ? kMemoryWeight : 1;
  for (const WorkingSet& set : sets) {
    const double seconds = times.bandwidth / weights;
    if (set.level != "memory") {
      measured["bandwidth"].push_back(bandwidth_row(measure_bandwidth(set, seconds)));
      continue;
    }
    Bandwidth sweep;
    StreamTriad stream;
    for (int round = 0; round < rounds; ++round) {
      sweep = best_of(measure_bandwidth(set, kMemoryWeight * seconds / rounds), sweep);
      if (times.is_quick && set.threads < cores) continue;
      const StreamTriad again = stream_triad(set.threads, array_bytes, times.stream / (2 * rounds));
      if (again.bytes_per_second > stream.bytes_per_second) stream = again;
    }
    measured["bandwidth"].push_back(bandwidth_row(sweep));
    if (stream.trials == 0) continue;
    const auto last_level = static_cast<double>(last_level_bytes(caches));
    measured["stream_check"].push_back(
        {{"threads", stream.threads},
         {"array_bytes", stream.array_bytes},
         {"arrays_per_last_level", static_cast<double>(stream.array_bytes) / last_level},
         {"trials", stream.trials},
         {"bytes_per_second", stream.bytes_per_second},
         {"sweep_bytes_per_second", sweep.triad_bytes_per_second},
         {"ratio", stream.bytes_per_second / sweep.triad_bytes_per_second}});
  }
}

Json latency(double seconds) {
  Json found = {{"thread_start", spread_json(thread_start_latency(seconds / 3))},
                {"wake_up", spread_json(wake_up_latency(seconds / 3))}};
  const Spread process = process_start_latency(seconds / 3);
  if (process.samples > 0) found["process_start"] = spread_json(process);
  return found;
}

Json timer(double seconds) {
  const ClockCost cost = clock_cost();
  return {{"resolution_ns", cost.resolution_ns},
          {"reading_ns", cost.reading_ns},
          {"jitter", spread_json(measure_jitter(seconds))}};
}

/// The best rate of the rows with that many threads.
double best_peak(const Json& rows, int threads) {
  double best = 0;
  for (const Json& row : rows) {
    if (row.at("threads") == threads) best = std::max(best, row.at("operations_per_second").get<double>());
  }
  return best;
}

/// The products of the libraries that the engines are built on, or why one has none.
Json product_check(int cores, const Json& peaks, const DoctorTimes& times) {
  Json rows = Json::array();
  std::vector<LibraryProduct> products;
  for (const std::string& engine : engine_names()) {
    if (engine == "libtorch" && (times.is_quick || libtorch_facts().folder.empty())) continue;
    try {
      std::ranges::copy(library_products(engine), std::back_inserter(products));
    } catch (const Error& error) {
      rows.push_back({{"library", engine}, {"obstacle", error.what()}});
    }
  }
  const std::vector<int> counts = one_and_all(cores);
  for (const LibraryProduct& product : products) {
    for (const int threads : counts) {
      const double seconds = times.product / static_cast<double>(products.size() * counts.size());
      const ProductPeak found = product_peak(product.multiply, threads, seconds);
      const double peak = best_peak(peaks, threads);
      rows.push_back({{"library", product.name},
                      {"threads", threads},
                      {"size", found.size},
                      {"operations_per_second", found.operations_per_second},
                      {"peak_operations_per_second", peak},
                      {"share_of_peak", found.operations_per_second / peak}});
    }
  }
  return rows;
}

}  // namespace

DoctorTimes full_times() {
  return {.multiply_add = 2,
          .bandwidth = 4,
          .latency = 0.9,
          .jitter = 0.8,
          .product = 3,
          .stream = 1.6,
          .most_array_bytes = std::size_t{1} << 30,
          .is_quick = false};
}

DoctorTimes quick_times() {
  return {.multiply_add = 0.2,
          .bandwidth = 0.25,
          .latency = 0.06,
          .jitter = 0.06,
          .product = 0.2,
          .stream = 0.08,
          .most_array_bytes = std::size_t{64} << 20,
          .is_quick = true};
}

Json measure_machine(const DoctorTimes& times, const Show& show) {
  const TickClock& clock = steady_ticks();
  const std::int64_t begin = clock.now();
  const MachineReading before = read_machine();
  const int cores = std::max(1, static_cast<int>(allowed_processors().size()));
  const std::size_t array_bytes =
      stream_array_bytes(last_level_bytes(read_caches()), memory_limit(), times.most_array_bytes);
  Json measured = {{"quick", times.is_quick}, {"cores", cores}};
  for (const char* rows : {"multiply_add", "product_check", "bandwidth", "stream_check"})
    measured[rows] = Json::array();
  const auto measure = [&](const char* doing, const auto& how) {
    show(fmt::format("measuring {}", doing));
    try {
      how();
    } catch (const Error& error) {
      measured["obstacles"].push_back(fmt::format("{}: {}", doing, error.what()));
    }
  };
  measure("the clock", [&] { measured["timer"] = timer(times.jitter); });
  measure("latencies", [&] { measured["latency"] = latency(times.latency); });
  measure("multiply-adds", [&] { measured["multiply_add"] = multiply_add(cores, times.multiply_add); });
  measure("products of libraries",
          [&] { measured["product_check"] = product_check(cores, measured.at("multiply_add"), times); });
  measure("bandwidths", [&] { measure_bandwidths(cores, array_bytes, times, measured); });
  const MachineUse use = use_between(before, read_machine());
  if (use.steal) measured["steal_share"] = *use.steal;
  measured["seconds"] = static_cast<double>(clock.now() - begin) * 1e-9;
  return measured;
}

}  // namespace rnnbench
