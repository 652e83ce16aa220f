#include "harness/data/vector_files.hpp"

#include <fmt/format.h>

#include <cstdlib>

#include "harness/core/error.hpp"
#include "harness/data/word_vectors.hpp"

namespace rnnbench {
namespace fs = std::filesystem;
namespace {

bool is_file(const fs::path& path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored);
}

bool is_folder(const fs::path& path) {
  std::error_code ignored;
  return fs::is_directory(path, ignored);
}

fs::path folder_of_environment() {
  const char* folder = std::getenv("RNNBENCH_VECTORS");
  return folder == nullptr ? "" : folder;
}

VectorFile not_found(const std::string& name, const std::string& why) {
  return {{}, fmt::format("word vectors '{}' are not here: {}", name, why)};
}

}  // namespace

VectorFile find_word_vectors(const std::string& name, const std::optional<fs::path>& given) {
  if (given && is_file(*given)) return {*given, ""};
  if (fs::path(name).has_parent_path()) {
    if (is_file(name)) return {name, ""};
    return not_found(name, "there is no such file; get it, or correct model.embedding.vectors");
  }
  if (given && !is_folder(*given)) {
    return not_found(name, fmt::format("--vectors {} doesn't exist; correct it", given->string()));
  }
  const fs::path folder = given ? *given : folder_of_environment();
  if (folder.empty()) {
    return not_found(name, fmt::format("give the file with --vectors, or set RNNBENCH_VECTORS to the folder "
                                       "that holds {}.bin, .txt or .vec (.gz too)",
                                       name));
  }
  for (const char* kind : {"", ".bin", ".txt", ".vec"}) {
    for (const char* compression : {"", ".gz"}) {
      const fs::path path = folder / (name + kind + compression);
      if (is_file(path)) return {path, ""};
    }
  }
  return not_found(name,
                   fmt::format("{} has no {} with .bin, .txt or .vec (and .gz) after it; put the file there",
                               folder.string(), name));
}

VectorFile usable_word_vectors(const std::string& name, int size, const std::optional<fs::path>& given) {
  VectorFile file = find_word_vectors(name, given);
  if (!file.obstacle.empty()) return file;
  try {
    check_word_vectors(file.path, size);
  } catch (const DataError& error) {
    return {{}, error.what()};
  }
  return file;
}

}  // namespace rnnbench
