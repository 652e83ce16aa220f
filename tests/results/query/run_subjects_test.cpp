#include "results/query/run_subjects.hpp"

#include "tests/results/query/query_fixture.hpp"

namespace rnnbench {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::UnorderedElementsAre;

class RunSubjectsTest : public QueryTest {
 protected:
  std::string refusal_of(const std::string& text) {
    return message_of<ConfigError>([&] { find_subject(*database_, text); });
  }
};

TEST_F(RunSubjectsTest, NumbersAreRunsWhateverTheirStatus) {
  EXPECT_THAT(find_subject(*database_, "7").runs, ElementsAre(7));
  EXPECT_FALSE(find_subject(*database_, "7").is_group);
}

TEST_F(RunSubjectsTest, TrialsAndFiltersAreGroupsOfFinishedRuns) {
  EXPECT_THAT(find_subject(*database_, a_trial().key.substr(0, 10)).runs, UnorderedElementsAre(1, 2, 3));
  EXPECT_THAT(find_subject(*database_, "engine=libtorch,seed>1").runs, UnorderedElementsAre(5, 6));
  EXPECT_THAT(find_subject(*database_, "status=failed").runs, ElementsAre(7));
}

// Catches: a repeated seed that counts twice.
TEST_F(RunSubjectsTest, TheNewestRunOfASeedCounts) {
  Store store(path_);
  store.end_run(store.begin_run(a_start(1)), an_end(0.5));
  EXPECT_THAT(find_subject(*database_, "engine=eigen").runs, UnorderedElementsAre(10, 2, 3));
}

TEST_F(RunSubjectsTest, SaysWhatIsWrong) {
  EXPECT_THAT(refusal_of("99"), HasSubstr("no run 99"));
  EXPECT_THAT(refusal_of("zz"), HasSubstr("no beginning of a trial's key"));
  EXPECT_THAT(refusal_of("engine=nobody"), HasSubstr("no finished run is of 'engine=nobody'"));
  EXPECT_THAT(refusal_of("00000000ff"), HasSubstr("no finished run"));
  execute(path_, "UPDATE trials SET key = 'abcd' || id");
  EXPECT_THAT(refusal_of("abcd"), AllOf(HasSubstr("2 trials"), HasSubstr("more of the key")));
}

}  // namespace
}  // namespace rnnbench
