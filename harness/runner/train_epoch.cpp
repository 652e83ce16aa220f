#include "harness/runner/train_epoch.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "harness/core/error.hpp"

namespace rnnbench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr auto kReportInterval = std::chrono::milliseconds(200);

void add(StepTotals& sums, const StepTotals& more) {
  sums.loss += more.loss;
  sums.gradient_norm += more.gradient_norm;
  sums.correct += more.correct;
  sums.clipped += more.clipped;
  sums.reviews += more.reviews;
  sums.steps += more.steps;
}

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

}  // namespace

TrainedEpoch train_epoch(Engine& engine, const EncodedData& data, const EncodedPart& part, int batch,
                         double learning_rate, std::uint64_t order_seed, int epoch, PhaseTimer& timer,
                         const std::stop_token& stop, const StepReport& report) {
  const std::vector<std::uint32_t> order = epoch_order(part.reviews(), order_seed, epoch);
  const std::size_t batch_size = static_cast<std::size_t>(batch);
  BatchBuffer buffer;
  StepTotals sums;
  const auto start = Clock::now();
  auto last_report = start;

  for (std::size_t first = 0; first < order.size() && std::isfinite(sums.loss); first += batch_size) {
    if (stop.stop_requested()) throw Interrupted();
    const std::size_t count = std::min(batch_size, order.size() - first);
    timer.begin_step();
    const Batch rows = buffer.gather(data, part, std::span(order).subspan(first, count));
    timer.data_ready();
    engine.train_step(rows, learning_rate, timer);
    timer.end_step();

    // Taking totals waits for a device, so there it is done a few times a second. Else it is done each step,
    // so that sums have one order whatever the time is, and a run repeats bit for bit.
    const bool is_due = Clock::now() - last_report >= kReportInterval;
    if (is_due || !timer.device_is_asynchronous()) add(sums, engine.take_totals());
    if (is_due) {
      last_report = Clock::now();
      report(static_cast<double>(first + count) / static_cast<double>(order.size()),
             sums.loss / static_cast<double>(sums.steps),
             static_cast<double>(sums.correct) / static_cast<double>(sums.reviews));
    }
  }
  add(sums, engine.take_totals());

  const auto steps = static_cast<double>(sums.steps);
  return {.loss = sums.loss / steps,
          .accuracy = static_cast<double>(sums.correct) / static_cast<double>(sums.reviews),
          .gradient_norm = sums.gradient_norm / steps,
          .clipped = static_cast<double>(sums.clipped) / steps,
          .seconds = seconds_since(start),
          .steps = sums.steps};
}

}  // namespace rnnbench
