#include "results/query/table_format.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <nlohmann/json.hpp>

#include "tests/results/store/store_fixture.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;

Table mixed() {
  return {{"name", "value"},
          {{std::string("a,\"b\"\n"), 0.5},
           {std::string(""), std::monostate{}},
           {std::string("評"), std::string("NaN")},
           {std::string("\x1B[31m|<b>"), std::numeric_limits<double>::infinity()},
           {std::monostate{}, std::int64_t{0}}}};
}

TEST(TableFormat, TableIsAlignedAndInert) {
  EXPECT_EQ(format_table(mixed(), TableFormat::kTable),
            "name          value\n"
            "a,\"b\"\\n         0.5\n"
            "                  -\n"
            "評              NaN\n"
            "\\x1b[31m|<b>    inf\n"
            "-                 0\n");
}

TEST(TableFormat, CsvQuotesAsRfc4180Says) {
  EXPECT_EQ(format_table(mixed(), TableFormat::kCsv),
            "name,value\n"
            "\"a,\"\"b\"\"\n\",0.5\n"
            "\"\",\n"
            "評,NaN\n"
            "\x1B[31m|<b>,inf\n"
            ",0\n");
}

TEST(TableFormat, JsonIsValidAndKeepsNanApart) {
  const auto json = nlohmann::json::parse(format_table(mixed(), TableFormat::kJson));
  ASSERT_EQ(json.size(), 5U);
  EXPECT_EQ(json[0], nlohmann::json({{"name", "a,\"b\"\n"}, {"value", 0.5}}));
  EXPECT_TRUE(json[1]["value"].is_null());
  EXPECT_EQ(json[2]["value"], "NaN");
  EXPECT_EQ(json[3]["value"], "inf");
  EXPECT_EQ(json[4]["value"], 0);
}

TEST(TableFormat, MarkdownCellsStayCells) {
  EXPECT_EQ(format_table(mixed(), TableFormat::kMarkdown),
            "| name | value |\n"
            "|---|---:|\n"
            "| a,\"b\"\\\\n | 0.5 |\n"
            "|  | - |\n"
            "| 評 | NaN |\n"
            "| \\\\x1b\\[31m\\|&lt;b> | inf |\n"
            "| - | 0 |\n");
}

TEST(TableFormat, EmptyTables) {
  const Table empty{{"a", "b"}, {}};
  EXPECT_EQ(aligned_text(empty), "a  b\n");
  EXPECT_EQ(csv_text(empty), "a,b\n");
  EXPECT_EQ(json_text(empty), "[]\n");
  EXPECT_EQ(markdown_text(empty), "| a | b |\n|---|---|\n");
}

TEST(TableFormat, RepeatedColumnsKeepTheirValuesInJson) {
  const auto json = nlohmann::json::parse(json_text({{"a", "a", "a_2"}, {{1.0, 2.0, 3.0}}}));
  EXPECT_EQ(json[0].size(), 3U);
  EXPECT_EQ(json[0]["a_2"], 2);
}

TEST(TableFormat, BytesAndBrokenUtf8) {
  const Table table{{"a", "b"}, {{Blob{std::string("\0\xAB", 2)}, std::string("x\xFF")}}};
  EXPECT_EQ(aligned_text(table), "a          b\n<2 bytes>  x\\xff\n");
  EXPECT_EQ(csv_text(table), "a,b\n00ab,x\xFF\n");
  EXPECT_EQ(nlohmann::json::parse(json_text(table))[0]["a"], "00ab");
}

TEST(TableFormat, LongTextsAreCutInTablesOnly) {
  const Table table{{"a"}, {{std::string(1 << 20, 'x')}}};
  EXPECT_LT(aligned_text(table).size(), 1000U);
  EXPECT_GT(csv_text(table).size(), std::size_t{1} << 20U);
}

TEST(TableFormat, NamesAreChecked) {
  EXPECT_EQ(table_format("csv"), TableFormat::kCsv);
  EXPECT_EQ(table_format("markdown"), TableFormat::kMarkdown);
  EXPECT_THAT(message_of<ConfigError>([] { table_format("jsn"); }), HasSubstr("did you mean 'json'?"));
}

}  // namespace
}  // namespace rnnbench
