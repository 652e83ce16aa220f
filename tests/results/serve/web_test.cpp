#include "results/serve/web.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/core/error.hpp"
#include "tests/support/thrown.hpp"

namespace rnnbench {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(FormValues, AreDecodedAndMayRepeat) {
  const UrlQuery query = form_values("s=a%2Cb&s=c+d&empty=&bare&%26=%3D");
  EXPECT_THAT(query.all("s"), ElementsAre("a,b", "c d"));
  EXPECT_TRUE(query.has("empty"));
  EXPECT_TRUE(query.has("bare"));
  EXPECT_EQ(query.get("&"), "=");
  EXPECT_EQ(query.get("none", "else"), "else");
}

TEST(FormValues, WhatIsDamagedStaysAsItIs) {
  EXPECT_EQ(form_values("a=%").get("a"), "%");
  EXPECT_EQ(form_values("a=%2").get("a"), "%2");
  EXPECT_EQ(form_values("a=%zz&&&=").get("a"), "%zz");
  EXPECT_EQ(form_values("").values.size(), 0U);
  EXPECT_EQ(form_values("a=%00").get("a"), std::string(1, '\0'));
}

TEST(UrlQuery, ItsTextIsReadBackAsTheSame) {
  UrlQuery query;
  query.values = {{"where", "test_accuracy>0.85"}, {"name", "a&b=c d+ü%"}};
  const UrlQuery again = form_values(query.text().substr(1));
  EXPECT_EQ(again.values, query.values);
  EXPECT_EQ(UrlQuery().text(), "");
}

TEST(UrlQuery, OneValueCanBeChangedOrTakenAway) {
  const UrlQuery query = form_values("a=1&b=2&b=3");
  EXPECT_EQ(query.with("b", "4").text(), "?a=1&b=4");
  EXPECT_EQ(query.with("b", "").text(), "?a=1");
}

TEST(UrlQuery, NumbersHaveBounds) {
  const UrlQuery query = form_values("n=12&bad=12x&big=99999999999999999999&low=0");
  EXPECT_EQ(query.number("n", 5, 1, 20), 12);
  EXPECT_EQ(query.number("none", 5, 1, 20), 5);
  for (const char* name : {"bad", "big", "low"})
    EXPECT_THAT(message_of<ConfigError>([&] { query.number(name, 5, 1, 20); }), HasSubstr("from 1 to 20"));
}

}  // namespace
}  // namespace rnnbench
