// Catches: texts of other reviews than those tested, the split or limit of the trial ignored.
#include "results/errors/test_texts.hpp"

#include <gmock/gmock.h>

#include "harness/data/data_spec.hpp"
#include "harness/data/part_digest.hpp"
#include "harness/data/splits.hpp"
#include "harness/data/toy.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;

const std::string kSettings =
    R"({"data":{"set":"toy","fingerprint":"f","limit":{"test":10}},"engine":"eigen"})";

std::string digest_of_ten() {
  const ReviewSet toy = make_toy_reviews();
  DataSpec spec;
  spec.limit.test = 10;
  return part_digest(toy, split_reviews(toy, spec).test);
}

TEST(TestTexts, AreThoseOfTheTrialsTestPart) {
  const TestTexts texts = find_test_texts(kSettings, digest_of_ten(), {}, {});
  ASSERT_TRUE(texts.are_there()) << texts.why_not;
  EXPECT_EQ(texts.rows.size(), 10U);
  EXPECT_EQ(texts[0].part, Part::kTest);
}

TEST(TestTexts, OfADataSetThatDiffersAreLeftOut) {
  const TestTexts texts = find_test_texts(kSettings, std::string(64, '0'), {}, {});
  EXPECT_FALSE(texts.are_there());
  EXPECT_TRUE(texts.rows.empty());
  EXPECT_THAT(texts.why_not, HasSubstr("the reviews of toy are not those that were tested"));
}

TEST(TestTexts, SayWhyTheyAreNotThere) {
  const std::string imdb = R"({"data":{"set":"imdb","fingerprint":"f"}})";
  EXPECT_THAT(find_test_texts(imdb, "", "/nowhere", {}).why_not, HasSubstr("--data /nowhere doesn't exist"));
  EXPECT_THAT(find_test_texts("{}", "", {}, {}).why_not, HasSubstr("name no data set"));
  EXPECT_THAT(find_test_texts("no JSON", "", {}, {}).why_not, HasSubstr("name no data set"));
}

}  // namespace
}  // namespace rnnbench
