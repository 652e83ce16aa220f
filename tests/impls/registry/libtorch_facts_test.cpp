#include "impls/registry/libtorch_facts.hpp"

#include <gmock/gmock.h>

#include "tests/support/small_elf.hpp"
#include "tests/support/temporary_folder.hpp"

namespace rnnbench {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;

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
  LibtorchFacts facts(const CudaDriver& driver = {}) const {
    return find_libtorch_facts(folder_.path() / "lib", driver);
  }
  /// With a driver for that CUDA.
  std::string obstacle_of_driver(int cuda_version) const {
    CudaDriver driver;
    driver.cuda_version = cuda_version;
    return facts(driver).cuda_obstacle;
  }
  std::string obstacle_of_gpu(const std::string& compute_capability) const {
    CudaDriver driver;
    driver.gpus = {{"Painted GPU", 3, compute_capability}};
    return facts(driver).cuda_obstacle;
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

// Catches: a LibTorch said to need no libraries, where the driver's absence is the obstacle that is named
// first.
TEST_F(LibtorchFactsTest, ADamagedMainLibraryIsNamedWhateverTheDriver) {
  EXPECT_THAT(facts().cuda_damage, IsEmpty());
  const auto expect_damage = [&](const std::string& why) {
    EXPECT_TRUE(facts().has_cuda);
    EXPECT_EQ(facts().cuda_damage, (folder_.path() / "lib/libtorch_cuda.so").string() +
                                       " is no shared object that can be used here: " + why +
                                       "; run ./rnnbench setup --cuda");
    EXPECT_EQ(facts().cuda_obstacle, facts().cuda_damage);
  };
  folder_.write("lib/libtorch_cuda.so", "");
  expect_damage("it is cut off");
  folder_.write("lib/libtorch_cuda.so", small_elf({"libcudart.so.13"}).substr(0, 100));
  expect_damage("it is cut off");
  folder_.write("lib/libtorch_cuda.so", "INPUT ( -ltorch )" + std::string(100, ' '));
  expect_damage("it is no ELF file");
  remove("lib/libtorch_cuda.so");
  std::filesystem::create_directory(folder_.path() / "lib/libtorch_cuda.so");
  expect_damage("it is no file");
}

TEST_F(LibtorchFactsTest, ADriverForAnOlderCudaIsInTheWay) {
  EXPECT_THAT(obstacle_of_driver(12080), AllOf(HasSubstr("CUDA 12.8"), HasSubstr("CUDA 13;")));
  EXPECT_THAT(obstacle_of_driver(13000), IsEmpty());
  EXPECT_THAT(obstacle_of_driver(14010), IsEmpty());
}

// Catches: a GPU said to be usable, on which the first kernel fails; 10.0 taken for less than 7.5.
TEST_F(LibtorchFactsTest, AGpuTooOldForCuda13IsInTheWay) {
  EXPECT_EQ(
      obstacle_of_gpu("7.0"),
      "the GPU (Painted GPU) has compute capability 7.0, this LibTorch's CUDA 13 needs 7.5 or more; set "
      "device = \"cpu\"");
  for (const char* new_enough : {"7.5", "8.0", "10.0", "12.1", ""}) {
    EXPECT_THAT(obstacle_of_gpu(new_enough), IsEmpty()) << new_enough;
  }
}

TEST_F(LibtorchFactsTest, AnOlderCudaTakesOlderGpus) {
  folder_.write("lib/libtorch_cuda.so", small_elf({"libcudart.so.12"}, "$ORIGIN/../nvidia"));
  folder_.write("nvidia/libcudart.so.12", small_elf({}));
  EXPECT_THAT(obstacle_of_gpu("7.0"), IsEmpty());
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
