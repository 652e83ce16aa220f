#include "results/query/environment_difference.hpp"

#include "results/query/table_format.hpp"
#include "tests/results/query/query_fixture.hpp"

namespace rnnbench {
namespace {

TEST_F(QueryTest, EnvironmentsShowOnlyWhatDiffers) {
  EXPECT_TRUE(environment_difference(*database_, 1, 2).rows.empty());
  Store store(path_);
  RunStart start = a_start(50);
  start.environment = R"({"processor":"b","memory":{"gib":2}})";
  start.engine = R"({"threads":4})";
  EXPECT_EQ(csv_text(environment_difference(*database_, 1, store.begin_run(start))),
            "environment,run 1,run 10\nengine.threads,,4\nmemory.gib,,2\nprocessor,a,b\n");
  EXPECT_THAT(message_of<ConfigError>([&] { environment_difference(*database_, 1, 99); }),
              testing::HasSubstr("no run 99"));
}

}  // namespace
}  // namespace rnnbench
