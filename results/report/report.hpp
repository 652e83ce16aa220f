#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "plots/renderer.hpp"
#include "results/query/database.hpp"
#include "results/query/figure_data.hpp"

namespace rnnbench {

/// Writes `folder`/report.md, and report.html, the same in one file, with figures in `folder`/figures and the
/// experiment's file as `folder`/experiment.toml, and returns the page's path. An experiment is reported in
/// its newest version; none named: the newest one of the database. Equal databases give equal pages. Throws
/// ConfigError where there is no such experiment, EnvironmentError where the folder can't be written or
/// gnuplot fails.
std::filesystem::path write_report(Database& database, const std::optional<std::string>& experiment,
                                   const std::filesystem::path& folder);

/// The same from data at hand (one experiment) with a renderer.
std::filesystem::path write_report(const FigureData& data, const std::filesystem::path& folder,
                                   Renderer& renderer);

}  // namespace rnnbench
