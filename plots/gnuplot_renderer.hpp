#pragma once

#include <string>

#include "plots/renderer.hpp"

namespace rnnbench {

/// Draws with the gnuplot program. Text is never interpreted, whatever it holds. A gnuplot that is
/// missing or fails gives EnvironmentError with what it said and the remedy.
class GnuplotRenderer final : public Renderer {
 public:
  explicit GnuplotRenderer(std::string program = "gnuplot") : program_(std::move(program)) {}
  void render(const Plot& plot, ImageFormat format, const std::filesystem::path& file) override;

 private:
  std::string program_;
};

}  // namespace rnnbench
