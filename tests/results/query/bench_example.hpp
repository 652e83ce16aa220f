#pragma once

#include <cmath>

#include "results/query/bench_data.hpp"

namespace rnnbench {

/// Eigen and libtorch on m1 in six rounds: a step takes about 2 and 6 ms, a prediction 1 and 2 ms.
inline BenchData a_bench() {
  BenchData bench;
  bench.session = "s1";
  bench.subject = "m1";
  bench.tokens = "toy";
  bench.started = "2026-01-31T12:00:00.000Z";
  bench.status = "finished";
  bench.seconds = 30;
  bench.seconds_given = 40;
  bench.precision = 0.05;
  bench.steal = std::nan("");
  for (const double times : {1.0, 3.0}) {
    BenchSideData& side = bench.sides.emplace_back();
    side.run = std::ssize(bench.sides);
    side.label = side.engine = times > 1 ? "libtorch" : "eigen";
    side.device = "cpu";
    side.settings = R"({"training":{"batch":32},"recipe":{"length":100}})";
    side.engine_details = side.environment = "{}";
    for (const double scatter : {1.0, 1.01, 0.99, 1.0, 1.01, 0.99}) {
      side.rounds["step"].push_back(2e6 * times * (times > 1 ? 2 - scatter : scatter));
      side.rounds["predict"].push_back(0.5e6 * (times + 1) * (times > 1 ? 2 - scatter : scatter));
    }
    side.metrics = {{"step_operations", 4e6}, {"multiply_add_peak", 8e9}, {"memory_peak", 3e8}};
    side.samples = 600;
    side.noisy = 7;
  }
  return bench;
}

}  // namespace rnnbench
