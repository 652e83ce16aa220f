#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "plots/figures.hpp"

namespace rnnbench {

/// Draws figures into `folder`/figures as PNG and SVG, with their numbers as CSV, and gives the Markdown that
/// shows them, with a heading of the second level. `names`: these alone; empty: all that there is data for.
/// Throws EnvironmentError.
std::string figures_section(const FigureSource& source, const std::vector<std::string>& names,
                            const std::filesystem::path& folder, Renderer& renderer);

/// The drawings in `folder`/figures by the addresses that the Markdown gives their images.
std::map<std::string, std::string> drawings_in(const std::filesystem::path& folder);

}  // namespace rnnbench
