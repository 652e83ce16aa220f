#include "harness/runner/predict_text.hpp"

#include <algorithm>
#include <array>

#include "harness/data/encoder.hpp"
#include "harness/model/weights_check.hpp"
#include "harness/runner/artifacts.hpp"

namespace rnnbench {

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

Prediction TextPredictor::predict(std::string_view text) const {
  const EncodedText encoded = encode_text(text, trial_.recipe, words_);
  const std::array<std::uint8_t, 1> no_label = {0};
  const Batch batch{.ids = encoded.ids,
                    .lengths = std::span(&encoded.length, 1),
                    .labels = no_label,
                    .reviews = 1,
                    .time = trial_.recipe.length,
                    .padding_id = trial_.recipe.padding_id,
                    .padded_at_front = trial_.recipe.padding == End::kFront};
  float positive = 0;
  engine_->predict(batch, std::span(&positive, 1));
  engine_->synchronize();

  const auto of_words = [&](std::int32_t id) { return id >= trial_.recipe.first_word_id; };
  const auto unknown = [&](std::int32_t id) { return id == trial_.recipe.unknown_id; };
  const auto known_words = static_cast<int>(std::count_if(encoded.ids.begin(), encoded.ids.end(), of_words));
  const auto unknown_words = static_cast<int>(std::count_if(encoded.ids.begin(), encoded.ids.end(), unknown));
  return {positive, known_words + unknown_words, known_words};
}

}  // namespace rnnbench
