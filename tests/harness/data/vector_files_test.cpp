#include "harness/data/vector_files.hpp"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <cstdlib>

#include "harness/data/remembered_fingerprint.hpp"
#include "tests/harness/data/review_files.hpp"

namespace rnnbench {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class VectorFiles : public testing::Test {
 protected:
  VectorFiles() {
    ::setenv("RNNBENCH_VECTORS", folder_.path().c_str(), 1);
    ::setenv("XDG_CACHE_HOME", (folder_.path() / "cache").c_str(), 1);
  }
  ~VectorFiles() override {
    ::unsetenv("RNNBENCH_VECTORS");
    ::unsetenv("XDG_CACHE_HOME");
  }
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
  EXPECT_THAT(find_word_vectors(folder_.path().string() + "/").obstacle,
              HasSubstr("is a folder, not a file"));
}

TEST_F(VectorFiles, WithoutAFolderTheRemedyIsNamed) {
  ::unsetenv("RNNBENCH_VECTORS");
  EXPECT_THAT(find_word_vectors("news").obstacle,
              AllOf(HasSubstr("set RNNBENCH_VECTORS"), HasSubstr("--vectors"),
                    HasSubstr("rnnbench data vectors CONFIG")));
}

TEST_F(VectorFiles, TrainedOnesAreFoundWhereNoOthersAreMeant) {
  std::filesystem::create_directories(vectors_folder());
  const auto trained = vectors_folder() / "mine.bin";
  write_text(trained, "x");
  EXPECT_EQ(find_word_vectors("mine").path, trained);
  ::setenv("RNNBENCH_VECTORS", "/not/there", 1);
  EXPECT_EQ(find_word_vectors("mine").path, trained);
  EXPECT_THAT(find_word_vectors("mine", folder_.path()).obstacle, HasSubstr(folder_.path().string()));
  ::setenv("RNNBENCH_VECTORS", folder_.path().c_str(), 1);
  write_text(folder_.path() / "mine.txt", "x");
  EXPECT_EQ(find_word_vectors("mine").path, folder_.path() / "mine.txt");
}

TEST_F(VectorFiles, AGivenFileIsUsedWhateverTheName) {
  const auto given = folder_.path() / "given.bin";
  EXPECT_THAT(find_word_vectors("news", given).obstacle,
              AllOf(HasSubstr("--vectors " + given.string()), HasSubstr("doesn't exist")));
  write_text(given, "x");
  write_text(folder_.path() / "news", "x");
  for (const char* name : {"news", "./news", "anything"}) {
    EXPECT_EQ(find_word_vectors(name, given).path, given) << name;
  }
}

TEST_F(VectorFiles, AGivenFolderIsUsedInsteadOfTheEnvironments) {
  const auto given = folder_.path() / "given";
  std::filesystem::create_directory(given);
  write_text(folder_.path() / "news.txt", "x");
  EXPECT_THAT(find_word_vectors("news", given).obstacle, HasSubstr(given.string()));
  write_text(given / "news.txt", "x");
  EXPECT_EQ(find_word_vectors("news", given).path, given / "news.txt");
}

// Catches: what is there said not to be, or waited for.
TEST_F(VectorFiles, WhatIsNoRegularFileIsSaidToBeNone) {
  const auto pipe = folder_.path() / "pipe", loop = folder_.path() / "loop";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  std::filesystem::create_symlink(loop, loop);
  for (const auto& path : {pipe, loop, std::filesystem::path("/dev/null")}) {
    EXPECT_THAT(find_word_vectors("news", path).obstacle,
                HasSubstr("--vectors " + path.string() + " is no regular file"));
    EXPECT_THAT(find_word_vectors(path.string()).obstacle, HasSubstr("is no regular file"));
  }
}

TEST_F(VectorFiles, AFileWhereAFolderIsMeantIsSaidToBeOne) {
  const auto file = folder_.path() / "news";
  write_text(file, "x");
  EXPECT_THAT(find_word_vectors("news", file / "deeper").obstacle, HasSubstr("takes a file for a folder"));
  ::setenv("RNNBENCH_VECTORS", file.c_str(), 1);
  EXPECT_THAT(find_word_vectors("news").obstacle,
              AllOf(HasSubstr("RNNBENCH_VECTORS=" + file.string() + " is a file, not a folder"),
                    HasSubstr("--vectors")));
  ::setenv("RNNBENCH_VECTORS", "/not/there", 1);
  EXPECT_THAT(find_word_vectors("news").obstacle, HasSubstr("RNNBENCH_VECTORS=/not/there doesn't exist"));
}

TEST_F(VectorFiles, ThatAreEmptyOrDamagedAreToBeGotAgain) {
  write_text(folder_.path() / "empty", "");
  write_text(folder_.path() / "cut.gz", "\x1F\x8B\x08");
  for (const char* name : {"empty", "cut"}) {
    EXPECT_THAT(usable_word_vectors(name, 2, {}).obstacle,
                AllOf(HasSubstr("get the file of word vectors again"), Not(HasSubstr("fetch"))));
  }
}

TEST_F(VectorFiles, OfAnotherSizeOrKindCanNotBeUsed) {
  write_text(folder_.path() / "news", "the 1 2\n");
  EXPECT_EQ(usable_word_vectors("news", 2, {}).path, folder_.path() / "news");
  const VectorFile wrong = usable_word_vectors("news", 3, {});
  EXPECT_TRUE(wrong.path.empty());
  EXPECT_THAT(wrong.obstacle, AllOf(HasSubstr("news: line 1 has vectors of 2"), HasSubstr("size is 3")));
  write_text(folder_.path() / "empty", "");
  EXPECT_THAT(usable_word_vectors("empty", 2, {}).obstacle, HasSubstr("empty"));
  EXPECT_THAT(usable_word_vectors("none", 2, {}).obstacle, HasSubstr("'none' are not here"));
}

// The second call must not read the file: what it holds was changed behind the same size and time.
TEST_F(VectorFiles, FingerprintIsRememberedByPathSizeAndTime) {
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
}

}  // namespace
}  // namespace rnnbench
