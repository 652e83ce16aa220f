#include "results/exchange/mlflow_client.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/results/exchange/fake_mlflow.hpp"
#include "tests/support/thrown.hpp"

namespace rnnbench {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class MlflowClientTest : public testing::Test {
 protected:
  MlflowClient client(std::size_t most_bytes = MlflowClient::kMostOfAnAnswer) {
    return MlflowClient(mlflow_address(fake_.url(), [](const char*) { return std::string(); }), {},
                        {std::chrono::milliseconds(10), std::chrono::milliseconds(20)}, most_bytes);
  }

  /// Answers every call with 429 and that wish.
  void overload(const std::string& retry_after) {
    fake_.before = [retry_after](const std::string&, httplib::Response& response) {
      response.status = 429;
      response.set_header("Retry-After", retry_after);
      return true;
    };
  }

  FakeMlflow fake_;
};

// Catches: pauses as long as a server says, five times over.
TEST_F(MlflowClientTest, WaitsNoLongerInAllThanItsPausesWhateverTheServerWishes) {
  for (const char* wish : {"30", "999999999999", "99999999999999999999999", "-1", "tomorrow"}) {
    overload(wish);
    const auto start = std::chrono::steady_clock::now();
    EXPECT_THAT(message_of<MlflowOutage>([&] { client().post("runs/search", Json::object()); }),
                HasSubstr("answers 429"));
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5)) << wish;
  }
}

// Catches: pauses within pauses, which multiply.
TEST_F(MlflowClientTest, DoesNotRepeatACallWithinWhatItRepeats) {
  overload("0");
  MlflowClient calling = client();
  EXPECT_THROW(calling.patiently([&] { return calling.post("runs/search", Json::object()); }), MlflowOutage);
  EXPECT_EQ(fake_.calls.size(), 3U);
  EXPECT_THROW(calling.post("runs/search", Json::object()), MlflowOutage);
  EXPECT_EQ(fake_.calls.size(), 6U) << "and is patient again afterwards";
}

// Catches: an answer that takes all memory.
TEST_F(MlflowClientTest, RefusesAnAnswerWithoutEnd) {
  fake_.before = [](const std::string&, httplib::Response& response) {
    response.set_chunked_content_provider("application/json", [](std::size_t, httplib::DataSink& sink) {
      return sink.write("[         ", 10);
    });
    return true;
  };
  for (int call = 0; call < 2; ++call) {
    EXPECT_THAT(message_of<EnvironmentError>([&] { client(100'000).post("runs/search", Json::object()); }),
                AllOf(HasSubstr("answers runs/search with more than 100000 bytes"), Not(HasSubstr("broke"))));
  }
  EXPECT_EQ(fake_.calls.size(), 2U) << "it isn't asked again";
}

TEST_F(MlflowClientTest, TakesAnAnswerOfAsManyBytesAsItMayHave) {
  const std::string text = R"({"runs":[]})";
  fake_.before = [&](const std::string&, httplib::Response& response) {
    response.set_content(text, "application/json");
    return true;
  };
  EXPECT_EQ(client(text.size()).get("runs/get", {{"run_id", "a b&c"}}), Json::parse(text));
  EXPECT_THROW(client(text.size() - 1).get("runs/get", {}), EnvironmentError);
}

}  // namespace
}  // namespace rnnbench
