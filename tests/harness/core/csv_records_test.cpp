#include "harness/core/csv_records.hpp"

#include <gmock/gmock.h>

#include "harness/core/error.hpp"

namespace rnnbench {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(CsvRecords, TellsAnEmptyTextFromNothing) {
  CsvRecords records("a,,\"\"\n\"\",b,\"c\"\n", "file");
  std::vector<std::string> fields;
  ASSERT_TRUE(records.next(fields));
  EXPECT_THAT(fields, ElementsAre("a", "", ""));
  EXPECT_FALSE(records.is_quoted(0));
  EXPECT_FALSE(records.is_quoted(1));
  EXPECT_TRUE(records.is_quoted(2));
  ASSERT_TRUE(records.next(fields));
  EXPECT_TRUE(records.is_quoted(0));
  EXPECT_FALSE(records.is_quoted(1));
  EXPECT_TRUE(records.is_quoted(2));
  EXPECT_EQ(records.line(), 2U);
  EXPECT_FALSE(records.next(fields));
}

TEST(CsvRecords, RefusesLongFields) {
  for (const char* text : {"a\n123456\n", "a\n\"123456\"\n", "a\n\"12\"\"\"\"56\"\n"}) {
    CsvRecords records(text, "file", 5);
    std::vector<std::string> fields;
    ASSERT_TRUE(records.next(fields));
    try {
      records.next(fields);
      FAIL() << text;
    } catch (const DataError& error) {
      EXPECT_THAT(error.what(), HasSubstr("file:2: a field of more than"));
    }
  }
  CsvRecords records("12345,\"12\"\"45\"\n", "file", 5);
  std::vector<std::string> fields;
  ASSERT_TRUE(records.next(fields));
  EXPECT_THAT(fields, ElementsAre("12345", "12\"45"));
}

}  // namespace
}  // namespace rnnbench
