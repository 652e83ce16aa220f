#pragma once

#include <string>
#include <vector>

#include "harness/core/settings.hpp"

namespace rnnbench {

/// Element-wise functions between layers.
enum class Activation { kNone, kTanh, kRelu };
enum class Cell { kRnn, kLstm, kGru };
/// How [batch, time, units] becomes [batch, units]. `kLast` is the last slot, padding or not;
/// `kLastValid` the last slot within the review's length; `kMean` and `kMax` go over all slots. With
/// `mask_padding` masked slots don't count: the mean and the maximum are over the others, and zeros where
/// there is none (Keras' rule for the mean, which has no answer to that last case).
enum class Pooling { kLast, kLastValid, kMean, kMax };
/// `kSoftmax`: two logits with cross-entropy; `kSigmoid`: one logit with binary cross-entropy.
enum class Head { kSoftmax, kSigmoid };
/// Which framework's default initialisers (see initializers.hpp) a model starts from.
enum class Initializers { kPytorch, kKeras };

/// Rows of the embedding are vocabulary ids.
struct EmbeddingSpec {
  int size = 0;  ///< features of a word
  bool trainable = true;
  bool zero_padding = false;   ///< the row of the padding id is zero and gets no gradient
  bool mask_padding = false;   ///< steps on the padding id pass the state through (Keras' mask_zero),
                               ///< in all layers and both directions
  double spatial_dropout = 0;  ///< drops whole features of a review (Keras' SpatialDropout1D)
  bool l2 = true;              ///< the optimiser's l2 and decay act on it
  std::string vectors;         ///< "" or the name of given word vectors, e.g. "word2vec-google-news"
  std::string vectors_sha256;  ///< of their file, where it was found: what they are, whatever their name
};

/// One recurrent layer. Dropout rates are probabilities of dropping, in [0, 1).
struct LayerSpec {
  Cell cell = Cell::kRnn;
  int units = 0;
  Activation activation = Activation::kTanh;  ///< of `rnn` cells only
  bool bidirectional = false;                 ///< forward, then backward, concatenated: 2 * units features
  int biases = 2;                             ///< 2: PyTorch's input and recurrent bias; 1: Keras' single one
  bool reset_after = true;                    ///< of `gru` cells only: the reset gate acts after the product
  double input_dropout = 0;                   ///< one mask for all steps of a review (Keras' `dropout`)
  double recurrent_dropout = 0;               ///< the same on the state (Keras' `recurrent_dropout`)
  double output_dropout = 0;                  ///< on each element of the output (PyTorch's `dropout`)
};

struct DenseSpec {
  int units = 0;
  Activation activation = Activation::kRelu;
  double dropout = 0;  ///< on each element of its output
};

/// A model as data: ids [batch, time] → embedding → layers → pooling → dropout → dense → head. Knows no
/// engine, vocabulary or data set.
struct ModelSpec {
  EmbeddingSpec embedding;
  std::vector<LayerSpec> layers;
  Pooling pooling = Pooling::kLast;
  double dropout = 0;  ///< on each element of what pooling gives
  std::vector<DenseSpec> dense;
  Head head = Head::kSoftmax;
  Initializers initializers = Initializers::kPytorch;
};

/// Reads the `[model]` table. `biases` defaults to 2 with PyTorch's initialisers, to 1 with Keras'.
/// Throws ConfigError for unknown keys, values out of range, or no layer at all.
ModelSpec read_model_spec(SettingsReader reader);

/// All settings, defaults written out: equal specs give equal text. Word vectors whose file was found stand
/// there as "sha256:" and its digest, so that the text depends on their content and not on name or place; it
/// can be read again.
Json to_json(const ModelSpec& spec);

const char* name_of(Cell cell);        ///< "rnn", "lstm", "gru"
const char* name_of(Pooling pooling);  ///< "last", "last_valid", "mean", "max"
const char* name_of(Activation activation);
const char* name_of(Head head);
const char* name_of(Initializers initializers);

/// Cells of the layers: "lstm" where all agree, else "lstm+rnn"; "bi-" before a bidirectional one.
std::string cells_of(const ModelSpec& spec);

/// Logits of the head: 2 for softmax, 1 for sigmoid.
int head_units(const ModelSpec& spec);

}  // namespace rnnbench
