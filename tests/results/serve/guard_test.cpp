// Catches: a page of another name that resolves to this machine, a form of another site, a token that is
// compared by its beginning alone or not at all.
#include "results/serve/guard.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rnnbench {
namespace {

WebRequest from(const std::string& host) {
  WebRequest request;
  request.host = host;
  return request;
}

int status_of(const WebRequest& request, const Access& access) {
  const auto refusal = refuse(request, access);
  return refusal ? refusal->status : 200;
}

const Access kHere{"127.0.0.1", 8437, ""};

TEST(Guard, KnowsItsOwnNames) {
  for (const char* host : {"localhost:8437", "127.0.0.1:8437", "[::1]:8437", "LOCALHOST:8437"})
    EXPECT_EQ(status_of(from(host), kHere), 200) << host;
  for (const char* host :
       {"evil.example:8437", "127.0.0.1.evil.example:8437", "", "localhost", "localhost:80",
        "localhost:84370", "localhost:8437:8437", ":8437", "[::1]", "169.254.169.254:8437"})
    EXPECT_EQ(status_of(from(host), kHere), 421) << host;
}

TEST(Guard, KnowsTheAddressThatItListensAt) {
  EXPECT_EQ(status_of(from("127.0.0.2:8437"), {"127.0.0.2", 8437, ""}), 200);
  EXPECT_EQ(status_of(from("127.0.0.2:8437"), kHere), 421);
}

TEST(Guard, RefusesFormsOfOtherSites) {
  WebRequest request = from("localhost:8437");
  request.origin = "http://localhost:8437";
  EXPECT_EQ(status_of(request, kHere), 200);
  for (const char* origin :
       {"http://evil.example", "null", "https://localhost:8437", "http://localhost:8438"}) {
    request.origin = origin;
    EXPECT_EQ(status_of(request, kHere), 403) << origin;
  }
}

TEST(Guard, OtherSitesMayLinkAndNoMore) {
  WebRequest request = from("localhost:8437");
  request.fetch_site = "cross-site";
  request.fetch_mode = "navigate";
  EXPECT_EQ(status_of(request, kHere), 200);
  request.fetch_mode = "no-cors";
  EXPECT_EQ(status_of(request, kHere), 403);
  request.fetch_site = "same-origin";
  EXPECT_EQ(status_of(request, kHere), 200);
}

TEST(Guard, TheTokenComesInTheAddressAHeaderOrACookie) {
  const Access access{"192.0.2.1", 8437, "secret"};
  WebRequest request = from("machine.example:8437");
  EXPECT_EQ(status_of(request, access), 401);
  request.query.values = {{"token", "secret"}};
  EXPECT_EQ(status_of(request, access), 200);
  request.query.values = {{"token", "secre"}};
  EXPECT_EQ(status_of(request, access), 401);
  request.authorization = "Bearer secret";
  EXPECT_EQ(status_of(request, access), 200);
  request.authorization = "bearer secret";  // a scheme's name has no case
  EXPECT_EQ(status_of(request, access), 200);
  request.authorization = "Basic secret";
  EXPECT_EQ(status_of(request, access), 401);
  request = from("machine.example:8437");
  request.cookie = "a=b; rnnbench_token_8437=secret; c=d";
  EXPECT_EQ(status_of(request, access), 200);
  request.cookie = "rnnbench_token_8437=secrets";
  EXPECT_EQ(status_of(request, access), 401);
  request.cookie = "rnnbench_token_80=secret";
  EXPECT_EQ(status_of(request, access), 401);
  request.cookie = "rnnbench_token_8437=of-an-earlier-start";
  request.query.values = {{"token", "secret"}};
  EXPECT_EQ(status_of(request, access), 200) << "an old cookie stands in nobody's way";
}

TEST(IsSameSecret, ComparesAllOfIt) {
  EXPECT_TRUE(is_same_secret("abc", "abc"));
  for (const char* other : {"", "ab", "abcd", "abd", "xbc", "abcabc"})
    EXPECT_FALSE(is_same_secret(other, "abc")) << other;
  EXPECT_FALSE(is_same_secret("a", ""));
}

TEST(IsLoopback, IsThisMachineAlone) {
  for (const char* address : {"127.0.0.1", "127.1.2.3", "::1", "localhost"})
    EXPECT_TRUE(is_loopback(address));
  for (const char* address : {"0.0.0.0", "192.168.1.1", "::", "example.org"})
    EXPECT_FALSE(is_loopback(address));
}

}  // namespace
}  // namespace rnnbench
