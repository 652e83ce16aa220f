#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <string>

#include "harness/model/engine.hpp"

namespace rnnbench {

/// LibTorch's device for `device`, ready for use. Where there is a driver LibTorch's CUDA library is loaded
/// first, for the CPU too, before anything asks LibTorch about CUDA: it remembers the answer for the whole
/// process. Throws EngineError that names what is missing.
at::Device open_device(Device device);

/// TrainingSpec's `tf32` and `deterministic`, for what is computed on a GPU from now on. They are the whole
/// process's, so that an engine sets them whenever it computes. Not deterministic: cuDNN tries which of its
/// algorithms is the fastest.
void use_gpu_settings(const TrainingSpec& training);

/// Bytes that the allocator of a GPU had given out at most since reset_memory_peak(); 0 on the CPU.
std::int64_t memory_peak(at::Device device);
void reset_memory_peak(at::Device device);

/// Makes the calling thread ready to compute: `threads` threads for LibTorch (0: as many as the machine
/// has), denormals flushed on it and on the threads that LibTorch starts from it.
void use_threads(int threads);

void synchronize_device(at::Device device);

/// One engine's random numbers for dropout. LibTorch has one generator a device for the whole process;
/// this puts the engine's own state into it for the length of a step, so that engines used in turn draw
/// what each would draw alone.
class DropoutStream {
 public:
  DropoutStream(at::Device device, std::uint64_t seed);

  /// Where the stream is, in the generator's own bytes.
  std::string position() const;
  /// Goes on from there. Throws what the generator throws for bytes that aren't its own.
  void set_position(const std::string& bytes);

  /// The stream is the device's generator as long as this lives.
  class Scope {
   public:
    explicit Scope(DropoutStream& stream);
    ~Scope();
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;

   private:
    DropoutStream& stream_;
  };

 private:
  at::Device device_;
  at::Tensor state_;
};

}  // namespace rnnbench
