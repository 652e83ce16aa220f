#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>
#include <set>

#include "harness/core/error.hpp"
#include "harness/core/files.hpp"
#include "harness/model/parameters.hpp"

// The format: "safetensors" specification, section "Format".

namespace rnnbench {
namespace fs = std::filesystem;
namespace {

static_assert(std::endian::native == std::endian::little, "the format is little-endian");

constexpr std::uint64_t kLengthBytes = 8;
constexpr std::uint64_t kLongestHeader = 100'000'000;  // the format's own limit
constexpr std::uint64_t kAlignment = 8;

struct Entry {
  std::string name;
  std::vector<std::int64_t> shape;
  std::uint64_t begin = 0;  ///< bytes from the end of the header
  std::uint64_t end = 0;
};

/// Checks one file from the outside in; every failure names it.
class Reader {
 public:
  explicit Reader(const fs::path& path) : path_(path), file_(path) {}

  Parameters read() const {
    const Json header = parse_header();
    const std::span<const std::byte> data = file_.bytes().subspan(kLengthBytes + header_length());
    Parameters parameters;
    for (const Entry& entry : entries(header, data.size())) {
      std::vector<float> values((entry.end - entry.begin) / sizeof(float));
      if (!values.empty()) std::memcpy(values.data(), data.data() + entry.begin, entry.end - entry.begin);
      parameters.emplace(entry.name, Tensor{entry.shape, {values.begin(), values.end()}});
    }
    return parameters;
  }

 private:
  [[noreturn]] void fail(const std::string& what) const {
    throw EnvironmentError(fmt::format("{}: not a usable parameter file: {}", path_.string(), what));
  }

  std::uint64_t header_length() const {
    const auto bytes = file_.bytes();
    if (bytes.size() < kLengthBytes) fail(fmt::format("{} bytes, shorter than its header", bytes.size()));
    std::uint64_t length = 0;
    std::memcpy(&length, bytes.data(), kLengthBytes);
    if (length > kLongestHeader || length > bytes.size() - kLengthBytes) {
      fail(fmt::format("its header claims {} bytes, the file has {}", length, bytes.size()));
    }
    return length;
  }

  Json parse_header() const {
    std::vector<std::set<std::string>> keys;  // of the objects that are open, outermost first
    const auto refuse_duplicates = [&](int /*depth*/, Json::parse_event_t event, Json& value) {
      if (event == Json::parse_event_t::object_start) keys.emplace_back();
      if (event == Json::parse_event_t::object_end) keys.pop_back();
      if (event == Json::parse_event_t::key && !keys.back().insert(value.get<std::string>()).second) {
        fail(fmt::format("'{}' stands twice in its header", value.get<std::string>()));
      }
      return true;
    };
    const char* text = reinterpret_cast<const char*>(file_.bytes().data()) + kLengthBytes;
    try {
      Json header = Json::parse(text, text + header_length(), refuse_duplicates);
      if (!header.is_object()) fail("its header is no JSON object");
      return header;
    } catch (const Json::exception& error) {
      fail(fmt::format("its header is no JSON ({})", error.what()));
    }
  }

  // Sorted by offset, and together covering the data: no overlap, no hole, nothing beyond the end.
  std::vector<Entry> entries(const Json& header, std::uint64_t data_bytes) const {
    std::vector<Entry> found;
    for (const auto& [name, value] : header.items()) {
      if (name != "__metadata__") found.push_back(entry(name, value));
    }
    std::sort(found.begin(), found.end(), [](const Entry& a, const Entry& b) {
      return std::pair(a.begin, a.end) < std::pair(b.begin, b.end);
    });
    std::uint64_t at = 0;
    for (const Entry& one : found) {
      if (one.begin != at) fail(fmt::format("'{}' begins at byte {}, not {}", one.name, one.begin, at));
      at = one.end;
    }
    if (at != data_bytes) fail(fmt::format("its tensors need {} bytes, it holds {}", at, data_bytes));
    return found;
  }

  Entry entry(const std::string& name, const Json& value) const {
    if (!value.is_object()) fail(fmt::format("'{}' is described by no object", name));
    const auto dtype = value.find("dtype");
    if (dtype == value.end() || *dtype != "F32") fail(fmt::format("'{}' is not of dtype F32", name));
    const std::vector<std::uint64_t> shape = numbers(name, value, "shape");
    const std::vector<std::uint64_t> offsets = numbers(name, value, "data_offsets");
    if (offsets.size() != 2 || offsets[0] > offsets[1]) {
      fail(fmt::format("'{}' has no valid data_offsets", name));
    }
    std::uint64_t bytes = sizeof(float);
    for (const std::uint64_t extent : shape) {
      constexpr std::uint64_t kMost = std::numeric_limits<std::int64_t>::max();
      if (extent > kMost || (extent != 0 && bytes > kMost / extent)) {
        fail(fmt::format("the shape of '{}' is too large", name));
      }
      bytes *= extent;
    }
    if (bytes != offsets[1] - offsets[0]) {
      fail(fmt::format("'{}' has {} bytes, its shape needs {}", name, offsets[1] - offsets[0], bytes));
    }
    return {name, {shape.begin(), shape.end()}, offsets[0], offsets[1]};
  }

  std::vector<std::uint64_t> numbers(const std::string& name, const Json& value, const char* key) const {
    const auto found = value.find(key);
    const bool valid =
        found != value.end() && found->is_array() &&
        std::all_of(found->begin(), found->end(), [](const Json& one) { return one.is_number_unsigned(); });
    if (!valid) fail(fmt::format("'{}' has no valid {}", name, key));
    return found->get<std::vector<std::uint64_t>>();
  }

  fs::path path_;
  MappedFile file_;
};

std::string header_of(const fs::path& path, const Parameters& parameters) {
  Json header = Json::object();
  std::uint64_t at = 0;
  for (const auto& [name, tensor] : parameters) {
    if (element_count(tensor.shape) != static_cast<std::int64_t>(tensor.values.size())) {
      throw EnvironmentError(fmt::format("{}: '{}' has {} values, its shape needs {}", path.string(), name,
                                         tensor.values.size(), element_count(tensor.shape)));
    }
    const std::uint64_t end = at + tensor.values.size() * sizeof(float);
    header[name] = {{"dtype", "F32"}, {"shape", tensor.shape}, {"data_offsets", {at, end}}};
    at = end;
  }
  std::string text = header.dump();
  text.resize((text.size() + kAlignment - 1) / kAlignment * kAlignment, ' ');
  return text;
}

}  // namespace

void write_parameters(const fs::path& path, const Parameters& parameters) {
  const std::string header = header_of(path, parameters);
  const std::uint64_t length = header.size();
  write_file_atomically(path, [&](std::ostream& out) {
    out.write(reinterpret_cast<const char*>(&length), kLengthBytes);
    out << header;
    for (const auto& [name, tensor] : parameters) {
      const std::vector<float> values(tensor.values.begin(), tensor.values.end());
      out.write(reinterpret_cast<const char*>(values.data()),
                static_cast<std::streamsize>(values.size() * sizeof(float)));
    }
  });
}

Parameters read_parameters(const fs::path& path) { return Reader(path).read(); }

}  // namespace rnnbench
