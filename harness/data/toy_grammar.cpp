#include "harness/data/toy_grammar.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace rnnbench {
namespace {

using Words = std::span<const std::string_view>;

constexpr std::array<std::string_view, 6> kGood = {"great",  "superb",   "lovely",
                                                   "clever", "charming", "funny"};
constexpr std::array<std::string_view, 6> kBad = {"awful", "boring", "dull", "clumsy", "stupid", "weak"};
constexpr std::array<std::string_view, 8> kPlain = {"long", "short",   "loud",   "quiet",
                                                    "dark", "foreign", "modern", "old"};
constexpr std::array<std::string_view, 12> kAspects = {"plot",   "acting",  "music", "script",
                                                       "ending", "cast",    "set",   "editing",
                                                       "story",  "costume", "pace",  "lighting"};
constexpr std::array<std::string_view, 4> kVerbs = {"was", "felt", "seemed", "looked"};
constexpr std::array<std::string_view, 4> kTails = {"overall", "to me", "in the end", "throughout"};

/// Which of two adjectives, one good and one bad, the reader should believe.
enum class Believe { kFirst, kLast };

/// {1} and {2} are the adjectives, {a} and {b} aspects, {v} and {w} verbs, {t} a tail. No adjective stands
/// next to punctuation: splitting at spaces alone must not tell where it stood.
struct Contrast {
  std::string_view text;
  Believe believe;
};
constexpr std::array<Contrast, 5> kContrasts = {{
    {"The {a} {v} {1} at first but the {b} {w} {2} {t}.", Believe::kLast},
    {"Although the {a} {v} {1} in places, the {b} {w} {2} {t}.", Believe::kLast},
    {"It was not {1} but {2} {t}.", Believe::kLast},
    {"The {a} {v} {1} and not {2} {t}.", Believe::kFirst},
    {"The {a} {v} {1} {t}, even though the {b} {w} {2} in places.", Believe::kFirst},
}};

/// {o} is a good or bad adjective, {p} a plain one; {m} and {n} before them are "not " and nothing, either
/// way round.
constexpr std::array<std::string_view, 2> kNegations = {
    "The {a} {v} {n}{p} and the {b} {w} {m}{o} {t}.",
    "The {a} {v} {m}{o} and the {b} {w} {n}{p} {t}.",
};
constexpr double kNegationShare = 0.25;

/// Sentences without an opinion, before and after the clause that decides.
constexpr std::array<std::string_view, 14> kFillers = {
    "I saw it on a Tuesday with my brother.",
    "It was shown at the festival in our town.",
    "The film runs for about two hours.",
    "My sister lent me the disc last winter.",
    "It takes place in a village near the sea.",
    "A young teacher meets a stranger on a train.",
    "Two friends travel across the land by bus.",
    "There were about thirty people in the room.",
    "The director has made three other films.",
    "We watched it at home after dinner.",
    "I had read the book years ago.",
    "The second half happens in a large city.",
    "Then a letter arrives from the capital.",
    "The tickets cost eight pounds each.",
};
constexpr double kNoLeadShare = 0.55;
constexpr double kShortLeadShare = 0.30;  // the rest has a long lead: the clause comes after word 20
constexpr int kLongLead = 3;
constexpr std::uint32_t kMostTrailing = 2;
constexpr double kBreakShare = 0.15;

using Slots = std::vector<std::pair<char, std::string_view>>;

std::string_view pick(Words words, RandomStream& random) {
  return words[random.below(static_cast<std::uint32_t>(words.size()))];
}

std::string fill(std::string_view pattern, const Slots& slots) {
  std::string text;
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    if (pattern[at] != '{') {
      text += pattern[at];
      continue;
    }
    for (const auto& [name, word] : slots) {
      if (name == pattern[at + 1]) text += word;
    }
    at += 2;
  }
  return text;
}

Slots draw_slots(RandomStream& random) {
  const std::uint32_t first = random.below(kAspects.size());
  const std::uint32_t other = (first + 1 + random.below(kAspects.size() - 1)) % kAspects.size();
  return {{'a', kAspects[first]},
          {'b', kAspects[other]},
          {'v', pick(kVerbs, random)},
          {'w', pick(kVerbs, random)},
          {'t', pick(kTails, random)}};
}

std::array<std::string, 2> draw_contrast(RandomStream& random) {
  const Contrast& contrast = kContrasts[random.below(kContrasts.size())];
  Slots good_first = draw_slots(random);
  Slots bad_first = good_first;
  const std::string_view good = pick(kGood, random);
  const std::string_view bad = pick(kBad, random);
  good_first.insert(good_first.end(), {{'1', good}, {'2', bad}});
  bad_first.insert(bad_first.end(), {{'1', bad}, {'2', good}});
  const bool first_counts = contrast.believe == Believe::kFirst;
  return {fill(contrast.text, first_counts ? bad_first : good_first),
          fill(contrast.text, first_counts ? good_first : bad_first)};
}

std::array<std::string, 2> draw_negation(RandomStream& random) {
  const std::string_view pattern = pick(kNegations, random);
  const bool good = random.below(2) == 1;
  Slots affirmed = draw_slots(random);
  affirmed.emplace_back('o', pick(good ? Words(kGood) : Words(kBad), random));
  affirmed.emplace_back('p', pick(kPlain, random));
  Slots negated = affirmed;
  affirmed.emplace_back('n', "not ");
  negated.emplace_back('m', "not ");
  return {fill(pattern, good ? negated : affirmed), fill(pattern, good ? affirmed : negated)};
}

std::uint32_t draw_lead(RandomStream& random) {
  const double share = random.uniform();
  if (share < kNoLeadShare) return 0;
  return share < kNoLeadShare + kShortLeadShare ? 1 : kLongLead;
}

}  // namespace

std::array<std::string, 2> draw_toy_twins(RandomStream& random) {
  const std::array<std::string, 2> clauses =
      random.uniform() < kNegationShare ? draw_negation(random) : draw_contrast(random);
  const std::uint32_t lead = draw_lead(random);
  const std::uint32_t trailing = lead == kLongLead ? 0 : random.below(kMostTrailing + 1);
  std::vector<std::string_view> fillers(kFillers.begin(), kFillers.end());
  shuffle(fillers, random);

  std::array<std::string, 2> reviews;
  for (std::uint32_t sentence = 0; sentence < lead + 1 + trailing; ++sentence) {
    const std::string_view gap = random.uniform() < kBreakShare ? "<br /><br />" : " ";
    for (std::size_t label = 0; label < 2; ++label) {
      if (sentence > 0) reviews[label] += gap;
      reviews[label] += sentence == lead ? std::string_view(clauses[label]) : fillers[sentence];
    }
  }
  return reviews;
}

}  // namespace rnnbench
