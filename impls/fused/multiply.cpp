#include <algorithm>
#include <cstddef>
#include <numeric>
#include <vector>

#include "impls/fused/kernels.hpp"
#include "impls/fused/packing.hpp"

using rnnbench::fused::Kernels, rnnbench::fused::Product;

/// A Multiply, see impls/registry/engine_module.hpp; b is packed once a call.
extern "C" [[gnu::visibility("default")]] void rnnbench_multiply(const float* a, const float* b, float* c,
                                                                 int size) {
  const Kernels& kernels = rnnbench::fused::kernels();
  const int vectors = (size + kernels.lanes - 1) / kernels.lanes, width = vectors * kernels.lanes;
  static thread_local std::vector<float> panels, padded;  // a first touch takes as long as the product
  panels.resize(static_cast<std::size_t>(rnnbench::fused::packed_size(size, width)));
  std::vector<int> rows(static_cast<std::size_t>(size));
  std::iota(rows.begin(), rows.end(), 0);
  rnnbench::fused::pack_rows({b, size, 0, size}, rows, width, kernels.lanes, panels.data());

  Product product{.rows = size, .vectors = vectors, .operand_count = 1};
  product.operands[0] = {{a, size}, panels.data(), size};
  if (width == size) return kernels.product(product, c, size);
  padded.resize(static_cast<std::size_t>(size) * static_cast<std::size_t>(width));
  kernels.product(product, padded.data(), width);
  for (int row = 0; row < size; ++row) {
    const auto from = padded.begin() + static_cast<std::ptrdiff_t>(row) * width;
    std::copy(from, from + size, c + static_cast<std::ptrdiff_t>(row) * size);
  }
}
