#include <algorithm>

#include "impls/fused/network.hpp"

namespace rnnbench::fused {
namespace {

using Size = std::int64_t;

constexpr auto kBlock = static_cast<Size>(kDropoutBlock);
Size blocks_of(Size elements) { return (elements + kBlock - 1) / kBlock; }

}  // namespace

/// Puts the mask that was drawn, [reviews, parts · part_units], in the order of the shards' samples, parts
/// padded with zeros; times what is there unless `first`. Padding as a sample has none of its own: it is
/// walked over only without masks.
void Network::take_step_mask(Floats& mask, Real times, int parts, int part_units, int part_width,
                             bool first) {
  const Size width = static_cast<Size>(parts) * part_width;
  Real* to = mask.room(plan_->samples * width);
  for (const Shard& shard : plan_->shards) {
    for (const int review : shard.review) {
      for (int part = 0; part < parts; ++part, to += part_width) {
        if (first) std::fill(to, to + part_width, 0.0F);
        if (review < 0) continue;
        if (first) std::fill(to, to + part_units, 1.0F);
        const Size from = (static_cast<Size>(review) * parts + part) * part_units;
        kernels_.mask(to, {drawn_.data() + from, times}, part_units);
      }
    }
  }
}

void Network::draw_masks(const Batch& batch, const Draw& draw) {
  const auto drawn = [&](double rate, DropoutKind kind, std::size_t index, bool homeward, int features) {
    const Size blocks = blocks_of(static_cast<Size>(batch.reviews) * features);
    const DropoutRule rule(rate, dropout_site(kind, index, homeward), *draw);
    kernels_.draw_mask(rule, 0, drawn_.room(blocks * kBlock), blocks);
    return static_cast<Real>(rule.kept);
  };
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    Layer& layer = layers_[i];
    const int parts = parts_of(i), part_width = input_width(i) / parts;
    const int part_units = i == 0 ? spec_.embedding.size : layers_[i - 1].units();
    const double spatial = i == 0 ? spec_.embedding.spatial_dropout : 0;
    layer.masks_input = spatial > 0 || layer.spec.input_dropout > 0;
    if (spatial > 0) {
      const Real times = drawn(spatial, DropoutKind::kSpatial, 0, false, part_units);
      for (Floats& mask : layer.input_masks) take_step_mask(mask, times, parts, part_units, part_width, true);
    }
    for (std::size_t d = 0; d < layer.directions.size(); ++d) {
      if (layer.spec.input_dropout > 0) {
        const Real times =
            drawn(layer.spec.input_dropout, DropoutKind::kInput, i, d == 1, parts * part_units);
        take_step_mask(layer.input_masks[d], times, parts, part_units, part_width, spatial == 0);
      }
      if (layer.spec.recurrent_dropout > 0) {
        const Real times =
            drawn(layer.spec.recurrent_dropout, DropoutKind::kRecurrent, i, d == 1, layer.units());
        take_step_mask(layer.recurrent_masks[d], times, 1, layer.units(), layer.padded_units(), true);
        layer.directions[d]->set_mask(layer.recurrent_masks[d].data());
      }
    }
  }
}

/// Masks of layers' outputs need no plan: they are drawn while one thread makes it.
void Network::plan_and_draw(const Batch& batch, const Draw& draw, Purpose purpose) {
  constexpr Size kBlocks = 64;  // that a thread takes at a time
  mask_pieces_.clear();
  for (std::size_t i = 0; draw && i < layers_.size(); ++i) {
    Layer& layer = layers_[i];
    if (layer.spec.output_dropout == 0) continue;
    layer.masks_output = true;
    const DropoutRule rule(layer.spec.output_dropout, dropout_site(DropoutKind::kLayerOutput, i), *draw);
    const Size blocks = blocks_of(static_cast<Size>(batch.time) * batch.reviews * layer.features());
    std::uint8_t* stays = layer.output_mask.room(blocks * kBlock);
    layer.output_times = static_cast<Real>(rule.kept);
    for (Size first = 0; first < blocks; first += kBlocks) {
      mask_pieces_.push_back({rule, first, std::min(kBlocks, blocks - first), stays + first * kBlock});
    }
  }
  threads_.run(static_cast<int>(mask_pieces_.size()) + 1, [&](int i) {
    if (i == 0) {
      plan_ = &planner_.plan(batch, draw.has_value(), cut_for(batch, purpose), purpose,
                             keeps_words_ ? &is_kept_ : nullptr);
      return;
    }
    const MaskPiece& piece = mask_pieces_[static_cast<std::size_t>(i) - 1];
    kernels_.draw_mask(piece.rule, static_cast<std::uint64_t>(piece.first), piece.stays, piece.blocks);
  });
}

}  // namespace rnnbench::fused
