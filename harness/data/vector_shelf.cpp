#include "harness/data/vector_shelf.hpp"

#include <fmt/format.h>

#include "harness/core/error.hpp"
#include "harness/core/sha256.hpp"
#include "harness/data/remembered_fingerprint.hpp"

namespace rnnbench {
namespace {

std::string digest_of(std::span<const std::string> words) {
  Sha256 hash;
  for (const std::string& word : words) {
    hash.update(fmt::format("{} ", word.size()));
    hash.update(word);
  }
  return hash.hex();
}

}  // namespace

std::shared_ptr<const GivenVectors> VectorShelf::load(const std::filesystem::path& path,
                                                      const std::string& sha256,
                                                      const WantedVectors& wanted) {
  std::string key = fmt::format("{} {} {} {} {} {}", path.string(), sha256, wanted.size, wanted.first_id,
                                wanted.vocabulary, digest_of(wanted.words));
  if (key == key_) return last_;
  key_.clear();
  last_.reset();  // before the next ones take memory
  WordVectors vectors = read_word_vectors(path, wanted, stop_);
  if (file_fingerprint(path, stop_) != sha256) {
    throw DataError(path.string() + ": has changed since the trials were made of it; call again");
  }
  if (vectors.found == 0) {
    throw DataError(fmt::format(
        "{}: none of the vocabulary's {} words has a vector; take vectors of the reviews' language "
        "or a recipe that writes words as they do",
        path.string(), vectors.words));
  }
  last_ = std::make_shared<const GivenVectors>(
      GivenVectors{std::move(vectors), path.filename().string(), sha256});
  key_ = std::move(key);
  return last_;
}

}  // namespace rnnbench
