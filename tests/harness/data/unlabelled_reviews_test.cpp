#include "harness/data/unlabelled_reviews.hpp"

#include <gmock/gmock.h>

#include "harness/data/folder_reader.hpp"
#include "tests/harness/data/review_files.hpp"

namespace rnnbench {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// Numbers that sort otherwise as text, and what isn't unlabelled.
const std::vector<Member> kUnlabelled = {{"aclImdb/train/unsup/10_0.txt", "ten"},
                                         {"aclImdb/train/unsup/9_0.txt", "nine\n"},
                                         {"aclImdb/train/unsup/urls.txt", "no review"},
                                         {"aclImdb/train/pos/3_7.txt", "labelled"},
                                         {"aclImdb/test/unsup/4_0.txt", "no part of it"}};

class Unlabelled : public testing::Test {
 protected:
  UnlabelledReviews read(const std::filesystem::path& path) { return read_unlabelled({"imdb", path}, {}); }

  TestFolder folder_;
  std::filesystem::path labelled_ = folder_.path() / "aclImdb_labelled.tar.xz";
  std::filesystem::path unlabelled_ = folder_.path() / "aclImdb_unsup.tar.xz";
};

TEST_F(Unlabelled, StandInAnArchiveBesideTheLabelledOnes) {
  write_archive(labelled_, sample_members(), Compression::kXz);
  write_archive(unlabelled_, kUnlabelled, Compression::kXz);
  write_text(folder_.path() / "reviews.csv", "review,sentiment\n");
  write_folder(folder_.path(), {{"aclImdb/train/pos/0_9.txt", "Yes"}});
  for (const char* labelled : {"aclImdb_labelled.tar.xz", "reviews.csv", "aclImdb"}) {
    const UnlabelledReviews found = read(folder_.path() / labelled);
    EXPECT_THAT(found.texts, ElementsAre("nine\n", "ten")) << labelled;
    EXPECT_EQ(found.path, unlabelled_);
  }
}

TEST_F(Unlabelled, StandInTheOfficialArchiveAndFolder) {
  write_archive(labelled_, sample_members(), Compression::kGzip);
  write_folder(folder_.path(), sample_members());
  for (const auto& path : {labelled_, folder_.path() / "aclImdb"}) {
    EXPECT_THAT(read(path).texts, ElementsAre("Good or bad?"));
  }
  EXPECT_EQ(read(folder_.path() / "aclImdb").path, folder_.path() / "aclImdb/train/unsup");
}

TEST_F(Unlabelled, NeedNotBeThere) {
  write_archive(labelled_, {{"aclImdb/train/pos/0_9.txt", "Yes"}}, Compression::kXz);
  write_text(folder_.path() / "reviews.csv", "review,sentiment\n");
  write_text(folder_.path() / "aclImdb_unsup.tar.xz.part", "half");
  for (const char* labelled : {"aclImdb_labelled.tar.xz", "reviews.csv"}) {
    EXPECT_THAT(read(folder_.path() / labelled).texts, IsEmpty());
    EXPECT_EQ(read(folder_.path() / labelled).path, "");
  }
  EXPECT_THAT(read_unlabelled({"toy", {}}, {}).texts, IsEmpty());
}

// Catches: training on half of them without a word.
TEST_F(Unlabelled, ThatAreDamagedAreRefused) {
  write_archive(labelled_, sample_members(), Compression::kXz);
  write_text(unlabelled_,
             "\xFD"
             "7zXZ");
  EXPECT_THAT(data_error_of([&] { read(labelled_); }), HasSubstr("aclImdb_unsup.tar.xz"));
  write_archive(unlabelled_, {{"../train/unsup/1_0.txt", "x"}}, Compression::kXz);
  EXPECT_THAT(data_error_of([&] { read(labelled_); }), HasSubstr("refused the review name"));
}

}  // namespace
}  // namespace rnnbench
