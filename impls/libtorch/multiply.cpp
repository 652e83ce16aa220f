#include <ATen/Functions.h>
#include <ATen/Parallel.h>

#include "impls/libtorch/translate_errors.hpp"

/// A Multiply, see impls/registry/engine_module.hpp: by the BLAS that LibTorch was built with.
extern "C" __attribute__((visibility("default"))) void rnnbench_multiply(const float* a, const float* b,
                                                                         float* c, int size) {
  rnnbench::with_translated_errors([&] {
    const auto matrix = [size](const float* values) {  // from_blob takes no const; mm_out reads a and b alone
      return at::from_blob(const_cast<float*>(values), {size, size}, at::kFloat);
    };
    if (at::get_num_threads() != 1) at::set_num_threads(1);
    at::Tensor result = matrix(c);
    at::mm_out(result, matrix(a), matrix(b));
  });
}
