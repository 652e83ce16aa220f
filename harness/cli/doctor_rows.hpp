#pragma once

#include <string>
#include <vector>

#include "harness/core/settings.hpp"

namespace rnnbench {

/// A line of `doctor`: what it is about, "" where that is as above, and what is said of it.
struct DoctorRow {
  std::string name;
  std::string text;
};

/// What measure_machine() gave, for people.
std::vector<DoctorRow> doctor_rows(const Json& measured);

/// "12.3 µs", with three digits, from ns to s.
std::string duration_text(double nanoseconds);

}  // namespace rnnbench
