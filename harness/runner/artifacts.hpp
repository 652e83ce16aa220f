#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "harness/core/records.hpp"
#include "harness/core/run_sink.hpp"
#include "harness/model/parameters.hpp"

namespace rnnbench {

/// Writes what `predict` needs beside the database: weights of the best and the last epoch (one file
/// where they are the same) in safetensors format, and the vocabulary, which runs of one recipe share.
/// Files are complete or absent. Throws EnvironmentError.
class ArtifactWriter {
 public:
  /// Paths in records are relative to `root`; files go to `root`/`folder`.
  ArtifactWriter(std::filesystem::path root, std::filesystem::path folder)
      : root_(std::move(root)), folder_(std::move(folder)) {}

  ArtifactRecord write_weights(RunId run, const std::string& which, const Parameters& weights) const;
  /// A JSON array of the words by rank.
  ArtifactRecord write_vocabulary(const std::vector<std::string>& words) const;

 private:
  ArtifactRecord describe(const std::string& kind, const std::filesystem::path& relative) const;

  std::filesystem::path root_;
  std::filesystem::path folder_;
};

/// The words back. Throws EnvironmentError.
std::vector<std::string> read_vocabulary(const std::filesystem::path& path);

}  // namespace rnnbench
