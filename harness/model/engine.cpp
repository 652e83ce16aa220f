#include "harness/model/engine.hpp"

namespace rnnbench {

const char* name_of(Device device) { return device == Device::kCpu ? "cpu" : "cuda"; }

}  // namespace rnnbench
