#include "harness/core/program_output.hpp"

#include <gtest/gtest.h>

#include "harness/core/error.hpp"

namespace rnnbench {
namespace {

TEST(OutputOf, KeepsBothStreamsApartAndTellsTheEnd) {
  std::string shown;
  const ProgramOutput output = output_of({"sh", "-c", "echo out; echo wrong >&2; exit 7"}, {},
                                         [&](const std::string& errors) { shown += errors; });
  EXPECT_EQ(output.out, "out\n");
  EXPECT_EQ(output.errors, "wrong\n");
  EXPECT_EQ(shown, "wrong\n");
  EXPECT_EQ(output.end.exit_code, 7);
  EXPECT_FALSE(output.succeeded());
}

TEST(OutputOf, ReadsMoreThanAPipeHolds) {
  EXPECT_EQ(output_of({"sh", "-c", "head -c 300000 /dev/zero | tr '\\0' x"}).out.size(), 300000U);
}

TEST(OutputOf, GivesTheProgramNoInput) { EXPECT_EQ(output_of({"cat"}).out, ""); }

TEST(OutputOf, IsInterrupted) {
  std::stop_source stop;
  stop.request_stop();
  EXPECT_THROW(output_of({"sleep", "60"}, stop.get_token()), Interrupted);
}

TEST(OutputOf, SaysThatAProgramIsNotThere) {
  EXPECT_THROW(output_of({"no-such-program-here"}), EnvironmentError);
}

}  // namespace
}  // namespace rnnbench
