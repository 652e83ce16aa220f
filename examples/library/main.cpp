// Learns on which side of a line points are, by logistic regression, and logs its runs beside those of
// rnnbench.
//   sides DATABASE LEARNING_RATE SEED
#include <cmath>
#include <cstdlib>
#include <iostream>
#include <random>
#include <rnnbench/harness/measure/phase_timer.hpp>
#include <rnnbench/results/log/run_log.hpp>

namespace {

struct Point {
  double x, y;
  bool above;  ///< the line y = 2 x; one in ten is said wrongly
};

Point draw(std::mt19937_64& random) {
  std::uniform_real_distribution<double> coordinate(-1, 1);
  const double x = coordinate(random), y = coordinate(random);
  return {x, y, (y > 2 * x) != std::bernoulli_distribution(0.1)(random)};
}

struct Line {
  double a = 0.5, b = 0;  ///< begins across

  double above(const Point& point) const { return 1 / (1 + std::exp(-a * point.x - b * point.y)); }
  void step(const Point& point, double error, double rate) {
    a -= rate * error * point.x;
    b -= rate * error * point.y;
  }
};

/// The share of 500 new points that the line is right about.
double accuracy(const Line& line, std::mt19937_64& random) {
  int hits = 0;
  for (int i = 0; i < 500; ++i) {
    const Point point = draw(random);
    hits += (line.above(point) > 0.5) == point.above ? 1 : 0;
  }
  return hits / 500.0;
}

/// 200 steps, each timed; the mean cross-entropy before them.
double train(Line& line, double rate, std::mt19937_64& random, rnnbench::PhaseTimer& timer) {
  double loss = 0;
  for (int i = 0; i < 200; ++i) {
    timer.begin_step();
    const Point point = draw(random);
    timer.data_ready();
    const double above = line.above(point);
    timer.finished(rnnbench::Phase::kForward);
    line.step(point, above - (point.above ? 1 : 0), rate);
    timer.finished(rnnbench::Phase::kOptimizer);
    timer.end_step();
    loss -= std::log(point.above ? above : 1 - above) / 200;
  }
  return loss;
}

}  // namespace

int main(int count, char** arguments) try {
  if (count != 4) {
    std::cerr << "usage: sides DATABASE LEARNING_RATE SEED\n";
    return 2;
  }
  const double rate = std::atof(arguments[2]);
  const std::uint64_t seed = std::strtoull(arguments[3], nullptr, 10);
  std::mt19937_64 random(seed);
  Line line;

  rnnbench::RunLog log(arguments[1], "sides", {{"learning_rate", rate}}, seed, "Which rate finds the line?");
  rnnbench::PhaseTimer timer(/*device_is_asynchronous=*/false);
  for (int epoch = 1; epoch <= 5; ++epoch) {
    log.metric("loss", "train", epoch, train(line, rate, random, timer), "nats");
    log.metric("accuracy", "test", epoch, accuracy(line, random), "fraction");
    log.timings(timer.take(epoch, /*warmup_steps=*/epoch == 1 ? 10 : 0));
  }
  log.finish();
  std::cout << "run " << log.run() << ": accuracy " << accuracy(line, random) << "\n";
} catch (const rnnbench::Error& error) {
  std::cerr << error.what() << "\n";
  return static_cast<int>(error.exit_code());
}
