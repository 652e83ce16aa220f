#pragma once

#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>

#include "harness/data/word_vectors.hpp"

namespace rnnbench {

/// The word vectors that an embedding starts from, and the file that they come from.
struct GivenVectors {
  WordVectors vectors;
  std::string file;    ///< its name, without folders
  std::string sha256;  ///< of its bytes
};

/// Word vectors by file, words and size; keeps the last ones, since neighbouring runs often share them.
class VectorShelf {
 public:
  explicit VectorShelf(std::stop_token stop) : stop_(std::move(stop)) {}

  /// `sha256` is what the file was when the trial's key was made (file_fingerprint). Throws DataError where
  /// it is another now, where none of the words has a vector, and what read_word_vectors throws.
  std::shared_ptr<const GivenVectors> load(const std::filesystem::path& path, const std::string& sha256,
                                           const WantedVectors& wanted);

 private:
  std::stop_token stop_;
  std::string key_;
  std::shared_ptr<const GivenVectors> last_;
};

}  // namespace rnnbench
