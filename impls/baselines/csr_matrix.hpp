#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace rnnbench {

/// A sparse matrix by rows, columns rising within a row; no zeros are stored.
struct CsrMatrix {
  std::vector<std::size_t> begins = {0};  ///< [rows + 1], where a row begins in the two below
  std::vector<std::uint32_t> columns;
  std::vector<float> values;

  std::size_t rows() const { return begins.size() - 1; }
  void end_row() { begins.push_back(columns.size()); }
};

}  // namespace rnnbench
