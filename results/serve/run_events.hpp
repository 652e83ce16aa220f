#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "harness/core/run_sink.hpp"

namespace rnnbench {

/// What is new of a run since the last look, as server-sent events (WHATWG HTML, section 9.2): `epoch` with
/// the curves as JSON where an epoch was added, `output` with the last lines its process wrote, as a JSON
/// string, where they are others, `end` with the status once it is over.
class RunEvents {
 public:
  RunEvents(std::filesystem::path database, RunId run) : database_(std::move(database)), run_(run) {}

  /// The events, or a comment that keeps the connection open; nothing once the run was over at the last look.
  /// Throws ConfigError where there is no such run, StoreError.
  std::optional<std::string> next();

 private:
  std::filesystem::path database_;
  RunId run_;
  std::int64_t epochs_ = -1;
  std::string output_;
  bool is_over_ = false;
};

}  // namespace rnnbench
