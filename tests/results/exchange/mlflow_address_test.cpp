#include "results/exchange/mlflow_address.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "harness/core/error.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;
using testing::Not;

MlflowAddress read(const std::string& url, std::map<std::string, std::string> variables = {}) {
  return mlflow_address(url, [&](const char* name) { return variables[name]; });
}

TEST(MlflowAddress, HasOriginAndPath) {
  EXPECT_EQ(read("http://127.0.0.1:5000").text(), "http://127.0.0.1:5000");
  EXPECT_EQ(read("http://127.0.0.1:5000").path, "");
  EXPECT_EQ(read("https://host/tracking/mlflow/").origin, "https://host");
  EXPECT_EQ(read("https://host/tracking/mlflow/").path, "/tracking/mlflow");
  EXPECT_EQ(read("http://[::1]:5000/").origin, "http://[::1]:5000");
  EXPECT_EQ(read("http://host").authorization, "");
}

TEST(MlflowAddress, SaysWhoAsks) {
  const MlflowAddress address =
      read("https://Aladdin:open%20sesame@host:1/x", {{"MLFLOW_TRACKING_USERNAME", "other"}});
  EXPECT_EQ(address.authorization, "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");  // the example of RFC 7617
  EXPECT_EQ(address.text(), "https://host:1/x");
  EXPECT_EQ(read("http://a@b:c@host").origin, "http://host");

  EXPECT_EQ(
      read("http://h", {{"MLFLOW_TRACKING_USERNAME", "Aladdin"}, {"MLFLOW_TRACKING_PASSWORD", "open sesame"}})
          .authorization,
      address.authorization);
  EXPECT_EQ(read("http://h", {{"MLFLOW_TRACKING_TOKEN", "abc"}}).authorization, "Bearer abc");
}

TEST(MlflowAddress, RefusesWhatIsNoneWithoutThePassword) {
  for (const char* url :
       {"", "host:5000", "ftp://host", "file:///tmp/mlruns", "sqlite:///mlflow.db", "http://", "http:///path",
        "http://:5000", "http://host:", "http://host:0", "http://host:70000", "http://host:5x",
        "http://host/a b", "http://host/\r\nX: y", "http://host/?a=1", "http://host/#/experiments/1",
        "http://u:secret%4@host", "http://u:secret@"}) {
    try {
      read(url);
      ADD_FAILURE() << url << " was taken";
    } catch (const ConfigError& error) {
      EXPECT_THAT(error.what(), HasSubstr("give an address like"));
      EXPECT_THAT(error.what(), Not(HasSubstr("secret"))) << url;
    }
  }
}

}  // namespace
}  // namespace rnnbench
