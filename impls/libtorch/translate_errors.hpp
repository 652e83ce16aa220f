#pragma once

#include <c10/util/Exception.h>

#include <exception>
#include <string>
#include <utility>

#include "harness/core/error.hpp"

namespace rnnbench {

/// Calls `work` and returns its result. What LibTorch or the standard library throws becomes an
/// EngineError with the first line of the message: torch's own types must not cross the module's edge, and
/// its messages carry a stack trace after the first line.
template <class Work>
auto with_translated_errors(Work&& work) {
  const auto first_line = [](const std::string& message) {
    return "libtorch: " + message.substr(0, message.find('\n'));
  };
  try {
    return std::forward<Work>(work)();
  } catch (const Error&) {
    throw;
  } catch (const c10::Error& error) {
    throw EngineError(first_line(error.what_without_backtrace()));
  } catch (const std::exception& error) {
    throw EngineError(first_line(error.what()));
  }
}

}  // namespace rnnbench
