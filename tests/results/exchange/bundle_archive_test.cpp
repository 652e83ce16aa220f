#include "results/exchange/bundle_archive.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <functional>

#include "harness/core/error.hpp"
#include "harness/core/files.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/thrown.hpp"

namespace rnnbench {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

/// The header of a plain file in a tar, which says that it has `size` bytes (octal).
std::string tar_header(const std::string& name, const std::string& size) {
  std::string header(512, '\0');
  const auto put = [&](std::size_t place, const std::string& text) {
    header.replace(place, text.size(), text);
  };
  put(0, name);
  put(100, "0000644");
  put(124, size);
  put(148, "        ");
  put(156, "0");
  put(257, "ustar");
  put(263, "00");
  unsigned sum = 0;
  for (const char letter : header) sum += static_cast<unsigned char>(letter);
  put(148, fmt::format("{:06o}", sum) + '\0');
  return header;
}

class BundleArchive : public testing::Test {
 protected:
  /// An archive with one member, to which `change` does what our writer never would.
  fs::path hostile(const std::function<void(archive_entry*)>& change, int members = 1) {
    fs::remove(file_);
    archive* handle = archive_write_new();
    archive_write_set_format_pax_restricted(handle);
    archive_write_add_filter_xz(handle);
    archive_write_open_filename(handle, file_.c_str());
    for (int i = 0; i < members; ++i) {
      archive_entry* entry = archive_entry_new();
      archive_entry_set_pathname(entry, "plain.txt");
      archive_entry_set_filetype(entry, AE_IFREG);
      archive_entry_set_size(entry, 5);
      change(entry);
      archive_write_header(handle, entry);
      archive_write_data(handle, "hello", 5);
      archive_entry_free(entry);
    }
    archive_write_free(handle);
    return file_;
  }
  static std::string refusal(const fs::path& file, std::size_t most = kMostBundleBytes) {
    return message_of<DataError>([&] { read_bundle_archive(file, most); });
  }

  TemporaryFolder folder_;
  const fs::path file_ = folder_.path() / "b.tar.xz";
  const std::vector<BundleMember> members_ = {{"manifest.json", "{}"},
                                              {"run-1/empty", ""},
                                              {"run-1/run.json", std::string(300'000, 'x') + '\0' + "\xFF"}};
};

TEST_F(BundleArchive, GivesBackWhatItHolds) {
  write_bundle_archive(file_, members_);
  const auto read = read_bundle_archive(file_);
  ASSERT_EQ(read.size(), members_.size());
  for (std::size_t i = 0; i < read.size(); ++i) {
    EXPECT_EQ(read[i].name, members_[i].name);
    EXPECT_TRUE(read[i].content == members_[i].content);
  }
}

// Catches: times, owners or a random number in the bytes.
TEST_F(BundleArchive, HasTheSameBytesAgain) {
  write_bundle_archive(file_, members_);
  write_bundle_archive(folder_.path() / "again", members_);
  EXPECT_TRUE(read_file(file_) == read_file(folder_.path() / "again"));
}

TEST_F(BundleArchive, ReplacesNoFile) {
  folder_.write("b.tar.xz", "mine");
  EXPECT_THAT(message_of<EnvironmentError>([&] { write_bundle_archive(file_, members_); }),
              HasSubstr("exists already"));
  EXPECT_EQ(read_file(file_), "mine");
}

TEST_F(BundleArchive, IsRefusedWhereverItIsCut) {
  write_bundle_archive(file_, members_);
  const std::string whole = read_file(file_);
  for (std::size_t size = 0; size < whole.size(); size += 1 + size / 20)
    EXPECT_THAT(refusal(folder_.write("cut", whole.substr(0, size))), HasSubstr("get the bundle again"))
        << size;
  EXPECT_THAT(refusal(folder_.write("cut", whole.substr(0, whole.size() - 1))),
              HasSubstr("get the bundle again"));
}

TEST_F(BundleArchive, IsRefusedWhicheverBitIsFlipped) {
  write_bundle_archive(file_, members_);
  const std::string whole = read_file(file_);
  for (std::size_t place = 0; place < whole.size(); ++place) {
    std::string flipped = whole;
    flipped[place] = static_cast<char>(flipped[place] ^ 0x10);
    EXPECT_NE(refusal(folder_.write("flipped", flipped)), "nothing was thrown") << place;
  }
}

TEST_F(BundleArchive, RefusesNamesThatLeadElsewhere) {
  for (const char* name :
       {"../x", "/etc/x", "a/../../x", "a/./x", "a//x", "a\\..\\x", "C:x", "a/", "..", "x\ny", "~/x"}) {
    const std::string why =
        refusal(hostile([&](archive_entry* entry) { archive_entry_set_pathname(entry, name); }));
    EXPECT_THAT(why, HasSubstr("no plain relative name")) << name;
  }
  EXPECT_THAT(refusal(hostile([](archive_entry* entry) {
                archive_entry_set_pathname(entry, std::string(5'000, 'a').c_str());
              })),
              HasSubstr("no plain relative name"));
}

TEST_F(BundleArchive, RefusesWhatIsNoFile) {
  const auto refused = [&](const std::function<void(archive_entry*)>& change) {
    EXPECT_THAT(refusal(hostile(change)), HasSubstr("a link, or no file"));
  };
  refused([](archive_entry* entry) {
    archive_entry_set_filetype(entry, AE_IFLNK);
    archive_entry_set_symlink(entry, "/etc/passwd");
    archive_entry_set_size(entry, 0);
  });
  refused([](archive_entry* entry) {
    archive_entry_set_hardlink(entry, "/etc/passwd");
    archive_entry_set_size(entry, 0);
  });
  refused([](archive_entry* entry) {
    archive_entry_set_filetype(entry, AE_IFIFO);
    archive_entry_set_size(entry, 0);
  });
}

TEST_F(BundleArchive, RefusesANameTwice) {
  EXPECT_THAT(refusal(hostile([](archive_entry*) {}, 2)), HasSubstr("'plain.txt' twice"));
}

// Catches: a small file that unpacks to more than there is memory; a size that is only said.
TEST_F(BundleArchive, RefusesWhatIsHuge) {
  const std::size_t most = std::size_t{1} << 20U;
  write_bundle_archive(file_, {{"zeros", std::string(2 * most, '\0')}});
  EXPECT_LT(fs::file_size(file_), 10'000U);
  EXPECT_THAT(refusal(file_, most), HasSubstr("more than 1 MB"));
  EXPECT_THAT(refusal(folder_.write("claimed", tar_header("x", "77777777777"))),
              HasSubstr("larger than all of it"));
}

// Catches: members that are all holes, each of them below the limit.
TEST_F(BundleArchive, RefusesHoles) {
  EXPECT_THAT(refusal(hostile([](archive_entry* entry) {
                archive_entry_set_size(entry, 1 << 20U);
                archive_entry_sparse_add_entry(entry, 0, 5);
              })),
              HasSubstr("with holes"));
}

TEST_F(BundleArchive, SaysWhatIsNoArchive) {
  EXPECT_THAT(refusal(folder_.write("text", "hello, this is a text\n")), HasSubstr("is no bundle"));
  EXPECT_THAT(refusal(folder_.write("empty", "")), HasSubstr("get the bundle again"));
  EXPECT_THAT(refusal(folder_.path() / "missing"), HasSubstr("can't be read as a bundle"));
  EXPECT_THAT(refusal(folder_.path()), HasSubstr("can't be read as a bundle"));
}

}  // namespace
}  // namespace rnnbench
