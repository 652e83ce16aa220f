#include "results/query/table_order.hpp"

#include "results/query/table_format.hpp"
#include "tests/results/query/query_fixture.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;

TEST(TableOrder, PutsWhatIsMissingLastInBothDirections) {
  Table table{{"x"}, {{TableCell()}, {2.5}, {"b"}, {std::int64_t{1}}, {"a"}}};
  sort_table(table, parse_sort("x"));
  EXPECT_EQ(csv_text(table), "x\n1\n2.5\na\nb\n\n");
  sort_table(table, parse_sort("x:desc"));
  EXPECT_EQ(csv_text(table), "x\n2.5\n1\nb\na\n\n");
}

TEST(TableOrder, LaterKeysDecideBetweenEquals) {
  Table table{{"a", "b"}, {{"x", 1.5}, {"y", 3.0}, {"x", 2.0}}};
  sort_table(table, parse_sort("a:asc,b:desc"));
  EXPECT_EQ(csv_text(table), "a,b\nx,2\nx,1.5\ny,3\n");
}

TEST(TableOrder, MetricsKeepTheirColon) {
  const auto keys = parse_sort("loss:validation:desc,run");
  ASSERT_EQ(keys.size(), 2U);
  EXPECT_EQ(keys[0].name, "loss:validation");
  EXPECT_TRUE(keys[0].descending);
  EXPECT_FALSE(keys[1].descending);
  EXPECT_EQ(parse_sort("loss:validation")[0].name, "loss:validation");
}

TEST(TableOrder, RefusesUnknownColumns) {
  Table table{{"accuracy"}, {}};
  EXPECT_THAT(message_of<ConfigError>([&] { sort_table(table, parse_sort("acuracy")); }),
              HasSubstr("did you mean 'accuracy'?"));
}

}  // namespace
}  // namespace rnnbench
