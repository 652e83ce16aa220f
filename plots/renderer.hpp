#pragma once

#include <filesystem>

#include "plots/plot.hpp"

namespace rnnbench {

enum class ImageFormat { kPng, kSvg, kPdf };

/// Draws a plot into a file.
class Renderer {
 public:
  virtual ~Renderer() = default;

  /// Makes `file`, complete or not at all; an old file is replaced. Throws EnvironmentError.
  virtual void render(const Plot& plot, ImageFormat format, const std::filesystem::path& file) = 0;
};

}  // namespace rnnbench
