#include "harness/data/vector_coverage.hpp"

#include <algorithm>
#include <vector>

#include "harness/data/word_vectors.hpp"

namespace rnnbench {
namespace {

double covered_share(const EncodedPart& part, std::int32_t padding_id, std::int32_t start_id,
                     const std::vector<bool>& has_vector) {
  std::size_t tokens = 0, covered = 0;
  for (const std::int32_t id : part.ids) {
    if (id == padding_id || id == start_id) continue;
    ++tokens;
    covered += has_vector[static_cast<std::size_t>(id)] ? 1 : 0;
  }
  return tokens == 0 ? 0 : static_cast<double>(covered) / static_cast<double>(tokens);
}

}  // namespace

VectorCoverage vector_coverage(const std::filesystem::path& path, int dimensions, const EncodedData& data,
                               const Recipe& recipe, const std::stop_token& stop) {
  const WordVectors vectors =
      read_word_vectors(path, {data.words, recipe.first_word_id, data.vocabulary, dimensions}, stop);
  const auto size = static_cast<std::size_t>(dimensions);
  std::vector<bool> has_vector(static_cast<std::size_t>(data.vocabulary));
  for (std::size_t id = 0; id < has_vector.size(); ++id) {
    const auto row = vectors.rows.begin() + static_cast<std::ptrdiff_t>(id * size);
    has_vector[id] = std::any_of(row, row + dimensions, [](float value) { return value != 0; });
  }
  return {vectors.words, vectors.found,
          covered_share(data.train, recipe.padding_id, recipe.start_id, has_vector),
          covered_share(data.test, recipe.padding_id, recipe.start_id, has_vector)};
}

}  // namespace rnnbench
