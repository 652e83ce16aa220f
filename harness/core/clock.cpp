#include "harness/core/clock.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <cmath>
#include <cstdio>
#include <iterator>

namespace rnnbench {
namespace {

using std::chrono::system_clock;

std::string utc_text(system_clock::time_point moment) {
  const auto milliseconds =
      std::chrono::duration_cast<std::chrono::milliseconds>(moment.time_since_epoch()).count() % 1000;
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z", fmt::gmtime(system_clock::to_time_t(moment)),
                     milliseconds);
}

/// "+01:30" or "Z".
std::optional<std::chrono::minutes> zone_of(const std::string& text) {
  if (text == "Z") return std::chrono::minutes{0};
  char sign = 0;
  int hours = 0, minutes = 0, end = 0;
  if (std::sscanf(text.c_str(), "%c%2d:%2d%n", &sign, &hours, &minutes, &end) != 3) return std::nullopt;
  if (end != std::ssize(text) || (sign != '+' && sign != '-') || hours < 0 || minutes < 0)
    return std::nullopt;
  return std::chrono::minutes{(sign == '-' ? -1 : 1) * (60 * hours + minutes)};
}

}  // namespace

std::string utc_now() { return utc_text(system_clock::now()); }

std::optional<std::string> utc_of(const std::string& moment) {
  int year = 0, month = 0, day = 0, hours = 0, minutes = 0, seconds = 0, end = 0;
  if (std::sscanf(moment.c_str(), "%4d-%2d-%2dT%2d:%2d:%2d%n", &year, &month, &day, &hours, &minutes,
                  &seconds, &end) != 6) {
    return std::nullopt;
  }
  const auto zone = zone_of(moment.substr(static_cast<std::size_t>(end)));
  const std::chrono::year_month_day date(std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day)));
  const auto is_below = [](int value, int limit) { return value >= 0 && value < limit; };
  if (!zone || !date.ok() || year < 1970 || year > 2200 || !is_below(hours, 24) || !is_below(minutes, 60) ||
      !is_below(seconds, 61)) {
    return std::nullopt;
  }
  return utc_text(std::chrono::sys_days(date) + std::chrono::hours(hours) + std::chrono::minutes(minutes) +
                  std::chrono::seconds(seconds) - *zone);
}

std::string utc_at(std::int64_t milliseconds) {
  return utc_text(system_clock::time_point(std::chrono::milliseconds(milliseconds)));
}

std::optional<std::int64_t> milliseconds_at(const std::string& utc) {
  int year = 0, month = 0, day = 0, hours = 0, minutes = 0, seconds = 0, thousandths = 0, end = 0;
  if (std::sscanf(utc.c_str(), "%4d-%2d-%2dT%2d:%2d:%2d.%3dZ%n", &year, &month, &day, &hours, &minutes,
                  &seconds, &thousandths, &end) != 7 ||
      end != std::ssize(utc)) {
    return std::nullopt;
  }
  const std::chrono::year_month_day date(std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day)));
  if (!date.ok()) return std::nullopt;
  const auto moment = std::chrono::sys_days(date) + std::chrono::hours(hours) +
                      std::chrono::minutes(minutes) + std::chrono::seconds(seconds) +
                      std::chrono::milliseconds(thousandths);
  return std::chrono::duration_cast<std::chrono::milliseconds>(moment.time_since_epoch()).count();
}

std::string human_duration(double seconds) {
  if (!(seconds >= 0) || std::isinf(seconds)) return "?";
  if (seconds < 0.9995) return fmt::format("{:.0f} ms", seconds * 1e3);
  if (seconds < 59.95) return fmt::format("{:.1f} s", seconds);
  const auto whole = static_cast<long>(std::lround(seconds));
  if (whole < 3600) return fmt::format("{} min {:02} s", whole / 60, whole % 60);
  return fmt::format("{} h {:02} min", whole / 3600, whole / 60 % 60);
}

}  // namespace rnnbench
