#include <algorithm>

#include "impls/fused/network.hpp"

namespace rnnbench::fused {
namespace {

using Size = std::int64_t;

}  // namespace

/// Pooled features of a group's reviews, and whose they are.
void Network::gather_pooled(const Group& group) {
  Layer& last = layers_.back();
  pooled_.resize(group.reviews, last.features());
  group_reviews_.clear();
  for (std::size_t slot = 0; slot < static_cast<std::size_t>(slots()); ++slot) {
    const Shard& shard = shard_of(group, slot);
    for (int sample = 0; sample < shard.samples; ++sample) {
      const int review = shard.review[static_cast<std::size_t>(sample)];
      if (review < 0) continue;
      for (std::size_t d = 0; d < last.directions.size(); ++d) {
        const Real* from = pools_[slot][d].pooled(sample);
        std::copy(from, from + last.units(),
                  pooled_.row(std::ssize(group_reviews_)).data() + static_cast<Size>(d) * last.units());
      }
      group_reviews_.push_back(review);
    }
  }
}

eigen::MatrixMap<Real> Network::classify() {
  features_.clear();
  features_.push_back(
      pooled_dropout_.forward(group_reviews_, {pooled_.data(), pooled_.rows(), pooled_.cols()}));
  for (DenseLayer& layer : dense_) {
    features_.push_back(layer.dropout.forward(group_reviews_, layer.dense.forward(features_.back())));
  }
  return head_.forward(features_.back());
}

/// A group's share of the mean loss of the batch; its gradient takes the place of the logits.
eigen::BatchLoss Network::lose(const Batch& batch) {
  logits_ = classify();
  labels_.clear();
  for (const int review : group_reviews_) labels_.push_back(batch.labels[static_cast<std::size_t>(review)]);
  eigen::BatchLoss loss = eigen::loss_and_gradient<Real>(spec_.head, labels_, logits_);
  if (std::ssize(group_reviews_) == batch.reviews) return loss;
  const double share = static_cast<double>(group_reviews_.size()) / batch.reviews;
  loss.mean *= share;
  logits_ *= static_cast<Real>(share);
  return loss;
}

/// From the loss to the gradients by what was pooled, which take its place.
void Network::head_backward(const Group& group) {
  const bool add = &group != &plan_->groups.front();
  std::vector<eigen::MatrixMap<Real>> gradients = {head_.backward(features_.back(), logits_, add)};
  for (std::size_t i = dense_.size(); i-- > 0;) {
    dense_[i].dropout.backward(group_reviews_, gradients.back());
    gradients.push_back(dense_[i].dense.backward(features_[i], gradients.back(), add));
  }
  const eigen::MatrixMap<Real> gradient = gradients.back();
  pooled_dropout_.backward(group_reviews_, gradient);
  const Layer& last = layers_.back();
  eigen::Index row = 0;
  for (std::size_t slot = 0; slot < static_cast<std::size_t>(slots()); ++slot) {
    const Shard& shard = shard_of(group, slot);
    for (int sample = 0; sample < shard.samples; ++sample) {
      if (shard.review[static_cast<std::size_t>(sample)] < 0) continue;
      for (std::size_t d = 0; d < last.directions.size(); ++d) {
        const Real* from = gradient.row(row).data() + static_cast<Size>(d) * last.units();
        std::copy(from, from + last.units(), pools_[slot][d].pooled(sample));
      }
      ++row;
    }
    for (Pool& pool : pools_[slot]) pool.begin_backward(shard);
  }
}

}  // namespace rnnbench::fused
