#include "impls/baselines/booster.hpp"

#include <fmt/format.h>
#include <xgboost/c_api.h>

#include <algorithm>

#include "harness/core/error.hpp"

namespace rnnbench {
namespace {

void require(int status) {
  if (status != 0) throw EngineError(fmt::format("XGBoost: {}", XGBGetLastError()));
}

/// A booster of some of another one's trees.
class Slice {
 public:
  Slice(BoosterHandle whole, int rounds) { require(XGBoosterSlice(whole, 0, rounds, 1, &handle_)); }
  ~Slice() { XGBoosterFree(handle_); }
  Slice(const Slice&) = delete;
  Slice& operator=(const Slice&) = delete;
  BoosterHandle handle() const { return handle_; }

 private:
  BoosterHandle handle_ = nullptr;
};

}  // namespace

BoosterMatrix::BoosterMatrix(const CsrMatrix& matrix, std::size_t columns,
                             std::span<const std::uint8_t> labels) {
  require(XGDMatrixCreateFromCSREx(matrix.begins.data(), matrix.columns.data(), matrix.values.data(),
                                   matrix.begins.size(), matrix.columns.size(), columns, &handle_));
  if (labels.empty()) return;
  const std::vector<float> numbers(labels.begin(), labels.end());
  require(XGDMatrixSetFloatInfo(handle_, "label", numbers.data(), numbers.size()));
}

BoosterMatrix::~BoosterMatrix() { XGDMatrixFree(handle_); }

Booster::Booster(const std::vector<const BoosterMatrix*>& matrices) {
  std::vector<DMatrixHandle> handles;
  for (const BoosterMatrix* matrix : matrices) handles.push_back(matrix->handle());
  require(XGBoosterCreate(handles.data(), handles.size(), &handle_));
}

Booster::~Booster() { XGBoosterFree(handle_); }

void Booster::set(const std::string& name, const std::string& value) {
  require(XGBoosterSetParam(handle_, name.c_str(), value.c_str()));
}

void Booster::grow(int round, const BoosterMatrix& train) {
  require(XGBoosterUpdateOneIter(handle_, round, train.handle()));
}

std::vector<float> Booster::predict(const BoosterMatrix& matrix, int rounds) const {
  const std::string config = fmt::format(
      R"({{"type": 0, "training": false, "iteration_begin": 0, "iteration_end": {}, "strict_shape": false}})",
      rounds);
  const bst_ulong* shape = nullptr;
  bst_ulong dimensions = 0;
  const float* values = nullptr;
  require(
      XGBoosterPredictFromDMatrix(handle_, matrix.handle(), config.c_str(), &shape, &dimensions, &values));
  return {values, values + shape[0]};
}

std::string Booster::save(int rounds) const {
  const Slice kept(handle_, rounds);
  bst_ulong size = 0;
  const char* bytes = nullptr;
  require(XGBoosterSaveModelToBuffer(kept.handle(), R"({"format": "ubj"})", &size, &bytes));
  return {bytes, size};
}

void Booster::load(std::string_view bytes) {
  require(XGBoosterLoadModelFromBuffer(handle_, bytes.data(), bytes.size()));
}

std::int64_t Booster::nodes(int rounds) const {
  const Slice kept(handle_, rounds);
  bst_ulong trees = 0;
  const char** texts = nullptr;
  require(XGBoosterDumpModel(kept.handle(), "", 0, &trees, &texts));
  std::int64_t lines = 0;
  for (bst_ulong i = 0; i < trees; ++i) {
    const std::string_view text = texts[i];
    lines += std::ranges::count(text, '\n');
  }
  return lines;
}

std::string xgboost_version() {
  int major = 0, minor = 0, patch = 0;
  XGBoostVersion(&major, &minor, &patch);
  return fmt::format("{}.{}.{}", major, minor, patch);
}

}  // namespace rnnbench
