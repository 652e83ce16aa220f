#include <gmock/gmock.h>

#include <cstdlib>

#include "harness/data/data_source.hpp"
#include "tests/harness/data/review_files.hpp"

namespace rnnbench {
namespace {

using testing::AllOf;
using testing::HasSubstr;

/// Points the cache folder at the test's own and RNNBENCH_DATA nowhere.
class DataLocationTest : public testing::Test {
 protected:
  DataLocationTest() {
    ::setenv("XDG_CACHE_HOME", (folder_.path() / "cache").c_str(), 1);
    ::unsetenv("RNNBENCH_DATA");
  }
  ~DataLocationTest() override {
    ::unsetenv("XDG_CACHE_HOME");
    if (!real_.empty()) ::setenv("RNNBENCH_DATA", real_.c_str(), 1);
  }

  std::filesystem::path found(const std::filesystem::path& given) { return find_data("imdb", given).path; }

  std::string real_ = real_data_folder();
  TestFolder folder_;
  std::filesystem::path place_ = folder_.path() / "place";
};

TEST_F(DataLocationTest, ToyNeedsNoPlace) {
  EXPECT_EQ(find_data("toy", std::nullopt).set, "toy");
  EXPECT_TRUE(find_data("toy", "/nowhere").path.empty());
}

TEST_F(DataLocationTest, RefusesAnUnknownSet) {
  try {
    find_data("imbd", std::nullopt);
    FAIL() << "no ConfigError";
  } catch (const ConfigError& error) {
    EXPECT_THAT(error.what(), AllOf(HasSubstr("'imbd'"), HasSubstr("imdb")));
  }
}

// Each file is written into the same folder; the last one written is preferred to all before it.
TEST_F(DataLocationTest, PrefersInOrder) {
  write_text(place_ / "aclImdb_unsup.tar.xz", "x");
  write_text(place_ / "aclImdb_v1.tar.gz.part", "x");
  write_text(place_ / "other.csv", "text,label\n");
  EXPECT_THAT(data_error_of([&] { found(place_); }), HasSubstr("holds none"));
  write_text(place_ / "b.csv", "review,sentiment\n");
  EXPECT_EQ(found(place_), place_ / "b.csv");
  write_text(place_ / "IMDB Dataset.csv", "review,sentiment\n");
  EXPECT_EQ(found(place_), place_ / "IMDB Dataset.csv");
  write_text(place_ / "aclImdb_v1.tar.gz", "x");
  EXPECT_EQ(found(place_), place_ / "aclImdb_v1.tar.gz");
  write_text(place_ / "aclImdb_labelled.tar.xz", "x");
  EXPECT_EQ(found(place_), place_ / "aclImdb_labelled.tar.xz");
  write_folder(place_, sample_members());
  EXPECT_EQ(found(place_), place_ / "aclImdb");
  EXPECT_EQ(found(place_ / "aclImdb"), place_ / "aclImdb");
}

TEST_F(DataLocationTest, SearchesTheGivenPlaceElseTheOthersInOrder) {
  write_text(data_folder() / "aclImdb_v1.tar.gz", "x");
  EXPECT_EQ(find_data("imdb", std::nullopt).path, data_folder() / "aclImdb_v1.tar.gz");
  write_text(place_ / "b.csv", "review,sentiment\n");
  ::setenv("RNNBENCH_DATA", place_.c_str(), 1);
  EXPECT_EQ(find_data("imdb", std::nullopt).path, place_ / "b.csv");
  ::setenv("RNNBENCH_DATA", "/nowhere", 1);
  EXPECT_EQ(find_data("imdb", std::nullopt).path, data_folder() / "aclImdb_v1.tar.gz");
  EXPECT_THAT(data_error_of([&] { found("/not/there"); }),
              AllOf(HasSubstr("--data /not/there doesn't exist"), HasSubstr("data fetch")));
}

TEST_F(DataLocationTest, ListsEachSet) {
  const std::vector<FoundSet> sets = list_data(std::nullopt);
  ASSERT_EQ(sets.size(), 2);
  EXPECT_EQ(sets[0].set, "imdb");
  EXPECT_FALSE(sets[0].location);
  EXPECT_THAT(sets[0].note, HasSubstr("data fetch"));
  EXPECT_EQ(sets[1].set, "toy");
  EXPECT_TRUE(sets[1].location);
}

}  // namespace
}  // namespace rnnbench
