#pragma once

#include <cstdint>

#include "results/errors/test_texts.hpp"
#include "results/errors/tested_reviews.hpp"
#include "results/query/table_sections.hpp"

namespace rnnbench {

// The parts of an error analysis. What a subject of several runs calls a review is what the mean of their
// probabilities says, unless something else is stated.

/// Section `classification`: precision, recall, F1 and support by class, macro and weighted averages; means
/// over a subject's runs.
TableSection classification_section(const TestedReviews& tested);

/// Section `totals`: accuracy, AUC and the confusion matrix, means over a subject's runs; and the accuracy of
/// their mean probability.
TableSection totals_section(const TestedReviews& tested);

/// Section `sample`: `count` reviews drawn with `seed`, in the order drawn.
TableSection sample_section(const TestedReviews& tested, const TestTexts& texts, std::size_t count,
                            std::uint64_t seed);

/// Section `disagreements`: the reviews that not all subjects call the same, those first whose probabilities
/// lie farthest apart; how many each subject and the first alone called right, with McNemar's exact p.
TableSection disagreements_section(const TestedReviews& tested, const TestTexts& texts);

/// Section `groups`: accuracy by length, stars, negation and contrast words, with n and Wilson's interval of
/// 95 %. Empty without texts.
TableSection groups_section(const TestedReviews& tested, const TestTexts& texts);

/// Section `calibration`: reliability by bins of the probability, and the calibration error.
TableSection calibration_section(const TestedReviews& tested);

/// Section `always-wrong`: the reviews that every run calls wrong, the surest mistakes first; and how many
/// there would be if the runs erred independently of each other.
TableSection always_wrong_section(const TestedReviews& tested, const TestTexts& texts);

}  // namespace rnnbench
