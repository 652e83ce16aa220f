#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include "harness/core/error.hpp"
#include "harness/core/files.hpp"
#include "harness/data/encoder.hpp"
#include "tests/harness/data/recipe_texts.hpp"

namespace rnnbench {
namespace fs = std::filesystem;
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

/// Loads toy reviews with a cache folder of its own.
class LoadEncoded : public testing::Test {
 protected:
  LoadEncoded() {
    const char* name = testing::UnitTest::GetInstance()->current_test_info()->name();
    folder =
        fs::path(testing::TempDir()) / ("load_encoded_" + std::string(name) + std::to_string(::getpid()));
    fs::create_directories(folder);
    ::setenv("XDG_CACHE_HOME", folder.c_str(), 1);
    spec.set = "toy";
    spec.limit.train = 50;
    spec.limit.test = 20;
  }
  ~LoadEncoded() override { fs::remove_all(folder); }

  EncodedData load() { return load_encoded({"toy", {}}, spec, plain_recipe(), {}, &times); }

  fs::path file() const {
    for (const fs::directory_entry& entry : fs::directory_iterator(folder / "rnnbench" / "encoded"))
      return entry;
    return {};
  }

  void expect_rebuilt(const std::string& note) {
    const EncodedData data = load();
    EXPECT_FALSE(times.from_cache);
    EXPECT_THAT(times.note, HasSubstr(note));
    EXPECT_TRUE(std::ranges::equal(data.train.ids, expected));
    load();
    EXPECT_TRUE(times.from_cache);
    EXPECT_THAT(times.note, IsEmpty());
  }

  void fill_cache() {
    const EncodedData data = load();
    expected.assign(data.train.ids.begin(), data.train.ids.end());
  }

  fs::path folder;
  DataSpec spec;
  EncodeTimes times;
  std::vector<std::int32_t> expected;
};

TEST_F(LoadEncoded, EncodesOnceAndMapsAfterwards) {
  const EncodedData first = load();
  EXPECT_FALSE(times.from_cache);
  EXPECT_THAT(times.note, IsEmpty());
  const EncodedData second = load();
  EXPECT_TRUE(times.from_cache);
  EXPECT_EQ(first.train.reviews(), 50U);
  EXPECT_EQ(first.test.reviews(), 20U);
  EXPECT_TRUE(std::ranges::equal(first.train.ids, second.train.ids));
  EXPECT_EQ(first.words, second.words);
  EXPECT_EQ(first.test.digest, second.test.digest);
}

TEST_F(LoadEncoded, KeepsOtherSplitsAndRecipesApart) {
  load();
  spec.limit.train = 40;
  EXPECT_EQ(load().train.reviews(), 40U);
  EXPECT_FALSE(times.from_cache);
}

TEST_F(LoadEncoded, RebuildsAFlippedBit) {
  fill_cache();
  std::string bytes = read_file(file());
  bytes[bytes.size() / 2] ^= 4;
  write_file_atomically(file(), bytes);
  expect_rebuilt("checksum");
}

TEST_F(LoadEncoded, RebuildsATruncatedFile) {
  fill_cache();
  fs::resize_file(file(), fs::file_size(file()) / 2);
  expect_rebuilt("checksum");
}

TEST_F(LoadEncoded, RebuildsAnEmptyFile) {
  fill_cache();
  fs::resize_file(file(), 0);
  expect_rebuilt("shorter than its header");
}

TEST_F(LoadEncoded, RebuildsAFileOfAnotherKey) {
  fill_cache();
  const fs::path first = file();
  const std::string other = first.string() + ".other";
  fs::rename(first, other);
  spec.limit.train = 40;
  load();
  for (const fs::directory_entry& entry : fs::directory_iterator(first.parent_path())) {
    if (entry.path() != other) fs::rename(entry.path(), first);
  }
  spec.limit.train = 50;
  expect_rebuilt("other data or another recipe");
}

TEST_F(LoadEncoded, RebuildsAForeignFile) {
  fill_cache();
  write_file_atomically(file(), std::string(5000, 'x'));
  expect_rebuilt("no file of encoded reviews");
}

TEST_F(LoadEncoded, StaysInMemoryWhereTheFolderCantBeWritten) {
  fill_cache();
  fs::remove_all(folder / "rnnbench");
  std::ofstream(folder / "rnnbench") << "a file where the folder should be";
  const EncodedData data = load();
  EXPECT_FALSE(times.from_cache);
  EXPECT_THAT(times.note, HasSubstr("memory only"));
  EXPECT_TRUE(std::ranges::equal(data.train.ids, expected));
}

TEST_F(LoadEncoded, OutlivesItsFile) {
  fill_cache();
  const EncodedData data = load();
  fs::remove(file());
  EXPECT_TRUE(std::ranges::equal(data.train.ids, expected));
}

TEST_F(LoadEncoded, CanBeCalledFromSeveralThreads) {
  std::vector<std::size_t> reviews(4);
  {
    std::vector<std::jthread> threads;
    for (std::size_t& count : reviews) {
      threads.emplace_back([&] {
        count = load_encoded({"toy", {}}, spec, plain_recipe(), {}).train.reviews();
      });
    }
  }
  EXPECT_THAT(reviews, testing::Each(50U));
}

TEST_F(LoadEncoded, StopsWhenAskedAndLeavesNothing) {
  std::stop_source source;
  source.request_stop();
  EXPECT_THROW(load_encoded({"toy", {}}, spec, plain_recipe(), source.get_token()), Interrupted);
  EXPECT_FALSE(fs::exists(folder / "rnnbench" / "encoded"));
}

}  // namespace
}  // namespace rnnbench
