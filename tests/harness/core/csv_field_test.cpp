#include "harness/core/csv_field.hpp"

#include <gtest/gtest.h>

#include "harness/core/csv_records.hpp"

namespace rnnbench {
namespace {

TEST(CsvField, IsQuotedWhereItHasToBe) {
  EXPECT_EQ(csv_field("plain text"), "plain text");
  EXPECT_EQ(csv_field("a,b"), "\"a,b\"");
  EXPECT_EQ(csv_field("say \"no\""), "\"say \"\"no\"\"\"");
  EXPECT_EQ(csv_field(""), "\"\"") << "NULL is written as nothing";
}

TEST(CsvField, IsReadBack) {
  for (const std::string text : {"", "a\nb", "\r", ",", "\"", " x "}) {
    const std::string line = csv_field(text) + "," + csv_field("end") + "\n";
    CsvRecords records(line, "x.csv");
    std::vector<std::string> fields;
    ASSERT_TRUE(records.next(fields));
    EXPECT_EQ(fields, (std::vector<std::string>{text, "end"}));
  }
}

}  // namespace
}  // namespace rnnbench
