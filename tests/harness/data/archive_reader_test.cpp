#include "harness/data/archive_reader.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "harness/core/files.hpp"
#include "tests/harness/data/review_files.hpp"

namespace rnnbench {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

class ArchiveReader : public testing::Test {
 protected:
  ReviewSet read(const std::filesystem::path& path) { return read_archive(path, std::stop_token()); }
  std::string error_of(const std::filesystem::path& path) {
    return data_error_of([&] { read(path); });
  }

  TestFolder folder_;
  std::filesystem::path path_ = folder_.path() / "aclImdb.tar.gz";
};

// Catches: order of the archive or of names as text (10 before 2), labels or parts swapped, wrong members.
TEST_F(ArchiveReader, GivesLabelledReviewsInOfficialOrder) {
  write_archive(path_, sample_members(), Compression::kGzip);
  EXPECT_THAT(lines_of(read(path_)),
              ElementsAre("train 0 0_3: ", "train 1 0_9: Yes,", "train 0 2_1: line\r\nline\r\n",
                          "train 1 2_10: Good one", "train 0 9_1: <br /><br />No.", "train 1 9_7:  spaces ",
                          "train 0 10_4: Caf\xC3\xA9, caf\xC3\xA9", "train 1 10_8: Good one",
                          "test 0 0_2: Dull, dull, dull.", "test 1 0_10: Good\xFF one",
                          "test 0 1_1: She said \"no\".\nSo did I.", "test 1 1_7: \"\""));
}

TEST_F(ArchiveReader, TakesAnyFolderBeforeThePartsAndAnyCompression) {
  std::vector<Member> members = sample_members();
  write_archive(path_, members, Compression::kGzip);
  const std::vector<std::string> expected = lines_of(read(path_));
  for (const std::string prefix : {"./aclImdb", ".", "some/where"}) {
    std::vector<Member> moved = members;
    for (Member& member : moved) member.name = prefix + member.name.substr(std::string("aclImdb").size());
    for (const Compression compression : {Compression::kNone, Compression::kGzip, Compression::kXz}) {
      write_archive(path_, moved, compression);
      EXPECT_EQ(lines_of(read(path_)), expected) << prefix;
    }
  }
}

// Catches: a checksum never looked at. libarchive checks none of gzip's, and stops before xz's.
TEST_F(ArchiveReader, GivesNoOtherReviewsAfterABitFlip) {
  for (const Compression compression : {Compression::kGzip, Compression::kXz}) {
    write_archive(path_, sample_members(), compression);
    const std::string sound = read_file(path_);
    const std::vector<std::string> expected = lines_of(read(path_));
    std::size_t refused = 0;
    const std::size_t header = compression == Compression::kGzip ? 10 : 0;  // gzip's holds only a date
    for (std::size_t at = header; at < sound.size(); ++at) {
      std::string flipped = sound;
      flipped[at] = static_cast<char>(flipped[at] ^ 4);
      write_text(path_, flipped);
      try {
        ASSERT_EQ(lines_of(read(path_)), expected) << "byte " << at;  // some flips encode the same text
      } catch (const DataError& error) {
        ASSERT_THAT(error.what(), HasSubstr(path_.string())) << "byte " << at;
        ++refused;
      }
    }
    EXPECT_GT(refused, (sound.size() - header) * 9 / 10);
  }
}

TEST_F(ArchiveReader, RefusesEveryTruncation) {
  for (const Compression compression : {Compression::kGzip, Compression::kXz}) {
    write_archive(path_, sample_members(), compression);
    const std::string sound = read_file(path_);
    for (std::size_t size = 0; size < sound.size(); ++size) {
      write_text(path_, sound.substr(0, size));
      ASSERT_THAT(error_of(path_), AllOf(HasSubstr(path_.string()), HasSubstr("data fetch"))) << size;
    }
  }
}

// Catches: reading that ends where the tar data end, long before the checksum is reached.
TEST_F(ArchiveReader, ChecksTheEndBehindLongPadding) {
  write_archive(path_, sample_members(), Compression::kNone);
  write_gzip(path_, read_file(path_) + std::string(1'000'000, '\0'));
  EXPECT_EQ(read(path_).size(), 12);
  std::string flipped = read_file(path_);
  flipped[flipped.size() - 8] ^= 1;  // in the CRC-32
  write_text(path_, flipped);
  EXPECT_THAT(error_of(path_), HasSubstr("incorrect data check"));
}

TEST_F(ArchiveReader, SaysWhatIsWrong) {
  EXPECT_THAT(error_of(folder_.path() / "no.tar.gz"), HasSubstr("can't be read"));
  write_text(path_, "");
  EXPECT_THAT(error_of(path_), HasSubstr("empty"));
  write_text(path_, "<html>Not Found</html>");
  EXPECT_THAT(error_of(path_), HasSubstr("not a sound tar archive"));
  write_archive(path_, {{"aclImdb/train/unsup/0_0.txt", "text"}}, Compression::kXz);
  EXPECT_THAT(error_of(path_), HasSubstr("no labelled reviews"));
  write_archive(path_, {}, Compression::kGzip);
  EXPECT_THAT(error_of(path_), HasSubstr(path_.string()));
}

TEST_F(ArchiveReader, RefusesHostileMembers) {
  const std::string name = "aclImdb/train/pos/0_9.txt";
  const std::vector<std::vector<Member>> hostile = {
      {{"../../train/pos/0_9.txt", "text"}},  {{"aclImdb/train/pos/99999999999_9.txt", "text"}},
      {{name, std::string(10'000'001, 'a')}}, {{name, "text"}, {"other/train/pos/0_8.txt", "text"}},
      {{name, "/etc/passwd", 's'}},           {{"aclImdb/a", "text"}, {name, "aclImdb/a", 'l'}},
  };
  for (const std::vector<Member>& members : hostile) {
    write_archive(path_, members, Compression::kGzip);
    EXPECT_THAT(error_of(path_), HasSubstr("official source")) << members.back().name;
  }
}

TEST_F(ArchiveReader, StopsWhenAsked) {
  write_archive(path_, sample_members(), Compression::kXz);
  std::stop_source source;
  source.request_stop();
  EXPECT_THROW(read_archive(path_, source.get_token()), Interrupted);
}

}  // namespace
}  // namespace rnnbench
