#include "harness/model/engine.hpp"

namespace rnnbench {

const char* name_of(Device device) { return device == Device::kCpu ? "cpu" : "cuda"; }

const char* name_of(Precision precision) { return precision == Precision::kSingle ? "float32" : "float64"; }

}  // namespace rnnbench
