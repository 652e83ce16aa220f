#pragma once

#include <string>
#include <vector>

#include "results/query/table_format.hpp"

namespace rnnbench {

/// One table of an answer that has several.
struct TableSection {
  std::string name;                     ///< a word, for --only and as the key in JSON
  std::string title;                    ///< a line above it, where people read it
  Table table;                          ///< whole, for programs
  std::vector<std::string> notes = {};  ///< lines below it, where people read it
  std::size_t most_rows = 0;            ///< that people are shown; 0: all
  std::size_t widest_text = 0;          ///< columns of a text that people are shown; 0: all
};

/// The sections as text that ends with a line end; only those named in `only`, in the answer's order, where
/// it has any. JSON is an object with an array a section. CSV holds one section: throws ConfigError where
/// there are more, and for a name that no section has. `also` are lines above it all, for people.
std::string format_sections(const std::vector<TableSection>& sections, const std::vector<std::string>& only,
                            TableFormat format, const std::vector<std::string>& also = {});

}  // namespace rnnbench
