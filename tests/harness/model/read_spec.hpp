#pragma once

#include <gmock/gmock.h>

#include <string>

#include "harness/core/error.hpp"
#include "harness/core/settings.hpp"
#include "harness/model/training_spec.hpp"
#include "tests/support/thrown.hpp"

namespace rnnbench {

inline TrainingSpec read_training(const std::string& json) {
  static const Origins kOrigins;
  return read_training_spec(SettingsReader(Json::parse(json), "training", kOrigins));
}

/// `read` must refuse these settings with a ConfigError that says the place and the reason.
template <typename Read>
void expect_refused(Read read, const std::string& json, const std::string& place, const std::string& reason) {
  EXPECT_THAT(message_of<ConfigError>([&] { read(json); }),
              testing::AllOf(testing::HasSubstr(place), testing::HasSubstr(reason)))
      << json;
}

}  // namespace rnnbench
