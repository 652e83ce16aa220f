// Catches: a number of a phase whose clock went back, and silence about that.
#include "results/query/bench_data.hpp"

#include "results/query/bench_text.hpp"
#include "results/query/table_format.hpp"
#include "tests/results/query/verdict_fixture.hpp"

namespace rnnbench {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;

class BenchDataTest : public VerdictTest {
 protected:
  /// Two sides of six rounds each; libtorch takes twice as long.
  void fill() {
    for (const int place : {0, 1}) {
      const std::string side = place == 0 ? "eigen" : "libtorch";
      RunStart start{{"bench", "", ""}, trial(side), 1, kOneMachine};
      start.particulars = R"({"bench":{"session":"s","subject":"m1","side":")" + side + R"(","place":)" +
                          std::to_string(place) + R"(,"sides":["eigen","libtorch"],"tokens":"drawn"}})";
      const RunId run = store_->begin_run(start);
      for (int round = 1; round <= 6; ++round) {
        EpochRecord record{round, {}, {}};
        for (const char* phase : {"step", "predict", "phases", "forward", "control"}) {
          const std::int64_t ns = (place + 1) * 1'000'000 + 1'000 * (round % (3 + place));
          record.timings.push_back({phase, "host", round, false, {ns, ns, ns}});
        }
        store_->epoch_finished(run, record);
      }
      store_->end_run(run, {});
    }
  }
  std::vector<std::string> notes() {
    Database database(path_);
    return bench_notes(load_bench(database, "s"));
  }
  std::string table() {
    Database database(path_);
    return format_table(bench_table(load_bench(database, "s")), TableFormat::kCsv);
  }
};

TEST_F(BenchDataTest, AProblemIsSaidOfItsPhaseAndOfNoOther) {
  fill();
  EXPECT_THAT(notes(), Contains(HasSubstr("a prediction: libtorch is 2 times slower than eigen")));
  turn_clock_back("run_id = 2 AND epoch = 4 AND phase = 'predict'");
  EXPECT_THAT(notes(), AllOf(Contains(HasSubstr("a training step: libtorch is 2 times slower than eigen")),
                             Contains("a prediction: libtorch and eigen can't be compared: run 2, phase "
                                      "predict, epoch 4: the clock went back in 1 of 3 samples")));
  EXPECT_THAT(table(), AllOf(HasSubstr("\neigen,1,1.001,1,1.001,1,"), HasSubstr(",not known,not known,")));
}

TEST_F(BenchDataTest, ThePhasesOfAStepAndTheControlAreCheckedToo) {
  fill();
  EXPECT_THAT(notes(), AllOf(Contains(HasSubstr("libtorch spends a step on: data")),
                             Contains(HasSubstr("a control that is always the same took"))));
  turn_clock_back("run_id = 2 AND epoch = 4 AND phase = 'forward'");
  turn_clock_back("run_id = 1 AND epoch = 4 AND phase = 'control'");
  EXPECT_THAT(notes(),
              AllOf(Contains("what libtorch spends a step on is not known: run 2, phase forward, epoch "
                             "4: the clock went back in 1 of 3 samples"),
                    Contains("the machine: its drift is not known, run 1, phase control, epoch 4: the "
                             "clock went back in 1 of 3 samples"),
                    Contains(HasSubstr("eigen spends a step on: data"))));
}

}  // namespace
}  // namespace rnnbench
