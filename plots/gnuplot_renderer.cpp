#include "plots/gnuplot_renderer.hpp"

#include <fmt/format.h>
#include <gnuplot-iostream.h>
#include <stdlib.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <tuple>
#include <vector>

#include "harness/core/error.hpp"
#include "harness/core/files.hpp"
#include "harness/core/shell_word.hpp"
#include "plots/gnuplot_script.hpp"
#include "plots/gnuplot_text.hpp"

namespace rnnbench {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kLongestMessage = 600;  // characters of what gnuplot said

/// A new folder, removed with what is in it at the end.
class WorkFolder {
 public:
  explicit WorkFolder(const fs::path& parent) {
    std::string name = (parent / ".plot-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) {
      throw EnvironmentError(fmt::format("can't write figures to {}: {}; choose another folder",
                                         parent.string(), std::strerror(errno)));
    }
    path_ = name;
  }
  ~WorkFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  WorkFolder(const WorkFolder&) = delete;
  WorkFolder& operator=(const WorkFolder&) = delete;

  fs::path operator/(const char* name) const { return path_ / name; }
  std::string name() const { return path_.string(); }

 private:
  fs::path path_;
};

/// Runs gnuplot in `folder` with its messages and exit status in files there. It reads a file: from a pipe it
/// takes one byte at a time. A gnuplot that dies early so never breaks our pipe, nor does a full disk.
std::string shell_command(const std::string& program, const WorkFolder& folder) {
  return fmt::format("cd -- {}; cat >script; cat >/dev/null; {} -d script >messages 2>&1; echo $? >status",
                     shell_word(folder.name()), shell_word(program));
}

/// gnuplot 5.4 fills a band that leaves the axes where none is: its ends are taken to their edge.
void send_rows(Gnuplot& gnuplot, const Series& series, const Axis& y) {
  std::vector<std::tuple<double, double, double, double>> rows;
  for (const Point& point : series.points) {
    const auto within = [&](double end) {
      return series.mark == Mark::kBand && std::isfinite(end) ? std::clamp(end, y.low, y.high) : end;
    };
    rows.emplace_back(point.x, point.y, within(point.low), within(point.high));
  }
  gnuplot.send1d(rows);
}

void draw(const Plot& plot, ImageFormat format, const std::string& command, const std::string& image) {
  Gnuplot gnuplot(command);
  gnuplot << page_commands(plot, format, image);
  for (const Panel& panel : plot.panels) {
    gnuplot << panel_commands(plot, panel);
    for (const Series& series : panel.series) send_rows(gnuplot, series, panel.y);
  }
  gnuplot << "unset multiplot\nunset output\n";
}

/// The words that `file` holds, on one line; "" where there is none.
std::string text_of(const fs::path& file) {
  if (!fs::exists(file)) return "";
  const std::vector<std::string> lines = wrapped(read_file(file), kLongestMessage);
  return lines.empty() ? "" : lines.front();
}

/// A disk that is full cuts files short without a word from gnuplot.
bool is_complete(const fs::path& image, ImageFormat format) {
  if (!fs::exists(image)) return false;
  const std::string content = read_file(image);
  const std::string_view end = format == ImageFormat::kPng   ? std::string_view("IEND\xae\x42\x60\x82", 8)
                               : format == ImageFormat::kSvg ? "</svg>\n"
                                                             : "%%EOF\n";
  return content.size() > 1000 && content.find(end, content.size() - 64) != std::string::npos;
}

/// gnuplot names a bold font "sans:Bold" in an SVG, which no reader knows.
void name_fonts(const fs::path& image) {
  constexpr std::pair<std::string_view, std::string_view> kNames[] = {
      {"font-family=\"sans:Bold\"", "font-family=\"sans-serif\" font-weight=\"bold\""},
      {"font-family=\"sans\"", "font-family=\"sans-serif\""}};
  std::string content = read_file(image);
  for (const auto& [own, known] : kNames) {
    for (std::size_t at = content.find(own); at != std::string::npos;
         at = content.find(own, at + known.size()))
      content.replace(at, own.size(), known);
  }
  write_file_atomically(image, content);
}

/// Cairo writes the time into a PDF; the same plot has to give the same bytes.
void remove_date(const fs::path& image) {
  constexpr std::string_view kBefore = "/CreationDate (D:", kNone = "19700101000000Z";
  std::string content = read_file(image);
  const std::size_t found = content.rfind(kBefore);
  if (found == std::string::npos || found + kBefore.size() + kNone.size() > content.size()) return;
  content.replace(found + kBefore.size(), kNone.size(), kNone);
  write_file_atomically(image, content);
}

[[noreturn]] void fail(const fs::path& file, const std::string& program, const std::string& status,
                       const std::string& said) {
  if (status == "127" || status == "126") {
    throw EnvironmentError(
        fmt::format("can't draw {}: no program '{}' that runs; install the package gnuplot-nox{}",
                    file.string(), program, said.empty() ? "" : " (" + said + ")"));
  }
  if (said.empty()) {
    throw EnvironmentError(
        fmt::format("can't draw {}: gnuplot left no complete image; is the disk full?", file.string()));
  }
  throw EnvironmentError(
      fmt::format("can't draw {}: gnuplot (package gnuplot-nox) failed: {}", file.string(), said));
}

}  // namespace

void GnuplotRenderer::render(const Plot& plot, ImageFormat format, const fs::path& file) {
  const fs::path parent = file.has_parent_path() ? file.parent_path() : ".";
  make_folder(parent);
  const WorkFolder folder(parent);
  draw(plot, format, shell_command(program_, folder), "image");

  const std::string status = text_of(folder / "status");
  if (status != "0" || !is_complete(folder / "image", format)) {
    fail(file, program_, status, text_of(folder / "messages"));
  }
  if (format == ImageFormat::kPdf) remove_date(folder / "image");
  if (format == ImageFormat::kSvg) name_fonts(folder / "image");
  std::error_code error;
  fs::rename(folder / "image", file, error);
  if (error) throw EnvironmentError(fmt::format("can't write {}: {}", file.string(), error.message()));
}

}  // namespace rnnbench
