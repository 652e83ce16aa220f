#include "results/report/verdict_list.hpp"

#include <sstream>

#include "results/report/markdown.hpp"

namespace rnnbench {

std::string verdict_list(const std::vector<SubjectVerdict>& verdicts,
                         const std::vector<std::string>& labels) {
  std::string text;
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    std::istringstream lines(verdict_line(verdicts[i]));
    std::string begin = labels.empty() ? "- " : "- " + labels.at(i) + ": ";
    for (std::string line; std::getline(lines, line); begin = "  - ")
      text += begin + markdown_words(line) + '\n';
  }
  return text;
}

}  // namespace rnnbench
