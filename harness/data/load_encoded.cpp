#include <chrono>
#include <fstream>
#include <mutex>
#include <optional>

#include "harness/core/error.hpp"
#include "harness/core/files.hpp"
#include "harness/data/encoder.hpp"

namespace rnnbench {
namespace fs = std::filesystem;
namespace {

class Stopwatch {
 public:
  /// Seconds since the last call, or since construction.
  double lap() {
    const auto now = std::chrono::steady_clock::now();
    const double seconds = std::chrono::duration<double>(now - last_).count();
    last_ = now;
    return seconds;
  }

 private:
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

EncodedData map_image(const fs::path& path, const std::string& key) {
  const auto file = std::make_shared<const MappedFile>(path);
  return open_image(file, file->bytes(), key);
}

/// The sound cache file at `path`, or nothing; `note` says what was wrong with a file that is there.
std::optional<EncodedData> find_cached(const fs::path& path, const std::string& key, std::string& note) {
  std::error_code missing;
  if (!fs::exists(path, missing)) return std::nullopt;
  try {
    return map_image(path, key);
  } catch (const Error& error) {
    note = "rebuilt the cache file " + path.string() + ": " + error.what();
    return std::nullopt;
  }
}

EncodedData store(const EncodedImage& image, const fs::path& path, const std::string& key,
                  std::string& note) {
  try {
    write_file_atomically(path, {reinterpret_cast<const char*>(image.bytes().data()), image.bytes().size()});
    return map_image(path, key);
  } catch (const Error& error) {
    note = std::string("the encoded reviews stay in memory only: ") + error.what();
    return open_image(image.memory(), image.bytes(), key);
  }
}

}  // namespace

EncodedData load_encoded(const DataLocation& location, const DataSpec& spec, const Recipe& recipe,
                         const std::stop_token& stop, EncodeTimes* times) {
  static std::mutex one_at_a_time;
  const std::scoped_lock lock(one_at_a_time);
  EncodeTimes own_times;
  EncodeTimes& took = times != nullptr ? *times : own_times;
  took = {};
  Stopwatch watch;
  const std::string key = encoding_key(data_fingerprint(location, stop), spec, recipe);
  const fs::path path = cache_folder() / "encoded" / (key + ".bin");
  took.read_seconds = watch.lap();

  if (auto cached = find_cached(path, key, took.note)) {
    took.encode_seconds = watch.lap();
    took.from_cache = true;
    return std::move(*cached);
  }
  const ReviewSet reviews = read_reviews(location, stop);
  took.read_seconds += watch.lap();
  const EncodedImage image = encode_reviews(reviews, spec, recipe, key, 0, stop);
  took.encode_seconds = watch.lap();
  EncodedData data = store(image, path, key, took.note);
  took.store_seconds = watch.lap();
  return data;
}

}  // namespace rnnbench
