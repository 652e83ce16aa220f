// The API and its description say the same.
#include <nlohmann/json.hpp>

#include "tests/results/serve/site_fixture.hpp"

namespace rnnbench {
namespace {

using Json = nlohmann::json;

std::string example_of(std::string path) {
  if (const std::size_t at = path.find("{run}"); at != std::string::npos) path.replace(at, 5, "1");
  if (path.ends_with("/groups")) path += "?group=engine";
  if (path.ends_with("/compare") || path.ends_with("/compare/curves")) path += "?s=1&s=2";
  if (path.ends_with("/query")) path += "?sql=SELECT+1";
  return path;
}

/// Whether a value is of the schema's type, with the properties that it requires.
bool fits(const Json& value, const Json& schema) {
  const std::string type = schema.value("type", "");
  if (type == "array" && !value.is_array()) return false;
  if (type == "object" && !value.is_object()) return false;
  for (const Json& name : schema.value("required", Json::array())) {
    if (!value.contains(name.get<std::string>())) return false;
  }
  return true;
}

TEST_F(SiteTest, EveryPathOfTheDescriptionIsAnsweredAsItSays) {
  const Json description = Json::parse(openapi_text());
  EXPECT_EQ(description["openapi"], "3.1.0");
  for (const auto& [path, methods] : description["paths"].items()) {
    if (!methods.contains("get") || path.ends_with("/events")) continue;
    const WebResponse answer = get(example_of(path));
    EXPECT_EQ(answer.status, 200) << path << answer.body;
    const Json& schema = methods["get"]["responses"]["200"]["content"]["application/json"]["schema"];
    EXPECT_TRUE(fits(Json::parse(answer.body), schema)) << path << answer.body;
  }
  const WebResponse review = post("/api/v1/review", R"({"run": 1, "text": "good"})");
  const Json& schema = description["paths"]["/api/v1/review"]["post"]["responses"]["200"]["content"]
                                  ["application/json"]["schema"];
  EXPECT_TRUE(fits(Json::parse(review.body), schema));
}

TEST_F(SiteTest, EveryErrorIsOfTheDescribedForm) {
  const Json schema = Json::parse(openapi_text())["components"]["schemas"]["Error"];
  for (const char* address : {"/api/v1/runs/99", "/api/v1/runs?sort=nonsense", "/api/v1/query?sql=x",
                              "/api/v1/compare", "/api/v1/groups", "/api/v1/runs?limit=x", "/api/v1/nothing"})
    EXPECT_TRUE(fits(Json::parse(get(address).body), schema)) << address;
}

}  // namespace
}  // namespace rnnbench
