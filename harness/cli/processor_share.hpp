#pragma once

#include <vector>

namespace rnnbench {

/// The processors that this process may run on, in order.
std::vector<int> allowed_processors();

/// Worker `index`'s own part of `processors`, of `workers` parts that differ by one at most; with more
/// workers than processors they share them in turn.
std::vector<int> processor_share(const std::vector<int>& processors, int workers, int index);

/// Keeps this process on `processors`, as far as the system allows.
void stay_on(const std::vector<int>& processors);

}  // namespace rnnbench
