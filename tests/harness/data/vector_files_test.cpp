#include "harness/data/vector_files.hpp"

#include <gmock/gmock.h>

#include <cstdlib>

#include "harness/data/remembered_fingerprint.hpp"
#include "tests/harness/data/review_files.hpp"

namespace rnnbench {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class VectorFiles : public testing::Test {
 protected:
  VectorFiles() { ::setenv("RNNBENCH_VECTORS", folder_.path().c_str(), 1); }
  ~VectorFiles() override { ::unsetenv("RNNBENCH_VECTORS"); }
  TestFolder folder_;
};

TEST_F(VectorFiles, ANameIsLookedForInTheFolder) {
  EXPECT_THAT(find_word_vectors("news").obstacle,
              AllOf(HasSubstr("'news'"), HasSubstr(folder_.path().string())));
  for (const char* file : {"news.vec.gz", "news.bin", "news"}) {  // each goes before the one above it
    write_text(folder_.path() / file, "x");
    EXPECT_EQ(find_word_vectors("news").path, folder_.path() / file);
    EXPECT_EQ(find_word_vectors("news").obstacle, "");
  }
}

TEST_F(VectorFiles, APathIsTakenAsItIs) {
  write_text(folder_.path() / "news.bin", "x");
  const std::string path = (folder_.path() / "news.bin").string();
  EXPECT_EQ(find_word_vectors(path).path, path);
  EXPECT_THAT(find_word_vectors("./news.bin").obstacle, HasSubstr("model.embedding.vectors"));
  EXPECT_THAT(find_word_vectors(folder_.path().string() + "/").obstacle, HasSubstr("no such file"));
}

TEST_F(VectorFiles, WithoutAFolderTheRemedyIsNamed) {
  ::unsetenv("RNNBENCH_VECTORS");
  EXPECT_THAT(find_word_vectors("news").obstacle, HasSubstr("set RNNBENCH_VECTORS"));
}

// The second call must not read the file: what it holds was changed behind the same size and time.
TEST_F(VectorFiles, FingerprintIsRememberedByPathSizeAndTime) {
  ::setenv("XDG_CACHE_HOME", folder_.path().c_str(), 1);
  const auto file = folder_.path() / "news";
  write_text(file, "abc");
  const std::string first = file_fingerprint(file, {});
  EXPECT_EQ(first, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  const auto time = std::filesystem::last_write_time(file);
  write_text(file, "xyz");
  std::filesystem::last_write_time(file, time);
  EXPECT_EQ(file_fingerprint(file, {}), first);
  std::filesystem::last_write_time(file, time + std::chrono::seconds(1));
  EXPECT_NE(file_fingerprint(file, {}), first);
  ::unsetenv("XDG_CACHE_HOME");
}

}  // namespace
}  // namespace rnnbench
