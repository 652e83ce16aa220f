#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "harness/bench/line_talk.hpp"
#include "harness/bench/side_messages.hpp"

namespace rnnbench {

/// The bench's end of the talk with one side.
class SideLink {
 public:
  virtual ~SideLink() = default;
  /// Both wait for the answer. Throw EngineError where the side failed or is gone, Interrupted.
  virtual SideReady set_up(const SideSetup& setup) = 0;
  virtual SideSamples measure(const SideRequest& request) = 0;
};

/// A side in a process of its own, which ends with this.
class SideProcess final : public SideLink {
 public:
  /// Starts `command`, see ChildProcess. Throws EnvironmentError.
  SideProcess(const std::vector<std::string>& command, std::stop_token stop);

  SideReady set_up(const SideSetup& setup) override;
  SideSamples measure(const SideRequest& request) override;

 private:
  LineTalk talk_;
};

}  // namespace rnnbench
