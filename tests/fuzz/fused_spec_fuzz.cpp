// Bytes become a model spec, a batch, dropout, shortcuts left out, threads, shards and an instruction set;
// the fused network must then agree with the plain one. Run and replay: tests/fuzz/README.md.
#include <fmt/format.h>

#include <cmath>
#include <cstdlib>
#include <span>

#include "impls/fused/support.hpp"
#include "tests/impls/fused/network_pair.hpp"
#include "tests/support/sample_batches.hpp"

namespace rnnbench::fused {
namespace {

constexpr int kVocabulary = 23;

/// Choices, one byte each; zeros once the bytes are used up.
class Choices {
 public:
  explicit Choices(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}

  std::uint8_t byte() {
    if (bytes_.empty()) return 0;
    const std::uint8_t first = bytes_.front();
    bytes_ = bytes_.subspan(1);
    return first;
  }
  int up_to(int most) { return byte() % (most + 1); }
  bool flag() { return (byte() & 1U) != 0; }
  double rate() { return flag() ? 0.1 * up_to(9) : 0; }
  template <class T>
  T one_of(std::initializer_list<T> values) {
    return std::data(values)[byte() % values.size()];
  }

 private:
  std::span<const std::uint8_t> bytes_;
};

LayerSpec layer_of(Choices& choices) {
  LayerSpec layer;
  layer.cell = choices.one_of({Cell::kRnn, Cell::kLstm, Cell::kGru});
  layer.units = 1 + choices.up_to(39);
  layer.activation = choices.one_of({Activation::kTanh, Activation::kNone});
  layer.bidirectional = choices.flag();
  layer.biases = 1 + choices.up_to(1);
  layer.reset_after = choices.flag();
  layer.input_dropout = choices.rate();
  layer.recurrent_dropout = choices.rate();
  layer.output_dropout = choices.rate();
  return layer;
}

ModelSpec model_of(Choices& choices) {
  ModelSpec model;
  model.embedding.size = 1 + choices.up_to(69);
  model.embedding.trainable = choices.flag();
  model.embedding.zero_padding = choices.flag();
  model.embedding.mask_padding = choices.flag();
  model.embedding.spatial_dropout = choices.rate();
  const int layers = 1 + choices.up_to(2);
  for (int i = 0; i < layers; ++i) model.layers.push_back(layer_of(choices));
  model.pooling = choices.one_of({Pooling::kLast, Pooling::kLastValid, Pooling::kMean, Pooling::kMax});
  model.dropout = choices.rate();
  if (choices.flag()) model.dense.push_back({1 + choices.up_to(19), Activation::kTanh, choices.rate()});
  model.head = choices.one_of({Head::kSoftmax, Head::kSigmoid});
  model.initializers = choices.one_of({Initializers::kPytorch, Initializers::kKeras});
  return model;
}

/// Each slot is a word of its own choice, padding among words included.
SampleBatch batch_of(Choices& choices) {
  const auto side = choices.flag() ? PaddingSide::kFront : PaddingSide::kEnd;
  const int reviews = 1 + choices.up_to(40), time = 1 + choices.up_to(24);
  SampleBatch batch = sample_batch(reviews, time, kVocabulary, choices.byte(), side);
  for (int change = choices.up_to(30); change > 0; --change) {
    const std::size_t high = choices.byte(), low = choices.byte();
    batch.ids[(256 * high + low) % batch.ids.size()] = choices.up_to(kVocabulary - 1);
  }
  return batch;
}

Shortcuts shortcuts_of(Choices& choices) {
  std::vector<std::string> without;
  for (const std::string& name : fused_shortcuts()) {
    if (choices.flag()) without.push_back(name);
  }
  return shortcuts_without(without);
}

struct Case {
  ModelSpec model;
  SampleBatch batch;
  Draw draw;
  Shortcuts shortcuts;
  int threads = 1;
  int shards = 0;
};

Case case_of(Choices choices) {
  Case made;
  const std::vector<std::string> targets = kernel_targets();
  use_kernels(targets[choices.byte() % targets.size()]);
  made.model = model_of(choices);
  made.batch = batch_of(choices);
  if (choices.flag()) made.draw = DropoutDraw{choices.byte(), choices.byte()};
  made.shortcuts = shortcuts_of(choices);
  made.threads = 1 + choices.up_to(2);
  made.shards = choices.up_to(5);
  return made;
}

[[noreturn]] void disagree(const Case& made, const std::string& what) {
  fmt::print(stderr, "{}\n{}\nreviews {} time {} padded at {} threads {} shards {} instructions {}\n", what,
             to_json(made.model).dump(), made.batch.labels.size(), made.batch.time,
             made.batch.padded_at_front ? "front" : "end", made.threads, made.shards, kernels().target);
  std::abort();
}

/// Whether gradients say anything: a linear layer may blow up, and of a review that is judged with certainty
/// p − y is what rounding leaves of p.
bool is_tame(double loss) { return loss > 0.02 && loss < 1e3; }

void check_gradients(const Case& made, NetworkPair& pair) {
  if (made.model.pooling == Pooling::kMax)
    return;  // of two that saturate alike rounding says which is the larger
  const double expected = pair.plain.forward(made.batch.view(), made.draw).mean;
  if (!is_tame(expected)) return;
  pair.plain.backward(made.batch.view());
  NullPhaseClock phases;
  const double actual = pair.fused.gradients(made.batch.view(), made.draw, phases).mean;
  if (!(std::abs(actual - expected) <= kRounding * 1e-4 * (1 + std::abs(expected)))) {
    disagree(made, fmt::format("loss {}, not {}", actual, expected));
  }
  const std::string difference =
      difference_in_all(eigen::export_gradients(pair.fused.weights()),
                        eigen::export_gradients(pair.plain.weights()), kRounding * 5e-3);
  if (!difference.empty()) disagree(made, difference);
}

void check_predictions(const Case& made, NetworkPair& pair) {
  if (!is_tame(pair.plain.forward(made.batch.view(), std::nullopt).mean)) return;
  std::vector<float> expected(made.batch.labels.size()), actual(made.batch.labels.size());
  pair.plain.predict(made.batch.view(), expected);
  pair.fused.predict(made.batch.view(), actual);
  for (std::size_t review = 0; review < expected.size(); ++review) {
    if (!(std::abs(actual[review] - expected[review]) <= 1e-5F)) {
      disagree(made, fmt::format("review {}: {}, not {}", review, actual[review], expected[review]));
    }
  }
}

}  // namespace
}  // namespace rnnbench::fused

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace rnnbench::fused;
  const Case made = case_of(Choices({data, size}));
  NetworkPair pair(made.model, kVocabulary, made.threads, made.shortcuts, made.shards);
  check_gradients(made, pair);
  check_predictions(made, pair);
  check_gradients(made, pair);  // finds what the prediction left
  return 0;
}
