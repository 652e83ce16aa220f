#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "harness/model/engine.hpp"

namespace rnnbench {

/// Times the steps of a device that works while the host goes on: an event is queued at each edge of a phase,
/// and what lies between them is read later, so that the host never waits within a step.
///
/// An `Event` is queued when it is made by `Event(place)`; `event.milliseconds_until(later)` may be asked
/// once the device has passed both.
template <typename Event, typename Place>
class PhaseEvents {
 public:
  explicit PhaseEvents(Place place) : place_(place) {}

  void begin_step() {
    const auto unfinished = static_cast<std::ptrdiff_t>(marks_.size() % kEdges);  // of a step that failed
    marks_.erase(marks_.end() - unfinished, marks_.end());
    marks_.emplace_back(place_);
  }

  /// Forward, backward and optimizer, in this order.
  void phase_finished() { marks_.emplace_back(place_); }

  /// Adds the durations of the steps since the last call to `use`; the device has done them.
  void take(DeviceUse& use) {
    for (std::size_t step = 0; step + kEdges <= marks_.size(); step += kEdges) {
      const auto between = [&](std::size_t from, std::size_t to) {
        return nanoseconds(marks_[step + from].milliseconds_until(marks_[step + to]));
      };
      use.forward_ns.push_back(between(0, 1));
      use.backward_ns.push_back(between(1, 2));
      use.optimizer_ns.push_back(between(2, 3));
      use.step_ns.push_back(between(0, 3));
    }
    marks_.clear();
  }

 private:
  static constexpr std::size_t kEdges = 4;
  static std::int64_t nanoseconds(double milliseconds) { return std::llround(milliseconds * 1e6); }

  Place place_;
  std::vector<Event> marks_;
};

}  // namespace rnnbench
