#include "harness/data/encoder.hpp"

#include <algorithm>

#include "harness/core/run_parallel.hpp"
#include "harness/core/sha256.hpp"
#include "harness/data/fit_sequence.hpp"
#include "harness/data/part_digest.hpp"
#include "harness/data/split_texts.hpp"
#include "harness/data/token_corpus.hpp"
#include "harness/data/tokenizer.hpp"

namespace rnnbench {
namespace {

using Rows = std::vector<std::uint32_t>;

/// Ids by number in the corpus' table.
std::vector<std::int32_t> assign_ids(const TokenCorpus& corpus, std::span<const std::uint32_t> by_rank,
                                     const Recipe& recipe) {
  std::vector<std::int32_t> ids(corpus.table.size(), recipe.unknown_id);
  std::int32_t id = recipe.first_word_id;
  for (const std::uint32_t number : by_rank) ids[number] = id++;
  return ids;
}

void encode_slice(const TokenCorpus::Slice& slice, std::span<const std::int32_t> ids, const Recipe& recipe,
                  EncodedImage& image) {
  std::vector<std::int32_t> ids_of_slice;
  ids_of_slice.reserve(slice.global.size());
  for (const std::uint32_t number : slice.global) ids_of_slice.push_back(ids[number]);

  const auto width = static_cast<std::size_t>(recipe.length);
  std::vector<std::int32_t> sequence;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < slice.ends.size(); ++i) {
    sequence.clear();
    if (recipe.start_id >= 0) sequence.push_back(recipe.start_id);
    for (std::size_t at = begin; at < slice.ends[i]; ++at) sequence.push_back(ids_of_slice[slice.tokens[at]]);
    begin = slice.ends[i];
    const std::size_t row = slice.first + i;
    image.lengths()[row] = fit_sequence(sequence, recipe, image.ids().subspan(row * width, width));
  }
}

}  // namespace

EncodedImage encode_reviews(const ReviewSet& reviews, const DataSpec& spec, const Recipe& recipe,
                            const std::string& key, int threads, const std::stop_token& stop) {
  const SplitTexts split = split_texts(reviews, spec);
  const std::size_t counted = recipe.vocabulary_from_all ? split.texts.size() : split.reviews[0];
  const TokenCorpus corpus = tokenize(split.texts, counted, recipe, threads, stop);
  std::vector<std::uint32_t> by_rank = corpus.by_rank();
  by_rank.resize(
      std::min(by_rank.size(), static_cast<std::size_t>(recipe.vocabulary - recipe.first_word_id)));
  std::vector<std::string_view> words;
  for (const std::uint32_t number : by_rank) words.push_back(corpus.table[number]);

  const ImageFacts facts{key,
                         split.reviews,
                         split.digests,
                         recipe.length,
                         recipe.vocabulary,
                         recipe.padding_id,
                         recipe.padding == End::kFront};
  EncodedImage image(facts, words);
  std::ranges::copy(split.labels, image.labels().begin());
  std::ranges::copy(split.ratings, image.ratings().begin());
  std::ranges::copy(split.words, image.plain_words().begin());
  const std::vector<std::int32_t> ids = assign_ids(corpus, by_rank, recipe);
  run_parallel(corpus.slices.size(),
               [&](std::size_t i) { encode_slice(corpus.slices[i], ids, recipe, image); });
  image.seal();
  return image;
}

std::string encoding_key(const std::string& fingerprint, const DataSpec& spec, const Recipe& recipe) {
  Json of_recipe = to_json(recipe);
  of_recipe.erase("name");
  const Json all = {{"format", EncodedImage::kVersion},
                    {"fingerprint", fingerprint},
                    {"data", to_json(spec)},
                    {"recipe", of_recipe}};
  return sha256_hex(all.dump());
}

EncodedText encode_text(std::string_view text, const Recipe& recipe, const std::vector<std::string>& words) {
  return encode_tokens(tokens_of(text, recipe), recipe, Vocabulary(words, recipe));
}

EncodedText encode_tokens(std::span<const std::string> tokens, const Recipe& recipe,
                          const Vocabulary& vocabulary) {
  std::vector<std::int32_t> sequence;
  if (recipe.start_id >= 0) sequence.push_back(recipe.start_id);
  for (const std::string& token : tokens) sequence.push_back(vocabulary.id_of(token));
  EncodedText encoded;
  encoded.ids.resize(static_cast<std::size_t>(recipe.length));
  encoded.length = fit_sequence(sequence, recipe, encoded.ids);
  return encoded;
}

}  // namespace rnnbench
