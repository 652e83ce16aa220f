#include <algorithm>

#include "impls/fused/network.hpp"

namespace rnnbench::fused {
namespace {

using Size = std::int64_t;

}  // namespace

/// Puts a mask [reviews, parts · part_units] in the order of the shards' samples, parts padded with zeros;
/// times what is there unless `first`. Padding as a sample has none of its own: it is walked over only
/// without masks.
void Network::take_step_mask(Floats& mask, int parts, int part_units, int part_width, bool first) {
  const Size width = static_cast<Size>(parts) * part_width;
  Real* to = mask.room(plan_->samples * width);
  for (const Shard& shard : plan_->shards) {
    for (const int review : shard.review) {
      for (int part = 0; part < parts; ++part, to += part_width) {
        if (first) std::fill(to, to + part_width, 0.0F);
        if (review < 0) continue;
        const Real* from = drawn_.data() + static_cast<Size>(review) * parts * part_units + part * part_units;
        if (first) {
          std::copy(from, from + part_units, to);
        } else {
          kernels_.multiply(to, from, part_units);
        }
      }
    }
  }
}

void Network::draw_masks(const Batch& batch, const Draw& draw) {
  const auto drawn = [&](double rate, DropoutKind kind, std::size_t index, bool homeward, int features) {
    drawn_.resize(static_cast<std::size_t>(batch.reviews) * static_cast<std::size_t>(features));
    fill_dropout_mask(rate, dropout_site(kind, index, homeward), *draw, std::span(drawn_));
  };
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    Layer& layer = layers_[i];
    const int parts = parts_of(i), part_width = input_width(i) / parts;
    const int part_units = i == 0 ? spec_.embedding.size : layers_[i - 1].units();
    const double spatial = i == 0 ? spec_.embedding.spatial_dropout : 0;
    layer.masks_input = spatial > 0 || layer.spec.input_dropout > 0;
    if (spatial > 0) {
      drawn(spatial, DropoutKind::kSpatial, 0, false, part_units);
      for (Floats& mask : layer.input_masks) take_step_mask(mask, parts, part_units, part_width, true);
    }
    for (std::size_t d = 0; d < layer.directions.size(); ++d) {
      if (layer.spec.input_dropout > 0) {
        drawn(layer.spec.input_dropout, DropoutKind::kInput, i, d == 1, parts * part_units);
        take_step_mask(layer.input_masks[d], parts, part_units, part_width, spatial == 0);
      }
      if (layer.spec.recurrent_dropout > 0) {
        drawn(layer.spec.recurrent_dropout, DropoutKind::kRecurrent, i, d == 1, layer.units());
        take_step_mask(layer.recurrent_masks[d], 1, layer.units(), layer.padded_units(), true);
        layer.directions[d]->set_mask(layer.recurrent_masks[d].data());
      }
    }
    if (layer.spec.output_dropout == 0) continue;
    layer.masks_output = true;
    const Size count = static_cast<Size>(batch.time) * batch.reviews * layer.features();
    Real* mask = layer.output_mask.room(count);
    constexpr Size kPiece = 64 * kDropoutBlock;
    threads_.run(static_cast<int>((count + kPiece - 1) / kPiece), [&](int piece) {
      const Size begin = piece * kPiece;
      fill_dropout_mask(layer.spec.output_dropout, dropout_site(DropoutKind::kLayerOutput, i), *draw,
                        std::span(mask + begin, static_cast<std::size_t>(std::min(kPiece, count - begin))),
                        static_cast<std::uint64_t>(begin));
    });
  }
}

}  // namespace rnnbench::fused
