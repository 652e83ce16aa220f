#include "results/query/bench_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "tests/results/query/bench_example.hpp"

namespace rnnbench {
namespace {

using testing::AllOf;
using testing::AnyOf;
using testing::HasSubstr;
using testing::Not;

TEST(BenchTable, HeadingsDiffer) {
  const std::vector<std::string> columns = bench_table(a_bench()).columns;
  EXPECT_EQ(std::set<std::string>(columns.begin(), columns.end()).size(), columns.size());
  EXPECT_THAT(columns, testing::IsSupersetOf({"of eigen's step", "of eigen's prediction"}));
}

std::string notes_of(const BenchData& bench) {
  std::string text;
  for (const std::string& note : bench_notes(bench)) text += note + "\n";
  return text;
}

TEST(BenchNotes, SayWhatTheTimeThatWasGivenHadToDoWithTheEnd) {
  BenchData bench = a_bench();
  EXPECT_THAT(notes_of(bench), Not(AnyOf(HasSubstr("--for"), HasSubstr("it took"))));
  bench.precision = 0.001;
  EXPECT_THAT(notes_of(bench),
              HasSubstr("time was over before every interval was within ±0.1 %; give it more with --for\n"));
  bench.seconds = 95;
  EXPECT_THAT(notes_of(bench), HasSubstr("it took 95 s, more than the 40 s that it was given: "
                                         "so long take the least rounds, and they ended before every"));
  bench.precision = 0.05;
  EXPECT_THAT(notes_of(bench), HasSubstr("so long take the least rounds\n"));
  bench.seconds_given = bench.precision = std::nan("");
  EXPECT_THAT(notes_of(bench), Not(AnyOf(HasSubstr("--for"), HasSubstr("it took"))));
}

// Catches: the labels of another build's sides, or of three engines, given to a command that takes two
// engines.
TEST(BenchNotes, AdviseACommandThatCanBePasted) {
  BenchData bench = a_bench();
  bench.parity_command = "rnnbench parity 'a b.toml' --set recipe.length=50";
  bench.sides.push_back(bench.sides.back());
  bench.sides[0].label = "eigen@1a2b3c4";
  bench.sides[2].device = "cuda";
  EXPECT_THAT(notes_of(bench), AllOf(HasSubstr("run `rnnbench parity 'a b.toml' --set recipe.length=50 "
                                               "--engines eigen,libtorch`\n"),
                                     HasSubstr("--engines eigen,libtorch:cuda`\n")));
}

// Catches: a program's time that stands beside an engine's as if both were known to do the same.
TEST(BenchText, SaysThatParityWithAProgramIsNotShown) {
  BenchData bench = a_bench();
  bench.sides[1].engine = "command";
  bench.sides[1].label = "peer";
  bench.sides[1].engine_details = R"({"versions":{"toy":"7"}})";
  bench.parity.push_back({});
  EXPECT_EQ(std::get<std::string>(bench_table(bench).rows[1][0]), "peer (program, parity not shown)");
  EXPECT_THAT(notes_of(bench),
              AllOf(HasSubstr("parity not shown of eigen and peer"), HasSubstr("peer: {\"toy\":\"7\"}\n"),
                    Not(HasSubstr("`rnnbench parity"))));
}

}  // namespace
}  // namespace rnnbench
