#include <Eigen/Core>

using Matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// A Multiply, see impls/registry/engine_module.hpp.
extern "C" [[gnu::visibility("default")]] void rnnbench_multiply(const float* a, const float* b, float* c,
                                                                 int size) {
  const Eigen::Map<const Matrix> left(a, size, size), right(b, size, size);
  Eigen::Map<Matrix>(c, size, size).noalias() = left * right;
}
