#pragma once

#include <vector>

namespace rnnbench {

/// Hours of sleep that ten patients gained by two drugs: Student 1908, "The probable error of a mean", the
/// data set `sleep` of R.
inline const std::vector<double> kFirstDrug = {0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0};
inline const std::vector<double> kSecondDrug = {1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4};

}  // namespace rnnbench
