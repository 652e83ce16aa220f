#include "harness/measure/elf_file.hpp"

#include <elf.h>
#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <span>
#include <string_view>

#include "harness/core/error.hpp"
#include "harness/core/files.hpp"

namespace rnnbench {
namespace fs = std::filesystem;
namespace {

// Far above any real library's; they bound what a damaged file can make us keep.
constexpr std::size_t kMostLibraries = 1000;
constexpr std::size_t kLongestText = 1 << 16;

class ElfFile {
 public:
  explicit ElfFile(const fs::path& path) : path_(path), file_(path), bytes_(file_.bytes()) {
    header_ = element<Elf64_Ehdr>(part(0, sizeof header_), 0);
    check_header();
    const std::span<const std::byte> table = part(header_.e_phoff, header_.e_phnum * sizeof(Elf64_Phdr));
    for (std::size_t i = 0; i < header_.e_phnum; ++i) segments_.push_back(element<Elf64_Phdr>(table, i));
  }

  LoaderNeeds needs() const {
    const std::vector<Elf64_Dyn> entries = dynamic_section();
    const std::span<const std::byte> texts = string_table(entries);
    LoaderNeeds needs;
    for (const Elf64_Dyn& entry : entries) {
      if (entry.d_tag == DT_NEEDED) needs.needed.push_back(text(texts, entry.d_un.d_val));
      if (entry.d_tag == DT_RPATH) needs.rpath = text(texts, entry.d_un.d_val);
      if (entry.d_tag == DT_RUNPATH) needs.runpath = text(texts, entry.d_un.d_val);
      if (needs.needed.size() > kMostLibraries) fail("it needs too many libraries");
    }
    return needs;
  }

 private:
  [[noreturn]] void fail(std::string_view what) const {
    throw EnvironmentError(
        fmt::format("{} is no shared object that can be used here: {}", path_.string(), what));
  }

  /// `length` bytes from `offset` on.
  std::span<const std::byte> part(std::uint64_t offset, std::uint64_t length) const {
    if (offset > bytes_.size() || length > bytes_.size() - offset) fail("it is cut off");
    return bytes_.subspan(offset, length);
  }

  /// The structure number `index` of those that `array` holds.
  template <typename Struct>
  static Struct element(std::span<const std::byte> array, std::size_t index) {
    Struct value;
    std::memcpy(&value, array.subspan(index * sizeof value, sizeof value).data(), sizeof value);
    return value;
  }

  void check_header() const {
    if (std::memcmp(header_.e_ident, ELFMAG, SELFMAG) != 0) fail("it is no ELF file");
    const int order = std::endian::native == std::endian::little ? ELFDATA2LSB : ELFDATA2MSB;
    if (header_.e_ident[EI_CLASS] != ELFCLASS64 || header_.e_ident[EI_DATA] != order) {
      fail("it is for another kind of processor");
    }
#if defined(__x86_64__)
    if (header_.e_machine != EM_X86_64) fail("it is for another kind of processor");
#endif
    if (header_.e_type != ET_DYN || header_.e_phentsize != sizeof(Elf64_Phdr)) fail("it is no library");
  }

  std::vector<Elf64_Dyn> dynamic_section() const {
    std::vector<Elf64_Dyn> entries;
    const auto found = std::find_if(segments_.begin(), segments_.end(),
                                    [](const Elf64_Phdr& segment) { return segment.p_type == PT_DYNAMIC; });
    if (found == segments_.end()) fail("it has no dynamic section");
    const std::span<const std::byte> section = part(found->p_offset, found->p_filesz);
    for (std::size_t i = 0; i < section.size() / sizeof(Elf64_Dyn); ++i) {
      const auto entry = element<Elf64_Dyn>(section, i);
      if (entry.d_tag == DT_NULL) break;
      entries.push_back(entry);
    }
    return entries;
  }

  /// Where what is loaded at `address` stands in the file.
  std::uint64_t offset_of(std::uint64_t address) const {
    for (const Elf64_Phdr& segment : segments_) {
      if (segment.p_type != PT_LOAD || address < segment.p_vaddr) continue;
      const std::uint64_t inside = address - segment.p_vaddr;
      if (inside >= segment.p_filesz) continue;
      part(segment.p_offset, inside);
      return segment.p_offset + inside;
    }
    fail("its names are nowhere in the file");
  }

  std::span<const std::byte> string_table(const std::vector<Elf64_Dyn>& entries) const {
    std::uint64_t address = 0, length = 0;
    for (const Elf64_Dyn& entry : entries) {
      if (entry.d_tag == DT_STRTAB) address = entry.d_un.d_ptr;
      if (entry.d_tag == DT_STRSZ) length = entry.d_un.d_val;
    }
    if (length == 0) return {};
    return part(offset_of(address), length);
  }

  std::string text(std::span<const std::byte> texts, std::uint64_t start) const {
    if (start >= texts.size()) fail("a name is outside of its table");
    const auto* first = reinterpret_cast<const char*>(texts.data()) + start;
    const std::size_t most = std::min<std::size_t>(texts.size() - start, kLongestText);
    const void* end = std::memchr(first, '\0', most);
    if (end == nullptr) fail("a name has no end");
    return {first, static_cast<const char*>(end)};
  }

  fs::path path_;
  MappedFile file_;
  std::span<const std::byte> bytes_;
  Elf64_Ehdr header_{};
  std::vector<Elf64_Phdr> segments_;
};

}  // namespace

LoaderNeeds read_loader_needs(const fs::path& file) {
  std::error_code failure;
  if (!fs::is_regular_file(file, failure)) {  // a pipe would be waited for
    throw EnvironmentError(file.string() + " is no shared object that can be used here: it is no file");
  }
  return ElfFile(file).needs();
}

}  // namespace rnnbench
