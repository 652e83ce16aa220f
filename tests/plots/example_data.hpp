#pragma once

#include "plots/figures.hpp"
#include "results/query/figure_data.hpp"

namespace rnnbench {

/// How large a matrix `example_data` gives: (libtorch rnn, libtorch lstm, eigen rnn) × lengths ×
/// vocabularies × seeds.
struct ExampleSize {
  int lengths = 2;
  int vocabularies = 2;
  int seeds = 3;
  int epochs = 6;
  bool troubles = true;  ///< one run failed with NaN losses, one trial is skipped for want of CUDA
};

/// Results as a matrix would give them, the same on every call. Numbers are invented, of the size that
/// small recurrent nets show on `toy`.
FigureData example_data(const ExampleSize& size);

/// The same with comparisons of engines, one of them on one thread and two, and a claim: every figure can be
/// drawn of it.
FigureSource example_source(const ExampleSize& size);

}  // namespace rnnbench
