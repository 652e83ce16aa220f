#include "harness/cli/doctor_rows.hpp"

#include <gmock/gmock.h>

namespace rnnbench {
namespace {

using testing::HasSubstr;
using testing::Not;

Json example() {
  return Json::parse(R"({
    "quick": false, "cores": 2, "seconds": 14.26, "steal_share": 0.0123,
    "multiply_add": [{"bits": 512, "threads": 1, "operations_per_second": 115.64e9},
                     {"bits": 512, "threads": 2, "operations_per_second": 231e9}],
    "product_check": [{"library": "libtorch", "threads": 1, "size": 2048, "operations_per_second": 110e9,
                       "peak_operations_per_second": 115.64e9, "share_of_peak": 0.95122},
                      {"library": "eigen", "obstacle": "it is missing"}],
    "bandwidth": [{"level": "L1", "threads": 1, "set_bytes_per_thread": 15360, "triad_bytes_per_second": 285.18e9,
                   "read_bytes_per_second": 200.7e9},
                  {"level": "memory", "threads": 2, "set_bytes_per_thread": 201326592,
                   "triad_bytes_per_second": 35.13e9, "read_bytes_per_second": 36.4e9}],
    "stream_check": [{"threads": 2, "array_bytes": 134217728, "arrays_per_last_level": 4.0, "trials": 10,
                      "bytes_per_second": 35e9, "sweep_bytes_per_second": 35.13e9, "ratio": 0.9963}],
    "latency": {"thread_start": {"samples": 9, "median_ns": 24012, "p99_ns": 81000, "max_ns": 90000},
                "wake_up": {"samples": 9, "median_ns": 3715.5, "p99_ns": 4546.5, "max_ns": 90000}},
    "timer": {"resolution_ns": 30, "reading_ns": 26.4,
              "jitter": {"samples": 7094, "median_ns": 10000, "p99_ns": 12250, "max_ns": 4099390}}
  })");
}

std::string text_of(const Json& measured) {
  std::string text;
  for (const DoctorRow& row : doctor_rows(measured)) text += row.name + "|" + row.text + "\n";
  return text;
}

TEST(DoctorRows, ShowEachNumberWithItsUnit) {
  EXPECT_EQ(text_of(example()), R"(measured|in 14.3 s; rates are the best that was seen
multiply-add|512 bits       1 thread    115.6 GFLOP/s
|512 bits       2 threads   231.0 GFLOP/s
its check|libtorch       1 thread    110.0 GFLOP/s in a product of size 2048: 95.1 % of 115.6
|eigen's product: it is missing
bandwidth|L1             1 thread  triad   285.2 GB/s, read   200.7 GB/s (15 KiB a thread)
|memory         2 threads triad    35.1 GB/s, read    36.4 GB/s (192 MiB a thread)
its check|STREAM         2 threads triad    35.0 GB/s, best of 9: 99.6 % of 35.1
latency|start of a thread         24.0 µs, 99 % within 81.0 µs
|waking a waiting thread   3.72 µs, 99 % within 4.55 µs
|launches on a GPU are not measured here
clock|steps of 30.0 ns, a reading takes 26.4 ns
jitter|work of 10.0 µs: 99 % of 7094 times at most 22.5 % longer, the worst took 4.10 ms
steal|1.2 % of the processors' time went to others on the host
)");
}

TEST(DoctorRows, SayWhatIsNotThere) {
  Json measured = example();
  measured["obstacles"] = {"bandwidths: no memory"};
  measured["bandwidth"] = measured["stream_check"] = Json::array();
  measured.erase("steal_share");
  measured["quick"] = true;
  const std::string text = text_of(measured);
  EXPECT_THAT(text, HasSubstr("not measured|bandwidths: no memory\n"));
  EXPECT_THAT(text, HasSubstr("without --quick"));
  EXPECT_THAT(text, Not(HasSubstr("steal")));
}

TEST(DoctorRows, SayWhereStreamsArraysAreTooSmall) {
  Json measured = example();
  measured["stream_check"][0]["arrays_per_last_level"] = 2;
  EXPECT_THAT(text_of(measured), HasSubstr("(arrays of 2.0 times the last cache, its rule asks for 4)"));
}

TEST(DoctorRows, DurationsHaveThreeDigits) {
  EXPECT_EQ(duration_text(0.25), "0.25 ns");
  EXPECT_EQ(duration_text(9.996), "10.0 ns");
  EXPECT_EQ(duration_text(99.96), "100 ns");
  EXPECT_EQ(duration_text(999.6), "1.00 µs");
  EXPECT_EQ(duration_text(1234567), "1.23 ms");
  EXPECT_EQ(duration_text(5e12), "5000 s");
}

}  // namespace
}  // namespace rnnbench
