#include "impls/fused/packing.hpp"

#include <algorithm>
#include <bit>

#include "impls/fused/kernels.hpp"

namespace rnnbench::fused {
namespace {

/// Calls `use(first, width, offset)` for each panel of `columns` columns: its first column, how many it has,
/// and where its panel begins for each step of depth.
template <typename Use>
void for_each_panel(int columns, int lanes, const Use& use) {
  const int most = kPanelVectors * lanes;
  for (int first = 0; first < columns; first += most) use(first, std::min(most, columns - first));
}

}  // namespace

GateColumns::GateColumns(const LayerSpec& layer, int lanes)
    : padded_units((layer.units + lanes - 1) / lanes * lanes) {
  const int parts = layer.cell == Cell::kRnn ? 1 : 4;
  for (int block = 0; block < padded_units; block += lanes) {
    for (int part = 0; part < parts; ++part) {
      for (int unit = block; unit < block + lanes; ++unit) {
        const auto row = [&](int gate) { return unit < layer.units ? gate * layer.units + unit : -1; };
        if (layer.cell != Cell::kGru || part < 2) {
          for (std::vector<int>* rows : {&input, &recurrent, &recurrent_bias}) rows->push_back(row(part));
          continue;
        }
        // n's input and, beside it, what the reset gate acts on.
        input.push_back(part == 2 ? row(2) : -1);
        recurrent.push_back(part == 3 && layer.reset_after ? row(2) : -1);
        recurrent_bias.push_back((part == 3) == layer.reset_after ? row(2) : -1);
      }
    }
  }
  if (layer.cell != Cell::kGru || layer.reset_after) return;
  for (int unit = 0; unit < padded_units; ++unit) {
    candidate.push_back(unit < layer.units ? 2 * layer.units + unit : -1);
  }
}

void pack_transposed(const Source& source, std::span<const int> rows, int lanes, Real* panels) {
  for_each_panel(static_cast<int>(rows.size()), lanes, [&](int first, int width) {
    Real* panel = panels + static_cast<std::int64_t>(first) * source.count;
    for (int c = 0; c < width; ++c) {
      const int row = rows[static_cast<std::size_t>(first + c)];
      const Real* from =
          source.data + static_cast<std::int64_t>(std::max(row, 0)) * source.stride + source.first;
      for (int k = 0; k < source.count; ++k) panel[k * width + c] = row < 0 ? 0.0F : from[k];
    }
  });
}

void pack_rows(const Source& source, std::span<const int> rows, int columns, int lanes, Real* panels) {
  const int depth = static_cast<int>(rows.size());
  for_each_panel(columns, lanes, [&](int first, int width) {
    Real* panel = panels + static_cast<std::int64_t>(first) * depth;
    for (int k = 0; k < depth; ++k, panel += width) {
      const int row = rows[static_cast<std::size_t>(k)];
      const int known = row < 0 ? 0 : std::clamp(source.count - first, 0, width);
      if (known > 0) {
        const Real* from =
            source.data + static_cast<std::int64_t>(row) * source.stride + source.first + first;
        std::copy(from, from + known, panel);
      }
      std::fill(panel + known, panel + width, 0.0F);
    }
  });
}

namespace {

/// In the lower half. What is no number stays none.
std::uint32_t bfloat16_of(float value) {
  const auto bits = std::bit_cast<std::uint32_t>(value);
  if (value != value) return (bits >> 16U) | 0x40U;
  return (bits + 0x7FFFU + ((bits >> 16U) & 1U)) >> 16U;
}

}  // namespace

void pack_pairs(const float* panels, int depth, int columns, int lanes, std::uint32_t* pairs) {
  for_each_panel(columns, lanes, [&](int first, int width) {
    const float* panel = panels + packed_size(depth, first);
    std::uint32_t* to = pairs + pairs_size(depth, first);
    for (int k = 0; k < depth; k += 2, panel += std::ptrdiff_t{2} * width, to += width) {
      for (int c = 0; c < width; ++c) {
        to[c] = bfloat16_of(panel[c]) | (k + 1 < depth ? bfloat16_of(panel[width + c]) << 16U : 0U);
      }
    }
  });
}

void unpack_transposed(const Real* panels, std::span<const int> rows, int lanes, int depth, Real* to,
                       int stride, int first_column) {
  for_each_panel(static_cast<int>(rows.size()), lanes, [&](int first, int width) {
    const Real* panel = panels + static_cast<std::int64_t>(first) * depth;
    for (int c = 0; c < width; ++c) {
      const int row = rows[static_cast<std::size_t>(first + c)];
      if (row < 0) continue;
      Real* row_to = to + static_cast<std::int64_t>(row) * stride + first_column;
      for (int k = 0; k < depth; ++k) row_to[k] = panel[k * width + c];
    }
  });
}

}  // namespace rnnbench::fused
