#pragma once

#include <vector>

namespace rnnbench {

/// Hamilton depression scale of nine patients at the first and second visit after a tranquilizer was begun:
/// Hollander and Wolfe 1973, "Nonparametric Statistical Methods", page 29, in R's help on wilcox.test.
inline const std::vector<double> kFirstVisit = {1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30};
inline const std::vector<double> kSecondVisit = {0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29};

}  // namespace rnnbench
