#pragma once

#include <map>
#include <string>

#include "plots/renderer.hpp"

namespace rnnbench {

/// Draws nothing: keeps what it was told to draw, by file name.
class RecordingRenderer final : public Renderer {
 public:
  void render(const Plot& plot, ImageFormat /*format*/, const std::filesystem::path& file) override {
    plots[file.filename().string()] = plot;
  }

  std::map<std::string, Plot> plots;
};

}  // namespace rnnbench
