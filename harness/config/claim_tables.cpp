#include "harness/config/claim_tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace rnnbench {
namespace {

const std::vector<std::string> kMetrics = {"accuracy", "loss"};
const std::vector<std::string> kSplits = {"train", "validation", "test"};
constexpr double kMostLoss = 1e6;

std::string some_text(SettingsReader& reader, const std::string& key, const char* remedy) {
  std::string text = reader.text(key);
  if (text.empty()) reader.fail(key, remedy);
  return text;
}

std::string read_id(SettingsReader& reader, const std::string& key) {
  std::string id = reader.text(key);
  const bool plain = id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos;
  if (id.empty() || !plain) {
    reader.fail(key, "use lower-case letters, digits and '-', as in \"keras-lstm60\"");
  }
  return id;
}

/// An accuracy is a fraction; "86.13" is the usual slip.
double most_of(const std::string& metric) { return metric == "accuracy" ? 1 : kMostLoss; }

ReportedFigure read_figure(SettingsReader reader) {
  ReportedFigure figure;
  figure.metric = reader.choice("metric", kMetrics, "accuracy");
  figure.split = reader.choice("split", kSplits, "test");
  figure.epoch = reader.choice("epoch", {"last", "best"}, "last") == "best" ? ReportedFigure::Epoch::kBest
                                                                            : ReportedFigure::Epoch::kLast;
  figure.value = reader.number("value", 0, most_of(figure.metric));
  figure.printed = some_text(reader, "printed", "give the figure as the source prints it, as in \"86.13 %\"");
  figure.rounding = reader.number("rounding", 0, most_of(figure.metric));
  figure.margin = reader.number("margin", 0, most_of(figure.metric));
  if (figure.margin == 0) reader.fail("margin", "is 0, which no mean of runs can meet; give a larger one");
  figure.reason = some_text(reader, "reason", "say why the margin is what it is, before the runs");
  reader.finish();
  return figure;
}

ReportedCurve read_curve(SettingsReader reader) {
  ReportedCurve curve;
  curve.metric = reader.choice("metric", kMetrics, "accuracy");
  curve.split = reader.choice("split", kSplits, "test");
  curve.rounding = reader.number("rounding", 0, most_of(curve.metric));
  const Json& values = reader.value("values");
  const auto fits = [&](const Json& value) {
    return value.is_number() && value >= Json(0) && value <= Json(most_of(curve.metric));
  };
  if (!values.is_array() || values.empty() || !std::all_of(values.begin(), values.end(), fits)) {
    reader.fail("values",
                fmt::format("give a list of numbers from 0 to {}, one an epoch", most_of(curve.metric)));
  }
  curve.values = values.get<std::vector<double>>();
  reader.finish();
  return curve;
}

std::vector<std::string> read_texts(SettingsReader& reader, const std::string& key) {
  if (!reader.has(key)) return {};
  const Json& texts = reader.value(key);
  const auto fits = [](const Json& text) {
    return text.is_string() && !text.get_ref<const std::string&>().empty();
  };
  if (!texts.is_array() || !std::all_of(texts.begin(), texts.end(), fits)) {
    reader.fail(key, "give a list of texts, as in [\"other word vectors\"]");
  }
  return texts.get<std::vector<std::string>>();
}

}  // namespace

std::optional<Claim> read_claim(SettingsReader& experiment) {
  if (!experiment.has("claim")) return std::nullopt;
  SettingsReader reader = experiment.table("claim");
  Claim claim;
  claim.id = read_id(reader, "id");
  claim.source = some_text(reader, "source", "say who reports the figure");
  for (SettingsReader& figure : reader.tables("figures"))
    claim.figures.push_back(read_figure(std::move(figure)));
  if (claim.figures.empty()) reader.fail("figures", "give what is reported, each a [[claim.figures]]");
  for (SettingsReader& curve : reader.tables("curves")) claim.curves.push_back(read_curve(std::move(curve)));
  if (reader.has("parameters")) {
    claim.parameters = reader.integer("parameters", 1, std::numeric_limits<long>::max());
  }
  claim.test_reviews = reader.integer("test_reviews", 1, std::numeric_limits<int>::max());
  claim.deviations = read_texts(reader, "deviations");
  reader.finish();
  return claim;
}

std::optional<BesideClaim> read_beside(SettingsReader& experiment) {
  if (!experiment.has("beside")) return std::nullopt;
  SettingsReader reader = experiment.table("beside");
  BesideClaim beside;
  beside.claim = read_id(reader, "claim");
  reader.text("kind");
  const std::vector<std::string> kinds = {"clean", "substitute", "explained", "baseline", "footing", "begun"};
  const std::string kind = reader.choice("kind", kinds, "");
  beside.kind = static_cast<BesideClaim::Kind>(std::find(kinds.begin(), kinds.end(), kind) - kinds.begin());
  beside.what = some_text(reader, "what", "say what differs from the claim");
  reader.finish();
  return beside;
}

}  // namespace rnnbench
