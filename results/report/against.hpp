#pragma once

#include <filesystem>
#include <string>

#include "results/query/figure_data.hpp"

namespace rnnbench {

/// What became of an experiment's trials between two databases, Markdown: by trial the test accuracy (mean of
/// the runs), its difference where seeds are paired and the training time as a multiple, each with its 95 %
/// interval and a word: better, worse, no difference shown, not judged. p of accuracies by Holm over the
/// table; times by their intervals alone. Trials that one of them lacks are named. `old_name`: of the older
/// database.
std::string difference_page(const FigureData& now, const FigureData& before, const std::string& old_name);

/// Writes it as against.md and against.html into `folder` and gives the first's path. Throws
/// EnvironmentError.
std::filesystem::path write_difference(const FigureData& now, const FigureData& before,
                                       const std::string& old_name, const std::filesystem::path& folder);

}  // namespace rnnbench
