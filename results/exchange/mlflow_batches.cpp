#include "results/exchange/mlflow_batches.hpp"

namespace rnnbench {
namespace {

/// Fills requests, in the order of what is added.
class Batches {
 public:
  Batches(std::string id, const MlflowBatchLimits& limits) : id_(std::move(id)), limits_(limits) {}

  void add(const char* list, std::size_t most, Json entry) {
    const std::size_t bytes = entry.dump(-1, ' ', false, Json::error_handler_t::replace).size() + 1;
    const auto is_full = [&] {
      return batches_.empty() || entries_ == limits_.entries || batches_.back()[list].size() >= most ||
             bytes_ + bytes > limits_.bytes;
    };
    if (is_full()) {
      batches_.push_back(
          {{"run_id", id_}, {"metrics", Json::array()}, {"params", Json::array()}, {"tags", Json::array()}});
      entries_ = bytes_ = 0;
    }
    batches_.back()[list].push_back(std::move(entry));
    ++entries_;
    bytes_ += bytes;
  }

  std::vector<Json> take() { return std::move(batches_); }

 private:
  std::string id_;
  MlflowBatchLimits limits_;
  std::vector<Json> batches_;
  std::size_t entries_ = 0, bytes_ = 0;  // of the last one
};

}  // namespace

std::vector<Json> log_batches(const std::string& id, const MlflowRun& run, const MlflowBatchLimits& limits) {
  Batches batches(id, limits);
  for (const auto& [key, value] : run.params)
    batches.add("params", limits.params, {{"key", key}, {"value", value}});
  for (const auto& [key, value] : run.tags)
    batches.add("tags", limits.tags, {{"key", key}, {"value", value}});
  for (const MlflowMetric& metric : run.metrics) batches.add("metrics", limits.metrics, json_of(metric));
  return batches.take();
}

}  // namespace rnnbench
