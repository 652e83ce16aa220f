#include "harness/config/seed_list.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/core/error.hpp"
#include "tests/support/thrown.hpp"

namespace rnnbench {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

TEST(SeedList, ReadsListsAndRanges) {
  EXPECT_THAT(parse_seeds("1..5", "x.toml:4: seeds"), ElementsAre(1, 2, 3, 4, 5));
  EXPECT_THAT(parse_seeds("7,1,2", "x.toml:4: seeds"), ElementsAre(7, 1, 2));
  EXPECT_THAT(parse_seeds("0,4..5,9", "x.toml:4: seeds"), ElementsAre(0, 4, 5, 9));
  EXPECT_THAT(parse_seeds("9007199254740992", "x.toml:4: seeds"), ElementsAre(kLargestSeed));
}

TEST(SeedList, RefusesEverythingElseWithAnExample) {
  for (const char* text :
       {"", "x", "1,", ",1", "1..", "..3", "1...3", "-1", "1.5", " 1", "1 ", "3..1", "1,1", "1..3,2",
        "9007199254740993", "99999999999999999999999", "0..9007199254740992", "1..100001", "0x1"}) {
    EXPECT_THAT(message_of<ConfigError>([&] { parse_seeds(text, "x.toml:4: seeds"); }),
                AllOf(StartsWith("x.toml:4: seeds: "), EndsWith("write them as 1..5 or 1,2,7")))
        << text;
  }
}

TEST(SeedList, NamesWhatIsWrong) {
  EXPECT_THAT(message_of<ConfigError>([] { parse_seeds("1..3,2", "x.toml:4: seeds"); }),
              HasSubstr("seed 2 is given twice"));
  EXPECT_THAT(message_of<ConfigError>([] { parse_seeds("3..1", "x.toml:4: seeds"); }),
              HasSubstr("runs backwards"));
}

}  // namespace
}  // namespace rnnbench
