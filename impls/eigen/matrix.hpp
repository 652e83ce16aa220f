#pragma once

#include <Eigen/Core>

/// The plain from-scratch engine. Written to be read: one concept a file, a template on the scalar, so that
/// the code that trains in float is the code whose gradients are checked in double.
namespace rnnbench::eigen {

using Eigen::Index;

/// Row-major. A sequence is time-major: [time * batch, features], row t * batch + b; so all steps of it
/// make one product with a kernel, and one step of it is a block of neighbouring rows.
template <typename Scalar>
using Matrix = Eigen::Matrix<Scalar, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// A matrix in memory owned elsewhere.
template <typename Scalar>
using MatrixMap = Eigen::Map<Matrix<Scalar>>;

/// What functions take: a view of rows of a matrix, read-only or writable. Never a copy.
template <typename Scalar>
using ConstView = const Eigen::Ref<const Matrix<Scalar>>&;
template <typename Scalar>
using View = Eigen::Ref<Matrix<Scalar>>;

/// The rows of step `step` in a sequence, [batch, features].
template <typename Sequence>
auto step_of(Sequence&& sequence, Index step, Index batch) {
  return sequence.middleRows(step * batch, batch);
}

/// Memory for a matrix whose shape changes from call to call: it grows and never shrinks, so that a
/// training step allocates nothing once the largest batch was seen.
template <typename Scalar>
class Buffer {
 public:
  /// Uninitialised; what an earlier call returned is no longer valid.
  MatrixMap<Scalar> shaped(Index rows, Index columns) {
    if (rows * columns > memory_.size()) memory_.resize(rows * columns);
    return {memory_.data(), rows, columns};
  }

  /// Where what `shaped` returned begins.
  Scalar* data() { return memory_.data(); }

 private:
  Eigen::Array<Scalar, Eigen::Dynamic, 1> memory_;
};

}  // namespace rnnbench::eigen
