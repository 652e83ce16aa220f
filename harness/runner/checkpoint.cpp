#include "harness/runner/checkpoint.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "harness/core/error.hpp"
#include "harness/core/files.hpp"

namespace rnnbench {
namespace fs = std::filesystem;
namespace {

const std::string kState = "state/";
const std::string kBest = "best/";
const std::string kRandom = "random";

std::string prefix_of(RunId run) { return fmt::format("run-{}-epoch-", run); }
std::string name_of(RunId run, int epoch) { return fmt::format("{}{}.safetensors", prefix_of(run), epoch); }

Tensor tensor_of(const std::string& bytes) {
  Tensor tensor{{static_cast<std::int64_t>(bytes.size())}, {}};
  for (const char byte : bytes) tensor.values.push_back(static_cast<unsigned char>(byte));
  return tensor;
}

std::string bytes_of(const Tensor& tensor) {
  std::string bytes;
  for (const double value : tensor.values) bytes += static_cast<char>(static_cast<unsigned char>(value));
  return bytes;
}

void add_all(Parameters& to, const std::string& prefix, const Parameters& tensors) {
  for (const auto& [name, tensor] : tensors) to.emplace(prefix + name, tensor);
}

}  // namespace

CheckpointRecord CheckpointFiles::write(RunId run, int epoch, const Checkpoint& checkpoint) const {
  Parameters all;
  add_all(all, kState, checkpoint.state);
  add_all(all, kBest, checkpoint.best);
  if (!checkpoint.random.empty()) all.emplace(kRandom, tensor_of(checkpoint.random));
  const fs::path relative = folder_ / name_of(run, epoch);
  const fs::path file = root_ / relative;
  write_parameters(file, all);
  return {epoch, relative.string(), file_sha256(file), static_cast<std::int64_t>(fs::file_size(file))};
}

Checkpoint CheckpointFiles::read(const CheckpointRecord& record) const {
  const fs::path file = root_ / record.path;
  if (file_sha256(file) != record.sha256) {
    throw EnvironmentError(fmt::format("{} is damaged: it is not what was written", file.string()));
  }
  Checkpoint checkpoint;
  for (auto& [name, tensor] : read_parameters(file)) {
    if (name.starts_with(kState)) checkpoint.state.emplace(name.substr(kState.size()), tensor);
    if (name.starts_with(kBest)) checkpoint.best.emplace(name.substr(kBest.size()), tensor);
    if (name == kRandom) checkpoint.random = bytes_of(tensor);
  }
  return checkpoint;
}

void CheckpointFiles::remove_all_but(RunId run, int epoch) const {
  std::error_code ignored;
  std::vector<fs::path> old;
  for (const auto& entry : fs::directory_iterator(root_ / folder_, ignored)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with(prefix_of(run)) && name != name_of(run, epoch)) old.push_back(entry.path());
  }
  for (const fs::path& file : old) fs::remove(file, ignored);
}

}  // namespace rnnbench
