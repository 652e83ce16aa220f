#pragma once

#include <c10/core/Event.h>

namespace rnnbench {

/// A point in the current stream of `device`, for PhaseEvents. Queued when it is made.
class DeviceEvent {
 public:
  explicit DeviceEvent(at::Device device)
      : event_(device.type(), c10::EventFlag::BACKEND_DEFAULT) {  // the default that keeps the time
    event_.record(c10::impl::VirtualGuardImpl(device.type()).getStream(device));
  }

  double milliseconds_until(const DeviceEvent& later) const { return event_.elapsedTime(later.event_); }

 private:
  c10::Event event_;
};

}  // namespace rnnbench
