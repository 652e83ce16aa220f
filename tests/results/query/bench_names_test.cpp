#include "results/query/bench_names.hpp"

#include <gtest/gtest.h>

namespace rnnbench {
namespace {

std::string name_of(const std::string& command) {
  BenchData bench;
  bench.subject = "m1";
  bench.command = command;
  return bench_name(bench);
}

TEST(BenchName, IsTheSubject) {
  EXPECT_EQ(name_of(""), "m1");
  EXPECT_EQ(name_of("rnnbench bench m1 --engines libtorch,fused --for 12"), "m1");
}

TEST(BenchName, TellsWhatTheCommandChanged) {
  EXPECT_EQ(name_of("rnnbench bench m1 --threads 1 --for 6 --set training.batch=1"), "m1, 1 thread, batch=1");
  EXPECT_EQ(name_of("rnnbench bench m1 --scaling --set=model.layers.0.output_dropout=0"),
            "m1, layers.0.output_dropout=0");
  EXPECT_EQ(name_of("rnnbench bench m1 --threads 4 --set a.b=1 --set c=2"), "m1, 4 threads, b=1, c=2");
}

TEST(BenchName, ACommandThatEndsEarlyIsNoFault) {
  EXPECT_EQ(name_of("rnnbench bench m1 --set"), "m1");
  EXPECT_EQ(name_of("rnnbench bench m1 --threads"), "m1");
}

}  // namespace
}  // namespace rnnbench
