#include "harness/data/vector_files.hpp"

#include <fmt/format.h>

#include <cstdlib>

#include "harness/core/error.hpp"
#include "harness/core/files.hpp"
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

/// What is wrong with a path that is no file, or that is no folder where one is meant.
std::string fault_of(const fs::path& path) {
  std::error_code failure;
  const fs::file_status status = fs::status(path, failure);
  if (failure == std::errc::no_such_file_or_directory) return "doesn't exist";
  if (failure == std::errc::not_a_directory) return "takes a file for a folder";
  if (failure == std::errc::too_many_symbolic_link_levels) return "is no regular file but a loop of links";
  if (failure) return "can't be looked at (" + failure.message() + ")";
  if (fs::is_regular_file(status)) return "is a file, not a folder";
  return fs::is_directory(status) ? "is a folder, not a file" : "is no regular file";
}

fs::path folder_of_environment() {
  const char* folder = std::getenv("RNNBENCH_VECTORS");
  return folder == nullptr ? "" : folder;
}

/// `name` as it is, or with an ending that vectors have, in `folder`; "" where there is no such file.
fs::path file_in(const fs::path& folder, const std::string& name) {
  for (const char* kind : {"", ".bin", ".txt", ".vec"}) {
    for (const char* compression : {"", ".gz"}) {
      fs::path path = folder / (name + kind + compression);
      if (is_file(path)) return path;
    }
  }
  return "";
}

VectorFile not_found(const std::string& name, const std::string& why) {
  return {{},
          fmt::format("word vectors '{}' are not here: {}; or train others on the reviews with "
                      "`rnnbench data vectors CONFIG`, which says how to use them",
                      name, why)};
}

}  // namespace

fs::path vectors_folder() { return cache_folder() / "vectors"; }

VectorFile find_word_vectors(const std::string& name, const std::optional<fs::path>& given) {
  if (given && is_file(*given)) return {*given, ""};
  if (fs::path(name).has_parent_path()) {
    if (is_file(name)) return {name, ""};
    return not_found(name,
                     "that path " + fault_of(name) + "; get the file, or correct model.embedding.vectors");
  }
  if (given && !is_folder(*given)) {
    return not_found(name, fmt::format("--vectors {} {}; correct it", given->string(), fault_of(*given)));
  }
  const fs::path folder = given ? *given : folder_of_environment();
  if (const fs::path path = folder.empty() ? folder : file_in(folder, name); !path.empty()) return {path, ""};
  if (!given) {
    if (const fs::path path = file_in(vectors_folder(), name); !path.empty()) return {path, ""};
  }
  if (folder.empty()) {
    return not_found(name, fmt::format("give the file with --vectors, or set RNNBENCH_VECTORS to the folder "
                                       "that holds {}.bin, .txt or .vec (.gz too)",
                                       name));
  }
  if (!is_folder(folder)) {
    return not_found(
        name, fmt::format("RNNBENCH_VECTORS={} {}; set it to the folder of the vectors, or give their file "
                          "with --vectors",
                          folder.string(), fault_of(folder)));
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
