#pragma once

#include <string>
#include <vector>

namespace rnnbench {

/// A trial's `cell` from the names of its layers in order ("lstm", "bi-gru"): one name where all are alike,
/// else joined, "lstm+rnn".
std::string joined_cells(std::vector<std::string> layers);

}  // namespace rnnbench
