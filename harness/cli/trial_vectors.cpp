#include "harness/cli/trial_vectors.hpp"

#include "harness/core/error.hpp"
#include "harness/data/remembered_fingerprint.hpp"
#include "harness/data/vector_files.hpp"

namespace rnnbench {
namespace {

VectorFile file_of(const EmbeddingSpec& embedding, const VectorsOption& option) {
  return usable_word_vectors(embedding.vectors, embedding.size, option.path);
}

}  // namespace

void identify_vectors(TrialSpec& trial, const VectorsOption& option, const std::stop_token& stop) {
  EmbeddingSpec& embedding = trial.model.embedding;
  if (embedding.vectors.empty()) return;
  const VectorFile file = file_of(embedding, option);
  if (file.obstacle.empty()) embedding.vectors_sha256 = file_fingerprint(file.path, stop);
}

std::string vectors_obstacle(const TrialSpec& trial, const VectorsOption& option) {
  const EmbeddingSpec& embedding = trial.model.embedding;
  return embedding.vectors.empty() ? "" : file_of(embedding, option).obstacle;
}

decltype(RunServices::given_vectors) vectors_service(const VectorsOption& option,
                                                     const std::stop_token& stop) {
  auto shelf = std::make_shared<VectorShelf>(stop);
  return [shelf, option](const TrialSpec& trial, const EncodedData& data) {
    const EmbeddingSpec& embedding = trial.model.embedding;
    const VectorFile file = file_of(embedding, option);
    if (!file.obstacle.empty()) throw DataError(file.obstacle);
    return shelf->load(file.path, embedding.vectors_sha256,
                       {data.words, trial.recipe.first_word_id, data.vocabulary, embedding.size});
  };
}

}  // namespace rnnbench
