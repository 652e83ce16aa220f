#include <nlohmann/json.hpp>

#include "results/serve/site.hpp"

namespace rnnbench {
namespace {

using OrderedJson = nlohmann::ordered_json;

OrderedJson parameter(const char* name, const char* description, const char* type = "string",
                      bool repeats = false) {
  const OrderedJson one = {{"type", type}};
  return {{"name", name},
          {"in", "query"},
          {"description", description},
          {"schema", repeats ? OrderedJson{{"type", "array"}, {"items", one}} : one}};
}

OrderedJson answer(const char* description, const OrderedJson& schema) {
  const OrderedJson error = {
      {"description", "What is wrong, in words"},
      {"content", {{"application/json", {{"schema", {{"$ref", "#/components/schemas/Error"}}}}}}}};
  return {{"200", {{"description", description}, {"content", {{"application/json", {{"schema", schema}}}}}}},
          {"400", error},
          {"404", error},
          {"503", error}};
}

OrderedJson get(const char* summary, const OrderedJson& parameters, const OrderedJson& schema) {
  return {
      {"get", {{"summary", summary}, {"parameters", parameters}, {"responses", answer(summary, schema)}}}};
}

OrderedJson rows() { return {{"type", "array"}, {"items", {{"type", "object"}}}}; }

OrderedJson post(const char* summary, const OrderedJson& properties, const OrderedJson& required,
                 const OrderedJson& schema) {
  const OrderedJson body = {{"type", "object"}, {"properties", properties}, {"required", required}};
  return {{"summary", summary},
          {"requestBody", {{"required", true}, {"content", {{"application/json", {{"schema", body}}}}}}},
          {"responses", answer(summary, schema)}};
}

OrderedJson filters() {
  OrderedJson all = OrderedJson::array();
  for (const char* name : {"experiment", "engine", "cell", "device", "data_set", "status", "trial", "tag"})
    all.push_back(parameter(name, "runs of this alone"));
  all.push_back(
      parameter("where", "a condition as in `rnnbench list --where`: test_accuracy>0.85", "string", true));
  all.push_back(parameter("columns", "what is given, with commas between: run,cell,loss:validation"));
  all.push_back(parameter("sort", "test_accuracy:desc"));
  all.push_back(parameter("limit", "at most so many, to 1000", "integer"));
  return all;
}

OrderedJson run_path() {
  return {
      {"name", "run"}, {"in", "path"}, {"required", true}, {"schema", {{"type", "integer"}, {"minimum", 1}}}};
}

}  // namespace

std::string openapi_text() {
  const OrderedJson object = {{"type", "object"}};
  OrderedJson runs = filters();
  runs.push_back(parameter("before", "runs of a lower number", "integer"));
  OrderedJson groups = filters();
  groups.push_back(parameter("group", "what runs are grouped by, with commas between: engine,cell"));
  const OrderedJson subjects = {
      parameter("s", "a run, the beginning of a trial's key, or conditions; two to 50", "string", true)};
  const OrderedJson sql_answer = {{"type", "object"},
                                  {"properties", {{"cut", {{"type", "boolean"}}}, {"rows", rows()}}},
                                  {"required", {"cut", "rows"}}};
  OrderedJson query = get("One SQLite statement that only reads; at most 10,000 rows and 5 seconds",
                          OrderedJson::array({parameter("sql", "the statement")}), sql_answer);
  query["post"] =
      post("The same with the statement in the body", {{"sql", {{"type", "string"}}}}, {"sql"}, sql_answer);
  const OrderedJson review_answer = {{"type", "object"},
                                     {"required", {"call", "positive", "words", "known_words", "worth"}}};
  const OrderedJson one_run = OrderedJson::array({run_path()});
  const OrderedJson description = {
      {"openapi", "3.1.0"},
      {"info",
       {{"title", "rnnbench"},
        {"version", "1"},
        {"description",
         "What a results database holds, as the command line answers it. Where the server has a token, send "
         "it as `Authorization: Bearer TOKEN`."}}},
      {"paths",
       {{"/api/v1/experiments", get("Experiments, the newest first", OrderedJson::array(), rows())},
        {"/api/v1/runs", get("Runs, the newest first", runs,
                             {{"type", "object"},
                              {"properties", {{"all", {{"type", "integer"}}}, {"runs", rows()}}},
                              {"required", {"all", "runs"}}})},
        {"/api/v1/groups", get("Groups of runs over seeds: mean, standard deviation and n", groups, rows())},
        {"/api/v1/runs/{run}", get("Everything about one run", one_run, object)},
        {"/api/v1/runs/{run}/curves",
         get("Accuracy and loss by epoch: rows of lowest, mean, highest", one_run, object)},
        {"/api/v1/runs/{run}/events",
         {{"get",
           {{"summary",
             "What a running run records, as server-sent events: epoch (the curves), output (the last lines "
             "of its process, as JSON) and end (its status)"},
            {"parameters", one_run},
            {"responses",
             {{"200",
               {{"description", "A stream"},
                {"content", {{"text/event-stream", OrderedJson::object()}}}}}}}}}}},
        {"/api/v1/compare", get("Runs, trials or groups side by side, with verdicts", subjects, rows())},
        {"/api/v1/compare/curves", get("Their curves", subjects, object)},
        {"/api/v1/claims", get("Published results with verdicts", OrderedJson::array(), rows())},
        {"/api/v1/figures",
         get("Figures that /figures/NAME.svg?experiment=… draws", OrderedJson::array(), rows())},
        {"/api/v1/query", query},
        {"/api/v1/review",
         {{"post",
           post("What a run's model says of a review, and what each word is worth",
                {{"run", {{"type", "integer"}}}, {"text", {{"type", "string"}, {"maxLength", 20000}}}},
                {"run", "text"}, review_answer)}}}}},
      {"components",
       {{"schemas",
         {{"Error",
           {{"type", "object"},
            {"properties", {{"error", {{"type", "string"}}}}},
            {"required", {"error"}}}}}}}}};
  return description.dump(2) + "\n";
}

}  // namespace rnnbench
