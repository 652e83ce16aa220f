#pragma once

#include <stdexcept>
#include <string>

namespace rnnbench {

/// What a shell sees when the program ends.
enum class ExitCode : int {
  kDone = 0,
  kSomeRunsFailed = 1,
  kBadUsage = 2,     ///< a command line or configuration that can't be used
  kEnvironment = 3,  ///< something missing, damaged or forbidden outside the configuration
};

/// The project's own exceptions: the only ones that cross module edges. `what()` is one message that
/// names the place (file, line, key) and the remedy.
class Error : public std::runtime_error {
 public:
  Error(ExitCode exit_code, const std::string& message)
      : std::runtime_error(message), exit_code_(exit_code) {}
  ExitCode exit_code() const noexcept { return exit_code_; }

 private:
  ExitCode exit_code_;
};

/// The command line, an experiment file or a recipe asks for what can't be done.
class ConfigError : public Error {
 public:
  explicit ConfigError(const std::string& message) : Error(ExitCode::kBadUsage, message) {}
};

/// A file, folder, library or device is missing, unwritable or full.
class EnvironmentError : public Error {
 public:
  explicit EnvironmentError(const std::string& message) : Error(ExitCode::kEnvironment, message) {}
};

/// A data set is missing, truncated, damaged or not what it says.
class DataError : public Error {
 public:
  explicit DataError(const std::string& message) : Error(ExitCode::kEnvironment, message) {}
};

/// The results database can't be opened, read or written.
class StoreError : public Error {
 public:
  explicit StoreError(const std::string& message) : Error(ExitCode::kEnvironment, message) {}
};

/// An engine, its device or its memory failed. Ends a run (a row with status `failed`), not the matrix.
class EngineError : public Error {
 public:
  explicit EngineError(const std::string& message) : Error(ExitCode::kSomeRunsFailed, message) {}
};

/// The user asked to stop (Ctrl-C); thrown at the next safe point.
class Interrupted : public Error {
 public:
  Interrupted() : Error(ExitCode::kSomeRunsFailed, "interrupted") {}
};

}  // namespace rnnbench
