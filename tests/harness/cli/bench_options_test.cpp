#include "harness/cli/bench_options.hpp"

#include <gtest/gtest.h>

namespace rnnbench {
namespace {

TEST(BenchCommand, IsTheOneThatDoesTheSameAgain) {
  BenchCommandOptions options;
  EXPECT_EQ(bench_command(options), "rnnbench bench m1");
  options.models = {"m1", "my models/a'b.toml"};
  options.engines = {"eigen", "libtorch:cuda"};
  options.against = "HEAD~1";
  options.threads = 2;
  options.seconds = 0.5;
  options.precision = 5;
  options.overrides = {"model.layers=[{ cell = \"rnn\" }]"};
  options.data.path = "the reviews";
  EXPECT_EQ(bench_command(options),
            "rnnbench bench m1 'my models/a'\\''b.toml' --engines eigen,libtorch:cuda --against 'HEAD~1' "
            "--threads 2 "
            "--for 0.5 --precision 5 --set 'model.layers=[{ cell = \"rnn\" }]' --data 'the "
            "reviews'");
}

// Catches: parity advised on the file's own settings where others were timed.
TEST(ParityCommand, TakesTheSameSettings) {
  BenchCommandOptions options;
  options.overrides = {"recipe.length=50"};
  options.seconds = 1;
  EXPECT_EQ(parity_command("a b.toml", options), "rnnbench parity 'a b.toml' --set recipe.length=50");
}

}  // namespace
}  // namespace rnnbench
