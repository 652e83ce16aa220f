#include "harness/core/clock.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <ctime>
#include <limits>
#include <string>

namespace rnnbench {
namespace {

TEST(Clock, WritesUtcAsIso8601) {
  // Not std::time(), whose clock is coarse and may lag a few milliseconds behind.
  const auto seconds_now = [] {
    return std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  };
  const std::time_t before = seconds_now();
  const std::string now = utc_now();
  const std::time_t after = seconds_now();

  ASSERT_EQ(now.size(), 24U) << now;
  EXPECT_EQ(now[19], '.');
  EXPECT_EQ(now[23], 'Z');
  std::tm fields{};
  ASSERT_NE(::strptime(now.c_str(), "%Y-%m-%dT%H:%M:%S", &fields), nullptr) << now;
  EXPECT_GE(::timegm(&fields), before);
  EXPECT_LE(::timegm(&fields), after);
}

TEST(Clock, CountsMillisecondsBothWays) {
  EXPECT_EQ(utc_at(0), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(utc_at(1'769'860'800'007), "2026-01-31T12:00:00.007Z");
  EXPECT_EQ(milliseconds_at("2026-01-31T12:00:00.007Z"), 1'769'860'800'007);
  for (const char* text :
       {"", "2026-01-31T12:00:00Z", "2026-02-30T12:00:00.000Z", "2026-01-31T12:00:00.000Z "}) {
    EXPECT_FALSE(milliseconds_at(text)) << text;
  }
}

TEST(Clock, TurnsMomentsWithAZoneIntoUtc) {
  EXPECT_EQ(utc_of("2026-01-31T13:00:00+01:00"), "2026-01-31T12:00:00.000Z");
  EXPECT_EQ(utc_of("2025-12-31T20:30:59-05:30"), "2026-01-01T02:00:59.000Z");
  EXPECT_EQ(utc_of("2026-01-31T13:00:00Z"), "2026-01-31T13:00:00.000Z");
  for (const char* text : {"", "2026-01-31", "2026-01-31T13:00:00", "2026-01-31 13:00:00+01:00",
                           "2026-02-30T13:00:00Z", "2026-01-31T24:00:00Z", "2026-01-31T13:00:00+01:00 ",
                           "2026-01-31T13:00:00*01:00", "9999-01-31T13:00:00Z", "Sat Jan 31 13:00:00 2026"}) {
    EXPECT_FALSE(utc_of(text)) << text;
  }
}

TEST(Clock, ShowsDurationsInTheUnitThatFits) {
  EXPECT_EQ(human_duration(0), "0 ms");
  EXPECT_EQ(human_duration(0.0123), "12 ms");
  EXPECT_EQ(human_duration(5.61), "5.6 s");
  EXPECT_EQ(human_duration(184), "3 min 04 s");
  EXPECT_EQ(human_duration(3720), "1 h 02 min");
  EXPECT_EQ(human_duration(100 * 3600.0), "100 h 00 min");
}

TEST(Clock, RoundsIntoTheNextUnit) {
  EXPECT_EQ(human_duration(0.9996), "1.0 s");
  EXPECT_EQ(human_duration(59.96), "1 min 00 s");
  EXPECT_EQ(human_duration(3599.6), "1 h 00 min");
}

TEST(Clock, ShowsNoDurationWhereThereIsNone) {
  for (const double seconds :
       {-1.0, std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
    EXPECT_EQ(human_duration(seconds), "?");
  }
}

}  // namespace
}  // namespace rnnbench
