#pragma once

#include <span>
#include <string>
#include <string_view>

namespace rnnbench {

/// The candidate with the fewest edits (Levenshtein 1966) from `word`, or "" where none is near (more
/// than a third of the letters, at least two, would change).
std::string nearest(std::string_view word, std::span<const std::string> candidates);

/// "; did you mean 'X'?", "; known: a, b, c" or, without candidates, "; none is known …", for the end of an
/// error message.
std::string suggestion(std::string_view word, std::span<const std::string> candidates);

}  // namespace rnnbench
