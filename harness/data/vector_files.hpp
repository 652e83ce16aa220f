#pragma once

#include <filesystem>
#include <string>

namespace rnnbench {

/// Where the file of word vectors `name` (model.embedding.vectors) is. With a folder in it, it is a path,
/// relative to the working directory; else a file of that name, or with .bin, .txt or .vec after it, and .gz
/// after that, in the folder $RNNBENCH_VECTORS.
struct VectorFile {
  std::filesystem::path path;  ///< empty where it wasn't found
  std::string obstacle;        ///< then: why, and what to do
};
VectorFile find_word_vectors(const std::string& name);

}  // namespace rnnbench
