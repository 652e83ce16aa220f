#include "results/exchange/bundle_archive.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "harness/core/error.hpp"
#include "results/exchange/archive_handle.hpp"
#include "results/store/new_file.hpp"

namespace rnnbench {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kBlockBytes = std::size_t{1} << 16U;

std::string reason(archive* handle) {
  const char* text = archive_error_string(handle);
  return text != nullptr ? text : "it ends early";
}

[[noreturn]] void refuse_size(const fs::path& file, std::size_t most) {
  refuse_bundle(file, fmt::format("it holds more than {} MB, which no bundle does", most >> 20U));
}

/// All that is compressed in the file, to its end, where its checksums stand.
std::string decompressed(const fs::path& file, std::size_t most) {
  const ArchiveHandle handle(archive_read_new());
  archive_read_support_filter_xz(handle.get());
  archive_read_support_format_raw(handle.get());
  archive_entry* entry = nullptr;
  if (archive_read_open_filename(handle.get(), file.c_str(), kBlockBytes) != ARCHIVE_OK ||
      archive_read_next_header(handle.get(), &entry) != ARCHIVE_OK) {
    refuse_bundle(file, fmt::format("can't be read as a bundle ({})", reason(handle.get())));
  }
  std::string bytes;
  std::string block(kBlockBytes, '\0');
  for (;;) {
    const la_ssize_t count = archive_read_data(handle.get(), block.data(), block.size());
    if (count < 0) refuse_bundle(file, fmt::format("it is cut or damaged ({})", reason(handle.get())));
    if (count == 0) return bytes;
    if (bytes.size() + static_cast<std::size_t>(count) > most) refuse_size(file, most);
    bytes.append(block, 0, static_cast<std::size_t>(count));
  }
}

bool is_plain_letter(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
         (letter >= '0' && letter <= '9') || letter == '.' || letter == '-' || letter == '_' || letter == '/';
}

/// Whether a name leads to a file within a folder, and can't mean another on any system.
bool is_plain_name(const std::string& name) {
  constexpr std::size_t kLongest = 99;  // of a tar header
  if (name.empty() || name.size() > kLongest || !std::ranges::all_of(name, is_plain_letter)) return false;
  for (std::size_t begin = 0; begin <= name.size();) {
    const std::size_t end = std::min(name.find('/', begin), name.size());
    const std::string part = name.substr(begin, end - begin);
    if (part.empty() || part == "." || part == "..") return false;
    begin = end + 1;
  }
  return true;
}

bool is_plain_file(archive_entry* entry) {
  return archive_entry_filetype(entry) == AE_IFREG && archive_entry_hardlink(entry) == nullptr &&
         archive_entry_symlink(entry) == nullptr;
}

/// Of an archive of so many bytes. Without holes all its files together can't be larger.
std::string content_of(archive* handle, archive_entry* entry, const fs::path& file, std::size_t all) {
  if (archive_entry_sparse_count(entry) > 0)
    refuse_bundle(file, "refused a member with holes, which may stand for any size");
  const la_int64_t size = archive_entry_size(entry);
  if (size < 0 || size > static_cast<la_int64_t>(all))
    refuse_bundle(file, "it is cut or damaged (a member is larger than all of it)");
  std::string content(static_cast<std::size_t>(size), '\0');
  std::size_t done = 0;
  while (done < content.size()) {
    const la_ssize_t count = archive_read_data(handle, content.data() + done, content.size() - done);
    if (count <= 0) refuse_bundle(file, fmt::format("it is cut or damaged ({})", reason(handle)));
    done += static_cast<std::size_t>(count);
  }
  return content;
}

}  // namespace

void refuse_bundle(const fs::path& file, const std::string& why) {
  throw DataError(fmt::format("{}: {}; get the bundle again from where it was made", file.string(), why));
}

void write_bundle_archive(const fs::path& file, const std::vector<BundleMember>& members) {
  std::size_t bytes = 0;
  for (const BundleMember& member : members) bytes += member.content.size() + kBlockBytes;
  if (bytes > kMostBundleBytes) {
    throw ConfigError(fmt::format("{}: these runs have {} MB and a bundle holds {} at most; choose fewer",
                                  file.string(), bytes >> 20U, kMostBundleBytes >> 20U));
  }
  NewFile output(file);
  const ArchiveHandle handle(archive_write_new());
  const auto check = [&](int result) {
    if (result == ARCHIVE_OK) return;
    throw EnvironmentError(fmt::format("can't write {}: {}", file.string(), reason(handle.get())));
  };
  check(archive_write_set_format_ustar(handle.get()));
  check(archive_write_add_filter_xz(handle.get()));
  check(archive_write_open_filename(handle.get(), output.part().c_str()));
  for (const BundleMember& member : members) {
    const ArchiveEntry entry(archive_entry_new());  // without owner and time
    archive_entry_set_pathname(entry.get(), member.name.c_str());
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), 0644);
    archive_entry_set_mtime(entry.get(), 0, 0);
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(member.content.size()));
    check(archive_write_header(handle.get(), entry.get()));
    const auto written = archive_write_data(handle.get(), member.content.data(), member.content.size());
    check(written == static_cast<la_ssize_t>(member.content.size()) ? ARCHIVE_OK : ARCHIVE_FATAL);
  }
  check(archive_write_close(handle.get()));
  output.publish();
}

std::vector<BundleMember> read_bundle_archive(const fs::path& file, std::size_t most) {
  const std::string bytes = decompressed(file, most);
  const ArchiveHandle handle(archive_read_new());
  archive_read_support_format_tar(handle.get());
  if (archive_read_open_memory(handle.get(), bytes.data(), bytes.size()) != ARCHIVE_OK)
    refuse_bundle(file, fmt::format("is no bundle ({})", reason(handle.get())));
  std::vector<BundleMember> members;
  std::set<std::string> names;
  for (archive_entry* entry = nullptr;;) {
    const int result = archive_read_next_header(handle.get(), &entry);
    if (result == ARCHIVE_EOF) return members;
    if (result != ARCHIVE_OK) refuse_bundle(file, fmt::format("is no bundle ({})", reason(handle.get())));
    const char* text = archive_entry_pathname(entry);
    const std::string name = text != nullptr ? text : "";
    if (!is_plain_name(name))
      refuse_bundle(file, fmt::format("refused its member '{}': no plain relative name", name));
    if (!is_plain_file(entry))
      refuse_bundle(file, fmt::format("refused its member '{}': a link, or no file", name));
    if (!names.insert(name).second) refuse_bundle(file, fmt::format("it holds '{}' twice", name));
    members.push_back({name, content_of(handle.get(), entry, file, bytes.size())});
  }
}

}  // namespace rnnbench
