#include "harness/core/scratch_folder.hpp"

#include <fmt/format.h>
#include <stdlib.h>

#include <cerrno>
#include <cstring>
#include <string>

#include "harness/core/error.hpp"

namespace rnnbench {
namespace fs = std::filesystem;

ScratchFolder::ScratchFolder() {
  const char* given = std::getenv("TMPDIR");
  const fs::path parent = given != nullptr && *given != '\0' ? given : "/tmp";
  std::string name = (parent / "rnnbench-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) {
    throw EnvironmentError(fmt::format("can't make a folder in {}: {}; set TMPDIR to one that can be written",
                                       parent.string(), std::strerror(errno)));
  }
  path_ = name;
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

}  // namespace rnnbench
