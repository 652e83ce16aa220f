#pragma once

#include <map>
#include <string>

#include "harness/model/parameters.hpp"
#include "impls/eigen/matrix.hpp"

namespace rnnbench::eigen {

/// Indices [begin, end) into the flat weights.
struct WeightRange {
  Index begin = 0;
  Index end = 0;
};

/// All weights of a model in one piece of memory, and their gradients in another of the same layout, so
/// that an optimiser walks over them once. Frozen weights stand at the end and have no gradient. Maps
/// stay valid as long as the store lives.
template <typename Scalar>
class WeightStore {
 public:
  using Flat = Eigen::Array<Scalar, Eigen::Dynamic, 1>;

  struct Slot {
    std::vector<std::int64_t> shape;
    Index size = 0;
    Index offset = 0;  ///< into the flat memory
    bool trainable = true;
  };

  WeightStore(const ModelSpec& spec, int vocabulary) {
    for (auto& [name, shape] : parameter_shapes(spec, vocabulary)) {
      const bool trainable = name != "embedding.weight" || spec.embedding.trainable;
      slots_[name] = {shape, element_count(shape), 0, trainable};
    }
    const Index trainable = place(true, 0);
    weights_ = Flat::Zero(place(false, trainable));
    gradients_ = Flat::Zero(trainable);
  }
  WeightStore(const WeightStore&) = delete;
  WeightStore& operator=(const WeightStore&) = delete;

  /// A matrix for a kernel, one row for a bias.
  MatrixMap<Scalar> weight(const std::string& name) { return map(weights_, slots_.at(name)); }
  /// Likewise; no rows where the weight is frozen.
  MatrixMap<Scalar> gradient(const std::string& name) {
    const Slot& slot = slots_.at(name);
    if (!slot.trainable) return {nullptr, 0, 0};
    return map(gradients_, slot);
  }

  /// Where the weights of `name` lie; nothing where they are frozen.
  WeightRange range(const std::string& name) const {
    const Slot& slot = slots_.at(name);
    if (!slot.trainable) return {};
    return {slot.offset, slot.offset + slot.size};
  }

  const std::map<std::string, Slot>& slots() const { return slots_; }
  bool has(const std::string& name) const { return slots_.contains(name); }

  Flat& weights() { return weights_; }
  const Flat& weights() const { return weights_; }
  /// As long as the trainable weights.
  Flat& gradients() { return gradients_; }
  const Flat& gradients() const { return gradients_; }

 private:
  Index place(bool trainable, Index at) {
    constexpr Index kAlignment = 64 / static_cast<Index>(sizeof(Scalar));
    for (auto& [name, slot] : slots_) {
      if (slot.trainable != trainable) continue;
      slot.offset = at;
      at += (slot.size + kAlignment - 1) / kAlignment * kAlignment;
    }
    return at;
  }

  static MatrixMap<Scalar> map(Flat& flat, const Slot& slot) {
    const Index columns = slot.shape.back();
    return {flat.data() + slot.offset, slot.size / columns, columns};
  }

  std::map<std::string, Slot> slots_;
  Flat weights_;
  Flat gradients_;
};

}  // namespace rnnbench::eigen
