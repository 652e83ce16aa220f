#include "results/report/report_figures.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "harness/core/files.hpp"

namespace rnnbench {
namespace fs = std::filesystem;

std::string figures_section(const FigureSource& source, const std::vector<std::string>& names,
                            const fs::path& folder, Renderer& renderer) {
  FigureOptions options;
  options.folder = folder / "figures";
  options.data = true;
  options.names = names;
  const RenderedFigures rendered = render_figures(source, options, renderer);
  std::string text = "## Figures\n";
  for (const Figure& figure : figures()) {
    const fs::path image = options.folder / (std::string(figure.name) + ".png");
    if (std::find(rendered.files.begin(), rendered.files.end(), image) == rendered.files.end()) continue;
    text += fmt::format(
        "\n### {}\n\n![{}: {}](figures/{}.png)\n\n[SVG](figures/{}.svg), [numbers](figures/{}.csv)\n",
        figure.title, figure.title, figure.description, figure.name, figure.name, figure.name);
  }
  std::string lacking;
  for (const std::string& sentence : rendered.lacking)
    lacking += fmt::format("{}{}", lacking.empty() ? "" : ", ", sentence.substr(0, sentence.find(':')));
  if (!lacking.empty())
    text += fmt::format("\nNo data here for {}: `rnnbench plot NAME` says what each needs.\n", lacking);
  return text;
}

std::map<std::string, std::string> drawings_in(const fs::path& folder) {
  std::map<std::string, std::string> svgs;
  for (const Figure& figure : figures()) {
    const fs::path svg = folder / "figures" / (std::string(figure.name) + ".svg");
    if (fs::exists(svg)) svgs[fmt::format("figures/{}.png", figure.name)] = read_file(svg);
  }
  return svgs;
}

}  // namespace rnnbench
