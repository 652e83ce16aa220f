#pragma once

#include <SQLiteCpp/Exception.h>

#include <filesystem>
#include <utility>

namespace rnnbench {

/// Says in a StoreError, a DamagedError where it is damage, what SQLite reported about the database at
/// `path`, and what to do.
[[noreturn]] void throw_store_error(const std::filesystem::path& path, const SQLite::Exception& error);

/// Runs `action` on the database at `path`; SQLite's exceptions leave as StoreError.
template <typename Action>
decltype(auto) with_store_errors(const std::filesystem::path& path, Action&& action) {
  try {
    return std::forward<Action>(action)();
  } catch (const SQLite::Exception& error) {
    throw_store_error(path, error);
  }
}

}  // namespace rnnbench
