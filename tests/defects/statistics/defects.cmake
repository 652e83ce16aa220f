# What is broken on purpose: kind, file of harness/statistics, the right expression, the wrong one. Each
# expression must stand exactly once in its file, so that this list can't fall behind.

plant_defect(nan-let-through sample.cpp [[!std::isfinite(v)]] [[false]])
plant_defect(rounding-taken-for-spread sample.cpp [[deviation <= kRounding * scale]] [[deviation <= 0]])
plant_defect(variance-with-n moments.cpp
  [[squares / static_cast<double>(n - 1)]] [[squares / static_cast<double>(n)]])

plant_defect(interval-of-one-side mean_intervals.cpp [[(1 - confidence) / 2]] [[1 - confidence]])
plant_defect(interval-with-n-degrees mean_intervals.cpp [[n - 1]] [[n]])
plant_defect(prediction-without-the-mean mean_intervals.cpp
  [[std::sqrt(1 / n + more)]] [[std::sqrt(more == 0 ? 1 / n : more)]])
plant_defect(alike-sample-judged mean_intervals.cpp [[are_alike(deviation, largest_magnitude(values))]] [[false]])

plant_defect(order-statistic-one-off order_statistics.cpp
  [[static_cast<double>(rank - 1)]] [[static_cast<double>(rank)]])
plant_defect(upper-order-statistic-one-off order_statistics.cpp
  [[n + 1 - largest_rank(n, 1 - probability, tail)]] [[n - largest_rank(n, 1 - probability, tail)]])
plant_defect(whole-level-in-each-tail order_statistics.cpp [[(1 - confidence) / 2]] [[1 - confidence]])

plant_defect(bootstrap-bias-turned-round bootstrap.cpp
  [[normal_quantile(below / static_cast<double>(results.size()))]]
  [[-normal_quantile(below / static_cast<double>(results.size()))]])
plant_defect(bootstrap-acceleration-turned-round bootstrap.cpp [[1 - a * z]] [[1 + a * z]])
plant_defect(bootstrap-seed-ignored bootstrap.cpp [[options.seed]] [[std::uint64_t{1}]])

plant_defect(one-sided-t t_tests.cpp
  [[2 * cdf(complement(student, std::abs(t)))]]
  [[cdf(complement(student,std::abs(t)))]])
plant_defect(t-doubled-twice t_tests.cpp
  [[2 * cdf(complement(student, std::abs(t)))]]
  [[4*cdf(complement(student, std::abs(t)))]])
plant_defect(standard-error-without-n t_tests.cpp [[moments.variance() / n]] [[moments.variance()]])
plant_defect(difference-turned-round t_tests.cpp [[b.mean - a.mean]] [[a.mean - b.mean]])
plant_defect(degrees-of-pooled-variances t_tests.cpp
  [[1 / (a * a / static_cast<double>(first_n - 1) + b * b / static_cast<double>(second_n - 1))]]
  [[static_cast<double>(first_n + second_n - 2)]])
plant_defect(smaller-p-of-two-one-sided equivalence.cpp [[std::max(below, above)]] [[std::min(below, above)]])

plant_defect(ties-ignored ranks.cpp
  [=[values[order[end]] - values[order[end - 1]] <= tolerance]=] [[false]])
plant_defect(one-sided-p ranks.cpp
  [[std::min(1.0, 2 * std::min(tails.at_most, tails.at_least))]] [[std::min(tails.at_most, tails.at_least)]])
plant_defect(one-sided-p-doubled-wrongly ranks.cpp
  [[std::min(1.0, 2 * std::min(tails.at_most, tails.at_least))]] [[std::min(1.0, 2 * tails.at_least)]])
plant_defect(p-above-one ranks.cpp
  [[std::min(1.0, 2 * std::min(tails.at_most, tails.at_least))]] [[2 * std::min(tails.at_most, tails.at_least)]])
plant_defect(own-point-left-out ranks.cpp [[at + 1]] [[at]])
plant_defect(too-few-scores-chosen ranks.cpp [[chosen - (n - 1 - i)]] [[chosen - (n - 2 - i)]])
plant_defect(score-used-twice ranks.cpp [[--size]] [[size -= 2]])

plant_defect(ties-ignored-in-the-variance rank_tests.cpp
  [[m * (n - m) / (n * (n - 1)) * squares]] [[m * (n - m) * (n + 1) / 3]])
plant_defect(no-continuity-correction rank_tests.cpp
  [[std::abs(doubled_distance) - 1]] [[std::abs(doubled_distance)]])
plant_defect(few-ranks-by-the-normal-distribution rank_tests.cpp [[values.size() <= kLargestExact]] [[false]])
plant_defect(few-signed-ranks-by-the-normal-distribution rank_tests.cpp
  [[ranks.doubled.size() <= kLargestExact]] [[false]])
plant_defect(signed-variance-doubled rank_tests.cpp [[squares / 4]] [[squares / 2]])
plant_defect(zeros-counted rank_tests.cpp [[sizes[i] <= tolerance]] [[false]])
plant_defect(ties-broken-by-rounding rank_tests.cpp [[doubled_ranks(sizes, tolerance)]] [[doubled_ranks(sizes)]])

plant_defect(ratio-turned-round timing_ratio.cpp
  [[paired_t_test(logarithms(first), logarithms(second), confidence)]]
  [[paired_t_test(logarithms(second), logarithms(first), confidence)]])
plant_defect(standing-clock-judged timing_ratio.cpp [[seconds <= 0]] [[false]])

plant_defect(one-sided-mcnemar mcnemar.cpp
  [[2 * cdf(even, fewer)]] [[cdf(even, fewer)]])
plant_defect(mid-p-less-a-whole-point mcnemar.cpp
  [[twice - pdf(even, fewer)]] [[twice - 2 * pdf(even, fewer)]])
plant_defect(agreeing-reviews-counted mcnemar.cpp
  [=[first_right[i] && !second_right[i]]=] [=[first_right[i]]=])
plant_defect(share-of-the-first mcnemar.cpp
  [[clopper_pearson(second_only, test.discordant(), confidence)]]
  [[clopper_pearson(first_only, test.discordant(), confidence)]])

plant_defect(adjusted-p-falls holm.cpp
  [=[std::max(largest, static_cast<double>(order.size() - i) * *p_values[order[i]])]=]
  [=[static_cast<double>(order.size()-i) * *p_values[order[i]]]=])
plant_defect(bonferroni-for-all holm.cpp [[order.size() - i]] [[order.size()]])
plant_defect(adjusted-p-above-one holm.cpp [[std::min(1.0, largest)]] [[largest]])

plant_defect(small-sample-correction-left-out effect_sizes.cpp
  [[unbiased * test->difference / pooled]] [[test->difference / pooled]])
plant_defect(cliffs-delta-without-its-centre effect_sizes.cpp
  [[2 * test->statistic / pairs - 1]] [[test->statistic / pairs]])
plant_defect(power-with-n-degrees sample_size.cpp [[static_cast<double>(n - 1)]] [[static_cast<double>(n)]])
plant_defect(power-without-a-square sample_size.cpp
  [[std::pow(deviation / half_width, 2)]] [[deviation / half_width]])

plant_defect(rise-not-seen step_change.cpp [[std::abs(u) > best.k]] [[std::max(u, std::int64_t{0}) > best.k]])
plant_defect(step-ranks-without-their-mean step_change.cpp
  [[doubled_ranks[i] - (n + 1)]] [[doubled_ranks[i] - n]])
plant_defect(p-of-zero step_change.cpp
  [[(1.0 + as_large) / (1.0 + draws)]] [[static_cast<double>(as_large) / draws]])

plant_defect(seeds-paired-by-place verdict.cpp
  [[second.find(seed)]] [[std::next(second.begin(), std::min<std::ptrdiff_t>(pairs.first.size(), second.size()))]])
plant_defect(equivalence-without-its-pairs verdict.cpp
  [[points.are_pairs ? paired_equivalence : welch_equivalence]] [[welch_equivalence]])
plant_defect(mcnemar-turned-round verdict.cpp
  [[counts.second_only - counts.first_only]] [[counts.first_only - counts.second_only]])
plant_defect(speed-without-parity verdict.cpp
  [[runs.parity == ParityState::kNotShown]] [[false]])
plant_defect(holm-left-out-of-the-words verdict_text.cpp
  [[accuracy.deciding_p() > kLevel]] [[accuracy.p > kLevel]])
plant_defect(more-said-for-less verdict_text.cpp [[accuracy.points > 0]] [[true]])
plant_defect(faster-said-for-slower verdict_text.cpp [[speed.ratio > 1]] [[speed.ratio < 1]])
