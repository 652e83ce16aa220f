#include "results/store/run_content.hpp"

#include "tests/results/store/store_fixture.hpp"

namespace rnnbench {
namespace {

RunContent content(const std::string& status, const std::vector<std::string>& metrics) {
  return {status, "row", metrics, {}};
}

TEST(RunContent, OnlyWhatWasNotOverIsContinuedByMoreOfTheSame) {
  EXPECT_TRUE(continues(content("interrupted", {"a"}), content("finished", {"a", "b"})));
  EXPECT_TRUE(continues(content("interrupted", {"a"}), content("interrupted", {"a", "b"})));
  EXPECT_TRUE(continues(content("running", {}), content("finished", {})));
  EXPECT_FALSE(continues(content("interrupted", {"a"}), content("interrupted", {"a"})));
  EXPECT_FALSE(continues(content("interrupted", {"a"}), content("finished", {"b", "c"})));
  EXPECT_FALSE(continues(content("finished", {"a"}), content("finished", {"a", "b"})));
  EXPECT_FALSE(continues(content("failed", {"a"}), content("finished", {"a", "b"})));
}

}  // namespace
}  // namespace rnnbench
