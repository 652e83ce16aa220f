#pragma once

#include <filesystem>

namespace rnnbench {

/// The folder `experiments` of this program: where it was installed the one beside it, else the source's.
std::filesystem::path experiments_folder();

}  // namespace rnnbench
