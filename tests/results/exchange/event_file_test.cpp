#include "results/exchange/event_file.hpp"

#include <cmath>
#include <sstream>

#include "tests/results/exchange/event_records.hpp"

namespace rnnbench {
namespace {

using std::string_literals::operator""s;

TEST(EventFile, BeginsWithItsVersion) {
  std::ostringstream out;
  EventFile(out, 1.0);
  EXPECT_EQ(event_records(out.str()),
            std::vector{"\x09\x00\x00\x00\x00\x00\x00\xF0\x3F"s + "\x1A\x0D" + "brain.Event:2"});
}

// The bytes as protocol buffers' encoding puts them: field 1 a double, 2 a varint, 5 the summary.
TEST(EventFile, WritesAPoint) {
  std::ostringstream out;
  EventFile(out, 0).scalar({.tag = "loss", .step = 300, .wall_time = 2.0, .value = 0.5});
  const auto records = event_records(out.str());
  ASSERT_EQ(records.size(), 2U);
  EXPECT_EQ(records[1], "\x09\x00\x00\x00\x00\x00\x00\x00\x40"s + "\x10\xAC\x02" + "\x2A\x0D" + "\x0A\x0B" +
                            "\x0A\x04loss" + "\x15\x00\x00\x00\x3F"s);
}

TEST(EventFile, KeepsNanAndInfinities) {
  std::ostringstream out;
  EventFile file(out, 0);
  for (const double value : {std::nan(""), HUGE_VAL, -HUGE_VAL})
    file.scalar({.tag = "x", .step = 1, .value = value});
  const auto records = event_records(out.str());
  ASSERT_EQ(records.size(), 4U);
  EXPECT_EQ(records[1].substr(records[1].size() - 4), "\x00\x00\xC0\x7F"s);
  EXPECT_EQ(records[2].substr(records[2].size() - 4), "\x00\x00\x80\x7F"s);
  EXPECT_EQ(records[3].substr(records[3].size() - 4), "\x00\x00\x80\xFF"s);
}

TEST(EventFile, DescribesATagOnce) {
  std::ostringstream out;
  EventFile file(out, 0);
  for (const std::string tag : {"loss", "loss", "accuracy", "loss"})
    file.scalar({.tag = tag, .step = 1, .description = "fraction"});
  std::vector<bool> described;
  for (const std::string& record : event_records(out.str()))
    described.push_back(record.find("fraction") != std::string::npos);
  EXPECT_EQ(described, (std::vector{false, true, false, true, false}));
}

}  // namespace
}  // namespace rnnbench
