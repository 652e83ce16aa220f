// effects as a person calls it, on a matrix of two lengths and two seeds.
#include <gmock/gmock.h>

#include "tests/e2e/fixture.hpp"

namespace rnnbench {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

class EffectsTest : public ProgramTest {};

TEST_F(EffectsTest, SaysWhatAnAxisDoes) {
  program_.write("small.toml", small_experiment());
  ASSERT_EQ(program_.run({"run", "small.toml"}).exit_code, 0);
  const ProgramResult result = program_.run({"effects", "small", "--format", "csv"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out,
              AllOf(StartsWith("effect,sets,seeds,points,"), HasSubstr("length: 20 for 10,1,2,")));
  const ProgramResult unknown = program_.run({"effects", "smal"});
  EXPECT_EQ(unknown.exit_code, 2);
  EXPECT_THAT(unknown.err, HasSubstr("did you mean 'small'"));
}

TEST_F(EffectsTest, SaysThatThereIsNothingToHoldAgainstAnything) {
  program_.write("small.toml", small_experiment());
  ASSERT_EQ(program_.run({"run", "small.toml", "--set", "recipe.length=10"}).exit_code, 0);
  const ProgramResult result = program_.run({"effects", "small"});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("no two of its trials"));
}

}  // namespace
}  // namespace rnnbench
