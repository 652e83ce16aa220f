#pragma once

#include <string>

namespace rnnbench {

/// The message of the `Expected` error that `action` throws, or "nothing was thrown". Other exceptions pass.
template <typename Expected, typename Action>
std::string message_of(Action&& action) {
  try {
    action();
  } catch (const Expected& error) {
    return error.what();
  }
  return "nothing was thrown";
}

}  // namespace rnnbench
