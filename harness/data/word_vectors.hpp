#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace rnnbench {

/// Which words' vectors are wanted, and where they go.
struct WantedVectors {
  std::span<const std::string> words;  ///< by rank
  std::int32_t first_id = 0;           ///< of the word of rank 0; the next ones follow
  int vocabulary = 0;                  ///< rows of the embedding; words beyond it are left out
  int size = 0;                        ///< numbers of a vector
};

/// The embedding that given vectors make. A row without one is zero: of words that the file doesn't have (as
/// in the usual recipe for a Keras Embedding), of padding and of the other special ids.
struct WordVectors {
  std::vector<float> rows;  ///< [vocabulary, size]
  std::size_t words = 0;    ///< of the vocabulary, special ids not counted
  std::size_t found = 0;    ///< of them, those that have a vector
  std::string format;       ///< "word2vec binary", "word2vec text", "GloVe"
};

/// Reads a file of word vectors in one pass, plain or compressed (.gz, .xz, …), and keeps those wanted; of a
/// word that stands there twice, the first. Words are compared byte by byte. The format is seen from the
/// content:
///
///   word2vec binary   "COUNT SIZE\n", then per word: it, a space, SIZE little-endian float32, at times "\n"
///   word2vec text     "COUNT SIZE\n", then a line a word: it and SIZE numbers, separated by spaces
///   GloVe             the same lines without the first one; a word may hold spaces
///
/// A byte order mark before the first line and blank lines after the last one are passed over. A number that
/// is too small for a float is zero.
///
/// Throws DataError that names the file and the place where it is truncated, has a bad header or another
/// size, goes on after its end, or holds a number that is none; Interrupted when asked to stop.
WordVectors read_word_vectors(const std::filesystem::path& path, const WantedVectors& wanted,
                              const std::stop_token& stop);

/// Reads only the beginning of such a file. Throws DataError where there is none, or its first vector hasn't
/// `size` numbers.
void check_word_vectors(const std::filesystem::path& path, int size);

}  // namespace rnnbench
