#include "harness/core/csv_blocks.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <vector>

#include "harness/core/csv_records.hpp"
#include "tests/support/temporary_folder.hpp"

namespace rnnbench {
namespace {

/// All records, each with its line.
std::vector<std::string> records_of(CsvRecords records) {
  std::vector<std::string> all;
  for (std::vector<std::string> fields; records.next(fields);)
    all.push_back(fmt::format("{}: {}", records.line(), fmt::join(fields, "|")));
  return all;
}

// Catches: a block that ends within a record, where its quotes hold ends of lines.
TEST(CsvBlocks, AreTheRecordsOfTheWholeFile) {
  const TemporaryFolder folder;
  std::string text =
      "\xEF\xBB\xBF"
      "a,b\n";
  for (int i = 0; text.size() < 4'000'000; ++i) {
    text += fmt::format("{},\"x\n\"\"{}\"\"\n,{}\"\r\n{}", i,
                        std::string(static_cast<std::size_t>(i % 997), 'y'), i, i % 5 == 0 ? "\n" : "");
  }
  text += "last,\"";  // of 1.5 MB, and the file ends without an end of line
  text += std::string(1'500'000, '\n') + "\"";
  CsvBlocks blocks(folder.write("file.csv", text));
  const std::string_view first = blocks.next();
  EXPECT_LT(first.size(), text.size() / 2);
  EXPECT_TRUE(records_of({first, "file.csv", std::string::npos, [&] { return blocks.next(); }}) ==
              records_of({text, "file.csv"}));
  EXPECT_EQ(blocks.next(), "");
}

}  // namespace
}  // namespace rnnbench
