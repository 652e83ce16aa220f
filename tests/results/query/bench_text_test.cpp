#include "results/query/bench_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "tests/results/query/bench_example.hpp"

namespace rnnbench {
namespace {

TEST(BenchTable, HeadingsDiffer) {
  const std::vector<std::string> columns = bench_table(a_bench()).columns;
  EXPECT_EQ(std::set<std::string>(columns.begin(), columns.end()).size(), columns.size());
  EXPECT_THAT(columns, testing::IsSupersetOf({"of eigen's step", "of eigen's prediction"}));
}

}  // namespace
}  // namespace rnnbench
