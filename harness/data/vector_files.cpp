#include "harness/data/vector_files.hpp"

#include <fmt/format.h>

#include <cstdlib>

namespace rnnbench {
namespace fs = std::filesystem;
namespace {

bool is_file(const fs::path& path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored);
}

VectorFile not_found(const std::string& name, const std::string& why) {
  return {{}, fmt::format("word vectors '{}' are not here: {}", name, why)};
}

}  // namespace

VectorFile find_word_vectors(const std::string& name) {
  if (fs::path(name).has_parent_path()) {
    if (is_file(name)) return {name, ""};
    return not_found(name, "there is no such file; get it, or correct model.embedding.vectors");
  }
  const char* folder = std::getenv("RNNBENCH_VECTORS");
  if (folder == nullptr || *folder == '\0') {
    return not_found(name, fmt::format("set RNNBENCH_VECTORS to the folder that holds {}.bin, .txt or .vec "
                                       "(.gz too), or give a path",
                                       name));
  }
  for (const char* kind : {"", ".bin", ".txt", ".vec"}) {
    for (const char* compression : {"", ".gz"}) {
      const fs::path path = fs::path(folder) / (name + kind + compression);
      if (is_file(path)) return {path, ""};
    }
  }
  return not_found(
      name, fmt::format("{} has no {} with .bin, .txt or .vec (and .gz) after it; put the file there", folder,
                        name));
}

}  // namespace rnnbench
