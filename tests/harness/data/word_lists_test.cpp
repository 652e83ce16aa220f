#include "harness/data/word_lists.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/core/error.hpp"
#include "harness/core/files.hpp"
#include "harness/core/sha256.hpp"

namespace rnnbench {
namespace {

TEST(WordLists, HoldTheFilesOfTheRepository) {
  const std::string file =
      read_file(std::string(RNNBENCH_SOURCE_DIR) + "/experiments/recipes/words/english-198.txt");
  const WordList& list = word_list("english-198");
  EXPECT_EQ(list.words.size(), 198U);
  EXPECT_TRUE(list.words.contains("i"));      // the first line
  EXPECT_TRUE(list.words.contains("we've"));  // the last one, without a line end
  EXPECT_FALSE(list.words.contains(""));
  EXPECT_EQ(list.sha256, sha256_hex(file));
}

TEST(WordLists, NameTheKnownOnes) {
  EXPECT_THAT(word_list_names(), testing::ElementsAre("english-198"));
  EXPECT_THAT([] { word_list("english-199"); },
              testing::ThrowsMessage<ConfigError>(testing::HasSubstr("'english-198'")));
}

}  // namespace
}  // namespace rnnbench
