#include "harness/cli/installation.hpp"

namespace rnnbench {
namespace fs = std::filesystem;

fs::path experiments_folder() {
  std::error_code failure;
  const fs::path bin = fs::read_symlink("/proc/self/exe", failure).parent_path();
  if (fs::path installed = bin.parent_path() / "experiments";
      !failure && fs::is_directory(installed, failure)) {
    return installed;
  }
  return fs::path(RNNBENCH_SOURCE_DIR) / "experiments";
}

}  // namespace rnnbench
