#include "harness/cli/doctor_rows.hpp"

#include <fmt/format.h>

#include <cmath>

namespace rnnbench {
namespace {

/// Rows are added with the name of the first one of a kind alone.
class Rows {
 public:
  template <typename... Values>
  void add(const std::string& name, fmt::format_string<Values...> format, Values&&... values) {
    rows_.push_back({name == last_ ? "" : name, fmt::format(format, std::forward<Values>(values)...)});
    last_ = name;
  }
  std::vector<DoctorRow> take() { return std::move(rows_); }

 private:
  std::vector<DoctorRow> rows_;
  std::string last_;
};

double number(const Json& row, const char* name) { return row.at(name).get<double>(); }

std::string giga(double value) { return fmt::format("{:.1f}", value * 1e-9); }

/// "1 thread " and "16 threads", alike in width up to 999.
std::string threads_text(const Json& row) {
  const int threads = row.at("threads").get<int>();
  return fmt::format("{:>3} {:<7}", threads, threads == 1 ? "thread" : "threads");
}

std::string bytes_text(double bytes) {
  constexpr double kKib = 1024;
  if (bytes < kKib * kKib) return fmt::format("{:.0f} KiB", bytes / kKib);
  return fmt::format("{:.0f} MiB", bytes / (kKib * kKib));
}

void add_timer(Rows& rows, const Json& timer) {
  rows.add("clock", "steps of {}, a reading takes {}", duration_text(number(timer, "resolution_ns")),
           duration_text(number(timer, "reading_ns")));
  const Json& jitter = timer.at("jitter");
  const double median = number(jitter, "median_ns");
  rows.add("jitter", "work of {}: 99 % of {} times at most {:.1f} % longer, the worst took {}",
           duration_text(median), jitter.at("samples").get<std::size_t>(),
           100 * (number(jitter, "p99_ns") / median - 1), duration_text(number(jitter, "max_ns")));
}

void add_latency(Rows& rows, const Json& latency) {
  const auto add = [&](const char* key, const char* what) {
    if (!latency.contains(key)) return;
    const Json& spread = latency.at(key);
    rows.add("latency", "{:<24} {:>8}, 99 % within {}", what, duration_text(number(spread, "median_ns")),
             duration_text(number(spread, "p99_ns")));
  };
  add("thread_start", "start of a thread");
  add("wake_up", "waking a waiting thread");
  add("process_start", "start to end of a process");
  rows.add("latency", "launches on a GPU are not measured here");
}

void add_product(Rows& rows, const Json& row) {
  const std::string library = row.at("library").get<std::string>();
  if (row.contains("obstacle")) {
    return rows.add("its check", "{}'s product: {}", library, row.at("obstacle").get<std::string>());
  }
  rows.add("its check", "{:<12} {} {:>7} GFLOP/s in a product of size {}: {:.1f} % of {}", library,
           threads_text(row), giga(number(row, "operations_per_second")), row.at("size").get<int>(),
           100 * number(row, "share_of_peak"), giga(number(row, "peak_operations_per_second")));
}

void add_stream(Rows& rows, const Json& row) {
  constexpr double kRule = 3.99;  // four times, rounded
  const double caches = number(row, "arrays_per_last_level");
  rows.add("its check", "STREAM       {} triad {:>7} GB/s, best of {}: {:.1f} % of {}{}", threads_text(row),
           giga(number(row, "bytes_per_second")), row.at("trials").get<int>() - 1, 100 * number(row, "ratio"),
           giga(number(row, "sweep_bytes_per_second")),
           caches < kRule
               ? fmt::format(" (arrays of {:.1f} times the last cache, its rule asks for 4)", caches)
               : "");
}

}  // namespace

std::string duration_text(double nanoseconds) {
  constexpr const char* kUnits[] = {"ns", "µs", "ms", "s"};
  std::size_t unit = 0;
  while (nanoseconds >= 999.5 && unit + 1 < std::size(kUnits)) {
    nanoseconds /= 1000;
    ++unit;
  }
  const int decimals = nanoseconds < 9.995 ? 2 : nanoseconds < 99.95 ? 1 : 0;
  return fmt::format("{:.{}f} {}", nanoseconds, decimals, kUnits[unit]);
}

std::vector<DoctorRow> doctor_rows(const Json& measured) {
  Rows rows;
  rows.add("measured", "in {:.1f} s; rates are the best that was seen{}", number(measured, "seconds"),
           measured.at("quick").get<bool>() ? "; without --quick each gets ten times as long" : "");
  if (measured.contains("obstacles")) {
    for (const Json& obstacle : measured.at("obstacles"))
      rows.add("not measured", "{}", obstacle.get<std::string>());
  }
  for (const Json& row : measured.at("multiply_add")) {
    rows.add("multiply-add", "{:>3} bits     {} {:>7} GFLOP/s", row.at("bits").get<int>(), threads_text(row),
             giga(number(row, "operations_per_second")));
  }
  for (const Json& row : measured.at("product_check")) add_product(rows, row);
  for (const Json& row : measured.at("bandwidth")) {
    rows.add("bandwidth", "{:<12} {} triad {:>7} GB/s, read {:>7} GB/s ({} a thread)",
             row.at("level").get<std::string>(), threads_text(row),
             giga(number(row, "triad_bytes_per_second")), giga(number(row, "read_bytes_per_second")),
             bytes_text(number(row, "set_bytes_per_thread")));
  }
  for (const Json& row : measured.at("stream_check")) add_stream(rows, row);
  add_latency(rows, measured.at("latency"));
  add_timer(rows, measured.at("timer"));
  if (measured.contains("steal_share")) {
    rows.add("steal", "{:.1f} % of the processors' time went to others on the host",
             100 * number(measured, "steal_share"));
  }
  return rows.take();
}

}  // namespace rnnbench
