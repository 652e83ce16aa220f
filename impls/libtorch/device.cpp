#include "impls/libtorch/device.hpp"

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/ops/empty.h>
#include <c10/core/CachingDeviceAllocator.h>
#include <dlfcn.h>
#include <torch/cuda.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <string>
#include <thread>

#include "harness/core/denormals.hpp"
#include "harness/core/error.hpp"

namespace rnnbench {
namespace {

std::string load_cuda_library() {
  // cuBLAS gives the same bits each time only with a workspace of a fixed size, and reads this when it
  // starts.
  setenv("CUBLAS_WORKSPACE_CONFIG", ":4096:8", /*overwrite=*/0);
  if (dlopen("libtorch_cuda.so", RTLD_NOW | RTLD_GLOBAL) != nullptr) return "";
  const char* reason = dlerror();
  return reason != nullptr ? reason : "libtorch_cuda.so can't be loaded";
}

/// Why LibTorch's CUDA library can't be loaded, or "" where it is, from the first call on.
const std::string& cuda_library_problem() {
  static const std::string problem = load_cuda_library();
  return problem;
}

bool has_driver() {
  static const bool found = dlopen("libcuda.so.1", RTLD_LAZY | RTLD_LOCAL) != nullptr;
  return found;
}

const at::Generator& generator_of(at::Device device) { return at::globalContext().defaultGenerator(device); }

}  // namespace

at::Device open_device(Device device) {
  // For the CPU too: what LibTorch first computes asks it about CUDA, and a later trial may need that.
  const std::string problem = device == Device::kCuda || has_driver() ? cuda_library_problem() : "";
  if (device == Device::kCpu) return at::kCPU;
  if (!problem.empty()) {
    throw EngineError("device cuda needs LibTorch's CUDA libraries: " + problem +
                      "; ./rnnbench setup --cuda gets them, or set device = \"cpu\"");
  }
  if (!torch::cuda::is_available()) {
    throw EngineError("device cuda: LibTorch finds no GPU it can use; set device = \"cpu\"");
  }
  at::globalContext().lazyInitDevice(at::kCUDA);  // its allocator is asked before its first tensor
  return {at::kCUDA, 0};
}

void use_gpu_settings(const TrainingSpec& training) {
  at::Context& context = at::globalContext();
  context.setAllowTF32CuBLAS(training.tf32);
  context.setAllowTF32CuDNN(training.tf32);
  context.setDeterministicCuDNN(training.deterministic);
  context.setBenchmarkCuDNN(!training.deterministic);
  context.setDeterministicAlgorithms(training.deterministic, /*warn_only=*/true);
  context.setDeterministicFillUninitializedMemory(false);  // a help for debugging that costs time
}

std::int64_t memory_peak(at::Device device) {
  if (device.is_cpu()) return 0;
  constexpr auto kAll = static_cast<std::size_t>(c10::CachingAllocator::StatType::AGGREGATE);
  return c10::getDeviceAllocator(device.type())->getDeviceStats(device.index()).allocated_bytes[kAll].peak;
}

void reset_memory_peak(at::Device device) {
  if (!device.is_cpu()) c10::getDeviceAllocator(device.type())->resetPeakStats(device.index());
}

void use_threads(int threads) {
  flush_denormals();
  const int wanted =
      threads > 0 ? threads : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  if (at::get_num_threads() != wanted) at::set_num_threads(wanted);
}

void synchronize_device(at::Device device) {
  if (device.is_cuda()) torch::cuda::synchronize(device.index());
}

DropoutStream::DropoutStream(at::Device device, std::uint64_t seed) : device_(device) {
  at::Generator generator = generator_of(device);
  const std::lock_guard lock(generator.mutex());
  generator.set_current_seed(seed);
  state_ = generator.get_state();
}

std::string DropoutStream::position() const {
  const at::Tensor bytes = state_.cpu().contiguous();
  return {static_cast<const char*>(bytes.const_data_ptr()), bytes.nbytes()};
}

void DropoutStream::set_position(const std::string& bytes) {
  const at::Tensor state = at::empty({static_cast<std::int64_t>(bytes.size())}, at::kByte);
  std::memcpy(state.mutable_data_ptr(), bytes.data(), bytes.size());
  at::Generator generator = generator_of(device_);
  const std::lock_guard lock(generator.mutex());
  generator.set_state(state);
  state_ = generator.get_state();
}

DropoutStream::Scope::Scope(DropoutStream& stream) : stream_(stream) {
  at::Generator generator = generator_of(stream_.device_);
  const std::lock_guard lock(generator.mutex());
  generator.set_state(stream_.state_);
}

DropoutStream::Scope::~Scope() {
  at::Generator generator = generator_of(stream_.device_);
  const std::lock_guard lock(generator.mutex());
  stream_.state_ = generator.get_state();
}

}  // namespace rnnbench
