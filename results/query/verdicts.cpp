#include "results/query/verdicts.hpp"

#include <fmt/format.h>

#include "results/query/compared_runs.hpp"
#include "results/query/plain_text.hpp"

namespace rnnbench {
namespace {

constexpr std::size_t kLongestLabel = 60;

JudgedSubject load_subject(Database& database, const Subject& subject) {
  return {subject.label, subject.trials.size(), load_judged_runs(database, subject.runs)};
}

const char* name_of(AccuracyVerdict::Test test) {
  switch (test) {
    case AccuracyVerdict::Test::kPairedT:
      return "paired t";
    case AccuracyVerdict::Test::kWelchT:
      return "Welch t";
    case AccuracyVerdict::Test::kMcNemar:
      break;
  }
  return "McNemar";
}

const char* name_of(ParityState parity) {
  switch (parity) {
    case ParityState::kSameEngine:
      return "same engine";
    case ParityState::kShown:
      return "shown";
    case ParityState::kNotShown:
      return "not shown";
    case ParityState::kRefuted:
      break;
  }
  return "refuted";
}

void adjust(std::vector<SubjectVerdict>& verdicts) {
  std::vector<Verdict> table;
  for (SubjectVerdict& each : verdicts) table.push_back(std::move(each.verdict));
  adjust_by_holm(table);
  for (std::size_t i = 0; i < table.size(); ++i) verdicts[i].verdict = std::move(table[i]);
}

}  // namespace

std::vector<SubjectVerdict> judge_subjects(Database& database, const std::vector<Subject>& subjects) {
  std::vector<SubjectVerdict> verdicts;
  const JudgedSubject first = load_subject(database, subjects.front());
  for (std::size_t i = 1; i < subjects.size(); ++i) {
    verdicts.push_back({subjects[i].label, first.label,
                        judge(compared_runs(database, first, load_subject(database, subjects[i])))});
  }
  adjust(verdicts);
  return verdicts;
}

std::vector<SubjectVerdict> judge_pairs(Database& database,
                                        const std::vector<std::pair<Subject, Subject>>& pairs) {
  std::vector<SubjectVerdict> verdicts;
  for (const auto& [first, second] : pairs) {
    verdicts.push_back(
        {second.label, first.label,
         judge(compared_runs(database, load_subject(database, first), load_subject(database, second)))});
  }
  adjust(verdicts);
  return verdicts;
}

std::string verdict_line(const SubjectVerdict& verdict) {
  const auto label = [](const std::string& text) { return cut_to_width(visible_text(text), kLongestLabel); };
  const std::string subject = label(verdict.subject);
  return fmt::format("{} against {}: {}", subject, label(verdict.against),
                     verdict_text(verdict.verdict, subject));
}

std::vector<VerdictFact> verdict_facts(const SubjectVerdict& verdict) {
  std::vector<VerdictFact> facts = {{"against", verdict.against}};
  if (const auto& accuracy = verdict.verdict.accuracy) {
    const auto add = [&](const char* name, TableCell value) { facts.push_back({name, value, accuracy->n}); };
    add("accuracy_points", accuracy->points);
    add("accuracy_low", accuracy->interval.low);
    add("accuracy_high", accuracy->interval.high);
    add("accuracy_p", accuracy->p);
    add("accuracy_p_holm", accuracy->deciding_p());
    add("accuracy_test", std::string(name_of(accuracy->test)));
    facts.push_back({"review_pairs_that_differ", accuracy->pairs_that_differ, accuracy->pairs_tested});
  }
  if (const auto& equivalence = verdict.verdict.equivalence) {
    facts.push_back({"accuracy_equivalent", std::int64_t{equivalence->shown() ? 1 : 0}, equivalence->n});
  }
  if (const auto& speed = verdict.verdict.speed) {
    facts.push_back({"time_ratio", speed->ratio, speed->n});
    facts.push_back({"time_ratio_low", speed->interval.low, speed->n});
    facts.push_back({"time_ratio_high", speed->interval.high, speed->n});
  }
  facts.push_back({"parity", std::string(name_of(verdict.verdict.parity))});
  for (const std::string& missing : verdict.verdict.missing) facts.push_back({"missing", missing});
  return facts;
}

}  // namespace rnnbench
