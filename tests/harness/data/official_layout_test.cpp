#include "harness/data/official_layout.hpp"

#include <gtest/gtest.h>

#include "harness/core/error.hpp"

namespace rnnbench {
namespace {

TEST(OfficialLayout, TakesNamesApart) {
  const auto name = parse_official_name("./aclImdb/test/neg/12499_10.txt", "a.tar.gz");
  ASSERT_TRUE(name);
  EXPECT_EQ(name->part, Part::kTest);
  EXPECT_EQ(name->label, 0);
  EXPECT_EQ(name->id, 12499);
  EXPECT_EQ(name->rating, 10);
  const auto bare = parse_official_name("train/pos/0_7.txt", "a.tar.gz");
  ASSERT_TRUE(bare);
  EXPECT_EQ(bare->part, Part::kTrain);
  EXPECT_EQ(bare->label, 1);
}

TEST(OfficialLayout, PassesOverEverythingElse) {
  for (const char* name : {"", "/", "README", "aclImdb/train/unsup/0_0.txt", "aclImdb/train/pos",
                           "aclImdb/train/pos/", "aclImdb/train/pos/._0_9.txt", "aclImdb/train/pos/0_9.txt~",
                           "aclImdb/train/pos/0.txt", "aclImdb/train/pos/_.txt", "aclImdb/train/pos/0_.txt",
                           "aclImdb/train/pos/-1_9.txt", "aclImdb/train/pos/0_9_8.txt",
                           "aclImdb/TRAIN/pos/0_9.txt", "aclImdb/train/pos/x/0_9.txt", "pos/0_9.txt"}) {
    EXPECT_FALSE(parse_official_name(name, "a.tar.gz")) << name;
  }
}

TEST(OfficialLayout, RefusesNamesNoSourceHas) {
  for (const char* name : {"../train/pos/0_9.txt", "a/../train/pos/0_9.txt", "train/pos/1234567890_9.txt",
                           "train/pos/0_1234567890.txt"}) {
    EXPECT_THROW(parse_official_name(name, "a.tar.gz"), DataError) << name;
  }
  EXPECT_THROW(parse_unlabelled_name("../train/unsup/0_0.txt", "a.tar.gz"), DataError);
}

TEST(OfficialLayout, KnowsUnlabelledReviews) {
  EXPECT_EQ(parse_unlabelled_name("aclImdb/train/unsup/49999_0.txt", "a.tar.gz"), 49999);
  for (const char* name :
       {"train/pos/0_9.txt", "test/unsup/0_0.txt", "train/unsup/urls.txt", "unsup/0_0.txt"}) {
    EXPECT_FALSE(parse_unlabelled_name(name, "a.tar.gz")) << name;
  }
}

}  // namespace
}  // namespace rnnbench
