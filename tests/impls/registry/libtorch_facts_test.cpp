#include "impls/registry/libtorch_facts.hpp"

#include <gmock/gmock.h>

#include "tests/support/small_elf.hpp"
#include "tests/support/temporary_folder.hpp"

namespace rnnbench {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr int kUnknown = 0;

/// A folder like LibTorch's: lib/libtorch_cuda.so needs four libraries of ../nvidia, two of them
/// indirectly (those have names that no machine has).
class LibtorchFactsTest : public testing::Test {
 protected:
  LibtorchFactsTest() {
    folder_.write("lib/libtorch_cuda.so",
                  small_elf({"libcudnn.so.9", "libcudart.so.13"}, "$ORIGIN/../nvidia"));
    folder_.write("nvidia/libcudnn.so.9", small_elf({"libnone-1.so", "libnone-2.so"}));
    for (const char* name : {"libcudart.so.13", "libnone-1.so", "libnone-2.so"}) {
      folder_.write(std::filesystem::path("nvidia") / name, small_elf({}));
    }
  }
  LibtorchFacts facts(int driver = kUnknown) const {
    return find_libtorch_facts(folder_.path() / "lib", driver);
  }
  void remove(const char* name) const { std::filesystem::remove(folder_.path() / name); }
  TemporaryFolder folder_;
};

TEST_F(LibtorchFactsTest, NothingIsInTheWayWhereAllIsThere) {
  const LibtorchFacts found = facts();
  EXPECT_TRUE(found.has_cuda);
  EXPECT_EQ(found.cuda_libraries.size(), 4U);
  EXPECT_THAT(found.cuda_obstacle, IsEmpty());
}

TEST_F(LibtorchFactsTest, OneForTheCpuOnlyIsSaidToBe) {
  remove("lib/libtorch_cuda.so");
  const LibtorchFacts found = facts();
  EXPECT_FALSE(found.has_cuda);
  EXPECT_THAT(found.cuda_obstacle,
              AllOf(HasSubstr("for the CPU only"), HasSubstr("./rnnbench setup --cuda")));
}

TEST_F(LibtorchFactsTest, EveryMissingLibraryIsNamedWithTheRemedy) {
  remove("nvidia/libnone-1.so");
  remove("nvidia/libnone-2.so");
  EXPECT_EQ(facts().cuda_obstacle, "missing: libnone-1.so, libnone-2.so; run ./rnnbench setup --cuda");
}

TEST_F(LibtorchFactsTest, DamagedFilesAreNamed) {
  folder_.write("nvidia/libnone-2.so", "half a");
  EXPECT_THAT(facts().cuda_obstacle, AllOf(HasSubstr("libnone-2.so"), HasSubstr("cut off")));
  folder_.write("lib/libtorch_cuda.so", "");
  EXPECT_THAT(facts().cuda_obstacle, AllOf(HasSubstr("libtorch_cuda.so"), HasSubstr("setup --cuda")));
}

TEST_F(LibtorchFactsTest, ADriverForAnOlderCudaIsInTheWay) {
  EXPECT_THAT(facts(12080).cuda_obstacle, AllOf(HasSubstr("CUDA 12.8"), HasSubstr("CUDA 13;")));
  EXPECT_THAT(facts(13000).cuda_obstacle, IsEmpty());
  EXPECT_THAT(facts(14010).cuda_obstacle, IsEmpty());
}

TEST_F(LibtorchFactsTest, TheVersionIsReadFromEitherHeader) {
  EXPECT_THAT(facts().version, IsEmpty());
  const auto header = [](const std::string& minor) {
    return "#pragma once\n#define TORCH_VERSION_MAJOR 2\n#define TORCH_VERSION_MINOR " + minor +
           "\n#define TORCH_VERSION_PATCH 0\n#define TORCH_VERSION \\\n";
  };
  folder_.write("include/torch/csrc/api/include/torch/version.h", header("4"));
  EXPECT_EQ(facts().version, "2.4.0");
  folder_.write("include/torch/headeronly/version.h", header("11"));
  EXPECT_EQ(facts().version, "2.11.0");
}

#ifdef RNNBENCH_HAS_LIBTORCH
TEST(LibtorchFactsOfThisBuild, KnowTheLibtorchItWasBuiltAgainst) {
  EXPECT_TRUE(std::filesystem::exists(libtorch_facts().folder / "libtorch_cpu.so"));
  EXPECT_THAT(libtorch_facts().version, HasSubstr("2."));
}
#else
TEST(LibtorchFactsOfThisBuild, SayThatThereIsNone) {
  EXPECT_THAT(libtorch_facts().cuda_obstacle, HasSubstr("no LibTorch"));
}
#endif

}  // namespace
}  // namespace rnnbench
