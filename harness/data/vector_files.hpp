#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace rnnbench {

/// Where trained word vectors are kept: `vectors` in the user's cache folder.
std::filesystem::path vectors_folder();

/// Where the file of word vectors `name` (model.embedding.vectors) is. With a folder in it, it is a path,
/// relative to the working directory; else a file of that name, or with .bin, .txt or .vec after it, and .gz
/// after that, in the folder `given` (--vectors), or without one in $RNNBENCH_VECTORS, then in
/// vectors_folder(). Where `given` is a file, that is it, whatever the name.
struct VectorFile {
  std::filesystem::path path;  ///< empty where it can't be used
  std::string obstacle;        ///< then: why, and what to do
};
VectorFile find_word_vectors(const std::string& name, const std::optional<std::filesystem::path>& given = {});

/// The same, and an obstacle too where the file doesn't begin with vectors of `size` numbers.
VectorFile usable_word_vectors(const std::string& name, int size,
                               const std::optional<std::filesystem::path>& given);

}  // namespace rnnbench
