#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}  // namespace CLI

namespace rnnbench {

/// `--db FILE`.
struct DatabaseOption {
  std::filesystem::path path = "output/results.db";
  void add_to(CLI::App& command);
};

/// `--data PATH`.
struct DataOption {
  std::optional<std::filesystem::path> path;
  void add_to(CLI::App& command);
};

/// `--vectors FILE|FOLDER`.
struct VectorsOption {
  std::optional<std::filesystem::path> path;
  void add_to(CLI::App& command);
};

/// `--for DURATION`.
struct TimeOption {
  std::optional<std::string> text;
  void add_to(CLI::App& command);
  /// Nothing where it isn't given. Throws ConfigError.
  std::optional<double> seconds() const;
};

/// `CONFIG… --set KEY=VALUE --seeds LIST|NAME --data PATH --vectors PATH`: what makes a matrix.
struct MatrixOptions {
  std::vector<std::filesystem::path> configs;
  std::vector<std::string> overrides;
  std::optional<std::string> seeds;
  std::vector<std::string> tags;    ///< on top of the file's
  std::optional<std::string> note;  ///< instead of the file's
  std::optional<std::string> shard;
  std::optional<std::filesystem::path> runs;  ///< a file of those that are asked for
  DataOption data;
  VectorsOption vectors;
  void add_to(CLI::App& command);
  /// `--tag WORD… --note TEXT`: for what records the matrix.
  void add_labels_to(CLI::App& command);
  /// `--shard K/N` and, hidden, `--runs FILE`: for what goes through the runs.
  void add_shard_to(CLI::App& command);
};

}  // namespace rnnbench
