// Catches: rows of other words, sizes or files taken for those asked for, a file read again for each seed, a
// file that isn't any more what the trial's key says.
#include "harness/data/vector_shelf.hpp"

#include <gmock/gmock.h>

#include <cstdlib>

#include "harness/data/remembered_fingerprint.hpp"
#include "tests/harness/data/review_files.hpp"

namespace rnnbench {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

class Shelf : public testing::Test {
 protected:
  Shelf() {
    ::setenv("XDG_CACHE_HOME", (folder_.path() / "cache").c_str(), 1);
    write("good 3 4\nbad 6 7\n");
  }
  ~Shelf() override { ::unsetenv("XDG_CACHE_HOME"); }

  void write(const std::string& content) {
    write_text(path_, content);
    sha256_ = file_fingerprint(path_, {});
  }
  std::shared_ptr<const GivenVectors> load(int size = 2, int first_id = 1) {
    return shelf_.load(path_, sha256_, {words_, first_id, 3, size});
  }

  TestFolder folder_;
  std::filesystem::path path_ = folder_.path() / "news.txt";
  std::string sha256_;
  std::vector<std::string> words_ = {"good", "dull"};
  VectorShelf shelf_{{}};
};

TEST_F(Shelf, GivesTheRowsAndSaysWhereTheyComeFrom) {
  const auto given = load();
  EXPECT_THAT(given->vectors.rows, ElementsAre(0, 0, 3, 4, 0, 0));
  EXPECT_EQ(given->file, "news.txt");
  EXPECT_EQ(given->sha256, sha256_);
}

TEST_F(Shelf, ReadsOnceForTheSameWords) {
  const auto first = load();
  std::filesystem::remove(path_);
  EXPECT_EQ(load(), first);
}

TEST_F(Shelf, ReadsAgainForOtherWordsIdsAndFiles) {
  load();
  words_ = {"dull", "bad"};
  EXPECT_THAT(load()->vectors.rows, ElementsAre(0, 0, 0, 0, 6, 7));
  words_ = {"du", "llbad"};
  EXPECT_NE(data_error_of([&] { load(); }), "") << "words were run together";
  words_ = {"good"};
  EXPECT_THAT(load(2, 2)->vectors.rows, ElementsAre(0, 0, 0, 0, 3, 4));
  EXPECT_THAT(load(2, 1)->vectors.rows, ElementsAre(0, 0, 3, 4, 0, 0));
  write("good 8 9 10\n");
  EXPECT_THAT(load(3)->vectors.rows, ElementsAre(0, 0, 0, 8, 9, 10, 0, 0, 0));
}

TEST_F(Shelf, RefusesAFileThatHasChanged) {
  write_text(path_, "good 3 5\nbad 6 7 \n");
  EXPECT_THAT(data_error_of([&] { load(); }), AllOf(HasSubstr("news.txt"), HasSubstr("has changed since")));
}

TEST_F(Shelf, RefusesVectorsOfNoneOfTheWords) {
  words_ = {"gut", "schlecht"};
  EXPECT_THAT(data_error_of([&] { load(); }), HasSubstr("none of the vocabulary's 2 words"));
  words_ = {"good"};
  EXPECT_EQ(load()->vectors.found, 1U);
}

}  // namespace
}  // namespace rnnbench
