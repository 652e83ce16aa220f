#include "harness/measure/elf_file.hpp"

#include <dlfcn.h>
#include <gmock/gmock.h>
#include <link.h>

#include <cstring>

#include "harness/core/error.hpp"
#include "tests/support/small_elf.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/thrown.hpp"

namespace rnnbench {
namespace {

using testing::AnyOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class ElfFileTest : public testing::Test {
 protected:
  LoaderNeeds read(const std::string& content) const {
    return read_loader_needs(folder_.write("library.so", content));
  }
  std::string refusal(const std::string& content) const {
    return message_of<EnvironmentError>([&] { read(content); });
  }
  TemporaryFolder folder_;
  const std::string whole_ = small_elf({"liba.so", "libb.so.2"}, "$ORIGIN:/opt", "$ORIGIN/../lib");
};

/// `content` with the field of a structure at `offset` set.
template <typename Value>
std::string with(std::string content, std::size_t offset, Value value) {
  std::memcpy(content.data() + offset, &value, sizeof value);
  return content;
}

constexpr std::size_t kLoad = sizeof(Elf64_Ehdr);
constexpr std::size_t kDynamic = kLoad + sizeof(Elf64_Phdr);
constexpr std::size_t kEntries = kDynamic + sizeof(Elf64_Phdr);

TEST_F(ElfFileTest, ReadsNamesAndPaths) {
  const LoaderNeeds needs = read(whole_);
  EXPECT_THAT(needs.needed, ElementsAre("liba.so", "libb.so.2"));
  EXPECT_EQ(needs.rpath, "$ORIGIN:/opt");
  EXPECT_EQ(needs.runpath, "$ORIGIN/../lib");
  EXPECT_THAT(read(small_elf({})).needed, IsEmpty());
}

TEST_F(ElfFileTest, ReadsARealLibrary) {
  void* handle = ::dlopen("libm.so.6", RTLD_LAZY);
  ASSERT_NE(handle, nullptr);
  link_map* map = nullptr;
  ASSERT_EQ(::dlinfo(handle, RTLD_DI_LINKMAP, &map), 0);
  EXPECT_THAT(read_loader_needs(map->l_name).needed, Contains("libc.so.6"));
  ::dlclose(handle);
}

TEST_F(ElfFileTest, RefusesWhatIsNoLibraryAndNamesIt) {
  EXPECT_THAT(refusal(""), HasSubstr("cut off"));
  EXPECT_THAT(refusal(std::string(1000, 'x')), HasSubstr("no ELF file"));
  EXPECT_THAT(refusal(std::string(1000, 'x')), HasSubstr((folder_.path() / "library.so").string()));
  EXPECT_THAT(refusal(with(whole_, EI_CLASS, char{ELFCLASS32})), HasSubstr("another kind of processor"));
  EXPECT_THAT(refusal(with(whole_, EI_DATA, char{ELFDATA2MSB})), HasSubstr("another kind of processor"));
  EXPECT_THAT(refusal(with(whole_, offsetof(Elf64_Ehdr, e_machine), Elf64_Half{EM_AARCH64})),
              HasSubstr("another kind of processor"));
  EXPECT_THAT(refusal(with(whole_, offsetof(Elf64_Ehdr, e_type), Elf64_Half{ET_EXEC})),
              HasSubstr("no library"));
  EXPECT_THAT(refusal(with(whole_, kDynamic, Elf64_Word{PT_NOTE})), HasSubstr("no dynamic section"));
  EXPECT_THAT(message_of<EnvironmentError>([&] { read_loader_needs(folder_.path()); }), HasSubstr("no file"));
  EXPECT_THAT(message_of<EnvironmentError>([] { read_loader_needs("/nowhere/liba.so"); }),
              HasSubstr("/nowhere/liba.so"));
}

TEST_F(ElfFileTest, RefusesOffsetsAndLengthsOutsideOfTheFile) {
  constexpr Elf64_Off kHuge = ~Elf64_Off{0} - 8;
  EXPECT_THAT(refusal(with(whole_, offsetof(Elf64_Ehdr, e_phoff), kHuge)), HasSubstr("cut off"));
  EXPECT_THAT(refusal(with(whole_, offsetof(Elf64_Ehdr, e_phnum), Elf64_Half{0xffff})), HasSubstr("cut off"));
  EXPECT_THAT(refusal(with(whole_, kDynamic + offsetof(Elf64_Phdr, p_offset), kHuge)), HasSubstr("cut off"));
  EXPECT_THAT(refusal(with(whole_, kDynamic + offsetof(Elf64_Phdr, p_filesz), kHuge)), HasSubstr("cut off"));
  EXPECT_THAT(refusal(with(whole_, kLoad + offsetof(Elf64_Phdr, p_offset), kHuge)), HasSubstr("cut off"));
  EXPECT_THAT(refusal(with(whole_, kLoad + offsetof(Elf64_Phdr, p_vaddr), kHuge)), HasSubstr("nowhere"));
  EXPECT_THAT(refusal(with(whole_, kEntries + offsetof(Elf64_Dyn, d_un), kHuge)), HasSubstr("outside"));
  EXPECT_THAT(refusal(whole_.substr(0, whole_.size() - 1)), HasSubstr("cut off"));
  std::string endless = whole_;
  endless.back() = 'x';
  EXPECT_THAT(refusal(endless), HasSubstr("no end"));
  EXPECT_THAT(refusal(small_elf(std::vector<std::string>(1001, "liba.so"))), HasSubstr("too many"));
  EXPECT_THAT(refusal(small_elf({std::string(1 << 17, 'a')})), HasSubstr("no end"));
}

// Under the address sanitizer: no cut and no changed byte makes it read outside of the file.
TEST_F(ElfFileTest, AnyDamageIsAnErrorOrAnAnswer) {
  for (std::size_t length = 0; length < whole_.size(); ++length) {
    EXPECT_THAT(refusal(whole_.substr(0, length)), HasSubstr("library.so")) << length;
  }
  for (std::size_t at = 0; at < whole_.size(); ++at) {
    for (const char value : {'\x00', '\x7f', '\xff'}) {
      EXPECT_THAT(refusal(with(whole_, at, value)), AnyOf(HasSubstr("library.so"), "nothing was thrown"))
          << at;
    }
  }
}

}  // namespace
}  // namespace rnnbench
