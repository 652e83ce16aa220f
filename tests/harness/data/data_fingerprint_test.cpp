#include <gmock/gmock.h>

#include <chrono>
#include <cstdlib>

#include "harness/core/files.hpp"
#include "harness/data/data_source.hpp"
#include "tests/harness/data/review_files.hpp"

namespace rnnbench {
namespace {

namespace fs = std::filesystem;

class DataFingerprint : public testing::Test {
 protected:
  DataFingerprint() { ::setenv("XDG_CACHE_HOME", folder_.path().c_str(), 1); }
  ~DataFingerprint() override { ::unsetenv("XDG_CACHE_HOME"); }

  std::string of(const fs::path& path) { return data_fingerprint({"imdb", path}, std::stop_token()); }
  fs::path cache_file() { return fs::directory_iterator(cache_folder() / "fingerprints")->path(); }

  TestFolder folder_;
  fs::path csv_ = folder_.path() / "a.csv";
};

TEST_F(DataFingerprint, IsThatOfTheFacts) {
  write_text(csv_, as_csv(sample_members()));
  EXPECT_EQ(of(csv_), data_facts(read_reviews({"imdb", csv_}, std::stop_token())).fingerprint);
  EXPECT_EQ(data_fingerprint({"toy", {}}, std::stop_token()),
            data_facts(read_reviews({"toy", {}}, std::stop_token())).fingerprint);
}

// The second call must not read the file: what it holds was changed behind the same size and time.
TEST_F(DataFingerprint, IsRememberedByPathSizeAndTime) {
  write_text(csv_, "review,sentiment\ngood,positive\n");
  const std::string first = of(csv_);
  const auto time = fs::last_write_time(csv_);
  write_text(csv_, "review,sentiment\nfine,positive\n");
  fs::last_write_time(csv_, time);
  EXPECT_EQ(of(csv_), first);
  fs::last_write_time(csv_, time + std::chrono::nanoseconds(1000));
  const std::string second = of(csv_);
  EXPECT_NE(second, first);
  write_text(csv_, "review,sentiment\nfine!,positive\n");
  fs::last_write_time(csv_, time + std::chrono::nanoseconds(1000));
  EXPECT_NE(of(csv_), second);
}

TEST_F(DataFingerprint, IgnoresADamagedCache) {
  write_text(csv_, as_csv(sample_members()));
  const std::string fingerprint = of(csv_);
  const std::string sound = read_file(cache_file());
  std::string not_hex = sound;
  not_hex[sound.size() - 2] = 'x';
  for (const std::string& damaged :
       {std::string(), sound.substr(0, sound.size() - 3), "x" + sound, not_hex}) {
    write_text(cache_file(), damaged);
    EXPECT_EQ(of(csv_), fingerprint);
    EXPECT_EQ(read_file(cache_file()), sound) << "not mended";
  }
}

TEST_F(DataFingerprint, NeedsNoCache) {
  write_text(csv_, as_csv(sample_members()));
  const std::string fingerprint = of(csv_);
  write_text(folder_.path() / "file", "");
  ::setenv("XDG_CACHE_HOME", (folder_.path() / "file").c_str(), 1);
  EXPECT_EQ(of(csv_), fingerprint);
}

TEST_F(DataFingerprint, SeesAReviewAddedToAFolder) {
  write_folder(folder_.path(), sample_members());
  const std::string fingerprint = of(folder_.path() / "aclImdb");
  EXPECT_EQ(of(folder_.path() / "aclImdb"), fingerprint);
  write_text(folder_.path() / "aclImdb/train/pos/3_9.txt", "New");
  EXPECT_NE(of(folder_.path() / "aclImdb"), fingerprint);
}

TEST_F(DataFingerprint, OfAMissingFileIsADataError) {
  EXPECT_THAT(data_error_of([&] { of(folder_.path() / "none.csv"); }), testing::HasSubstr("none.csv"));
}

}  // namespace
}  // namespace rnnbench
