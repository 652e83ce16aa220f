#include "harness/runner/predict_text.hpp"

#include <algorithm>

#include "harness/data/tokenizer.hpp"
#include "harness/data/vocabulary.hpp"
#include "harness/model/weights_check.hpp"
#include "harness/runner/artifacts.hpp"

namespace rnnbench {
namespace {

constexpr std::size_t kTextsAtOnce = 64;

}  // namespace

TextPredictor::TextPredictor(
    TrialSpec trial, const std::filesystem::path& weights, const std::filesystem::path& vocabulary,
    const std::function<std::unique_ptr<Engine>(const std::string&, const EngineSetup&)>& make_engine)
    : trial_(std::move(trial)), words_(read_vocabulary(vocabulary)) {
  const EngineSetup setup{.model = trial_.model,
                          .training = trial_.training,
                          .vocabulary = trial_.recipe.vocabulary,
                          .length = trial_.recipe.length,
                          .device = trial_.device,
                          .dropout_seed = 0};
  const Parameters parameters = read_parameters(weights);
  check_weights(parameters, setup.model, setup.vocabulary, weights.string());
  engine_ = make_engine(trial_.engine, setup);
  engine_->set_state(parameters);
}

void TextPredictor::judge(const std::vector<EncodedText>& texts, std::span<float> positive) const {
  std::vector<std::int32_t> ids;
  std::vector<std::int32_t> lengths;
  for (const EncodedText& text : texts) {
    ids.insert(ids.end(), text.ids.begin(), text.ids.end());
    lengths.push_back(text.length);
  }
  const std::vector<std::uint8_t> no_labels(texts.size());
  const Batch batch{.ids = ids,
                    .lengths = lengths,
                    .labels = no_labels,
                    .reviews = static_cast<int>(texts.size()),
                    .time = trial_.recipe.length,
                    .padding_id = trial_.recipe.padding_id,
                    .padded_at_front = trial_.recipe.padding == End::kFront};
  engine_->predict(batch, positive);
  engine_->synchronize();
}

Prediction TextPredictor::predict(std::string_view text) const {
  const EncodedText encoded = encode_text(text, trial_.recipe, words_);
  float positive = 0;
  judge({encoded}, std::span(&positive, 1));

  const auto of_words = [&](std::int32_t id) { return id >= trial_.recipe.first_word_id; };
  const auto unknown = [&](std::int32_t id) { return id == trial_.recipe.unknown_id; };
  const auto known_words = static_cast<int>(std::count_if(encoded.ids.begin(), encoded.ids.end(), of_words));
  const auto unknown_words = static_cast<int>(std::count_if(encoded.ids.begin(), encoded.ids.end(), unknown));
  return {positive, known_words + unknown_words, known_words};
}

std::vector<WordErasure> TextPredictor::erasures(std::string_view text) const {
  const Vocabulary vocabulary(words_, trial_.recipe);
  const std::vector<std::string> tokens = tokens_of(text, trial_.recipe);
  std::vector<WordErasure> erasures;
  std::vector<EncodedText> texts;
  for (std::size_t position = 0; position < tokens.size(); ++position) {
    std::vector<std::string> others = tokens;
    others.erase(others.begin() + static_cast<std::ptrdiff_t>(position));
    texts.push_back(encode_tokens(others, trial_.recipe, vocabulary));
    const bool known = vocabulary.id_of(tokens[position]) != trial_.recipe.unknown_id;
    erasures.push_back({position, tokens[position], known, 0});
    if (texts.size() < kTextsAtOnce && position + 1 < tokens.size()) continue;
    std::vector<float> positive(texts.size());
    judge(texts, positive);
    const std::size_t first = erasures.size() - texts.size();
    for (std::size_t i = 0; i < texts.size(); ++i) erasures[first + i].positive = positive[i];
    texts.clear();
  }
  return erasures;
}

}  // namespace rnnbench
