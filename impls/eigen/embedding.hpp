#pragma once

#include <algorithm>
#include <vector>

#include "harness/data/batch.hpp"
#include "impls/eigen/matrix.hpp"
#include "impls/eigen/weight_store.hpp"

namespace rnnbench::eigen {

/// Whether slot `t` of a review holds the padding id.
inline bool is_padding(const Batch& batch, Index review, Index t) {
  return batch.ids[static_cast<std::size_t>(review * batch.time + t)] == batch.padding_id;
}

/// Ids to rows of a table, [vocabulary, size].
template <typename Scalar>
class Embedding {
 public:
  Embedding(WeightStore<Scalar>& weights, const EmbeddingSpec& spec)
      : table_(weights.weight("embedding.weight")),
        gradient_(weights.gradient("embedding.weight")),
        zero_padding_(spec.zero_padding),
        touched_(static_cast<std::size_t>(gradient_.rows()), false) {}

  Index size() const { return table_.cols(); }
  Index vocabulary() const { return table_.rows(); }
  bool trainable() const { return gradient_.rows() > 0; }

  /// Rows of the words in steps [first, first + steps): [steps * reviews, size].
  MatrixMap<Scalar> forward(const Batch& batch, Index first, Index steps) {
    MatrixMap<Scalar> vectors = vectors_.shaped(steps * batch.reviews, size());
    Index row = 0;
    for (Index t = first; t < first + steps; ++t) {
      for (Index review = 0; review < batch.reviews; ++review) {
        vectors.row(row++) = table_.row(id(batch, review, t));
      }
    }
    return vectors;
  }

  /// Adds each row of `vectors_gradient` [steps * reviews, size], of the steps from `first` on, to the
  /// gradient of its word. The table is large and a batch has few distinct words, so the rows that are not
  /// zero are remembered.
  void backward(const Batch& batch, Index first, ConstView<Scalar> vectors_gradient) {
    Index row = 0;
    for (Index t = first; row < vectors_gradient.rows(); ++t) {
      for (Index review = 0; review < batch.reviews; ++review, ++row) {
        const Index word = id(batch, review, t);
        if (zero_padding_ && word == batch.padding_id) continue;
        if (!touched_[static_cast<std::size_t>(word)]) {
          touched_[static_cast<std::size_t>(word)] = true;
          touched_rows_.push_back(word);
        }
        gradient_.row(word) += vectors_gradient.row(row);
      }
    }
  }

  double squared_gradient_norm() const {
    double sum = 0;
    for (const Index row : touched_rows_) sum += static_cast<double>(gradient_.row(row).squaredNorm());
    return sum;
  }

  void clear_gradient() {
    for (const Index row : touched_rows_) {
      gradient_.row(row).setZero();
      touched_[static_cast<std::size_t>(row)] = false;
    }
    touched_rows_.clear();
  }

 private:
  static Index id(const Batch& batch, Index review, Index t) {
    return batch.ids[static_cast<std::size_t>(review * batch.time + t)];
  }

  MatrixMap<Scalar> table_;     // [vocabulary, size]
  MatrixMap<Scalar> gradient_;  // [vocabulary, size], or none where frozen
  bool zero_padding_;
  std::vector<bool> touched_;  // [vocabulary]
  std::vector<Index> touched_rows_;
  Buffer<Scalar> vectors_;
};

}  // namespace rnnbench::eigen
