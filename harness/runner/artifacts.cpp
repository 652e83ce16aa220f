#include "harness/runner/artifacts.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "harness/core/error.hpp"
#include "harness/core/files.hpp"
#include "harness/core/settings.hpp"
#include "harness/core/sha256.hpp"

namespace rnnbench {
namespace fs = std::filesystem;

ArtifactRecord ArtifactWriter::describe(const std::string& kind, const fs::path& relative) const {
  const fs::path file = root_ / relative;
  return {kind, relative.string(), file_sha256(file), static_cast<std::int64_t>(fs::file_size(file))};
}

ArtifactRecord ArtifactWriter::write_weights(RunId run, const std::string& which,
                                             const Parameters& weights) const {
  const fs::path relative = folder_ / fmt::format("run-{}-{}.safetensors", run, which);
  write_parameters(root_ / relative, weights);
  return describe("parameters_" + which, relative);
}

ArtifactRecord ArtifactWriter::write_vocabulary(const std::vector<std::string>& words) const {
  // Words may hold invalid UTF-8, which JSON can't: each byte is written as the code point of its value.
  Json list = Json::array();
  for (const std::string& word : words) {
    std::string wide;
    for (const char letter : word) {
      const auto byte = static_cast<unsigned char>(letter);
      if (byte < 0x80) {
        wide += letter;
      } else {
        wide += static_cast<char>(0xC0U | (byte >> 6U));
        wide += static_cast<char>(0x80U | (byte & 0x3FU));
      }
    }
    list.push_back(std::move(wide));
  }
  const std::string text = list.dump();
  const fs::path relative = folder_ / fmt::format("vocabulary-{}.json", sha256_hex(text).substr(0, 16));
  const bool is_sound = fs::is_regular_file(root_ / relative) && read_file(root_ / relative) == text;
  if (!is_sound) write_file_atomically(root_ / relative, text);
  return describe("vocabulary", relative);
}

std::vector<std::string> read_vocabulary(const fs::path& path) {
  const Json list = Json::parse(read_file(path), nullptr, false);
  const bool all_texts =
      std::all_of(list.begin(), list.end(), [](const Json& word) { return word.is_string(); });
  if (!list.is_array() || !all_texts) {
    throw EnvironmentError(
        fmt::format("{} is damaged: no JSON array of words; repeat the run with --rerun", path.string()));
  }
  std::vector<std::string> words;
  words.reserve(list.size());
  for (const Json& entry : list) {
    const auto wide = entry.get<std::string>();
    std::string& word = words.emplace_back();
    for (std::size_t i = 0; i < wide.size(); ++i) {
      const auto byte = static_cast<unsigned char>(wide[i]);
      const bool two_bytes = byte >= 0x80 && i + 1 < wide.size();
      word +=
          two_bytes
              ? static_cast<char>(((byte & 0x03U) << 6U) | (static_cast<unsigned char>(wide[++i]) & 0x3FU))
              : wide[i];
    }
  }
  return words;
}

}  // namespace rnnbench
