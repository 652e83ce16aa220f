#include "harness/runner/command_spec.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/core/error.hpp"
#include "tests/support/temporary_folder.hpp"

namespace rnnbench {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

CommandSpec read(const std::string& json) {
  const Json table = Json::parse(json);
  const Origins origins = {{"", "x.toml:1"}};
  return read_command_spec(SettingsReader(table, "command", origins));
}

std::string refusal(const std::string& json) {
  try {
    read(json);
  } catch (const ConfigError& error) {
    return error.what();
  }
  return "accepted";
}

TEST(CommandSpec, FillsInSeedAndParameters) {
  const CommandSpec spec = read(
      R"({"run": ["p", "--u={units}", "{seed}{name}", "{{x}", "{list}"], "parameters": {"units": 64, "name": "a b", "list": [1, 2]}})");
  EXPECT_THAT(filled_in(spec, UINT64_MAX),
              ElementsAre("p", "--u=64", "18446744073709551615a b", "{x}", "[1,2]"));
}

TEST(CommandSpec, ComesBackFromItsJson) {
  CommandSpec spec = read(R"({"run": ["p"], "parameters": {"a": {"b": 1}}, "files": ["f"]})");
  spec.files["f"] = "12ab";
  const CommandSpec again = read(to_json(spec).dump());
  EXPECT_EQ(again.run, spec.run);
  EXPECT_EQ(again.parameters, spec.parameters);
  EXPECT_EQ(again.files, spec.files);
}

TEST(CommandSpec, RefusesWhatCannotBeRun) {
  EXPECT_THAT(refusal("{}"), HasSubstr("x.toml:1: command.run: missing"));
  EXPECT_THAT(refusal(R"({"run": []})"), HasSubstr("is empty"));
  EXPECT_THAT(refusal(R"({"run": "p"})"), HasSubstr("give a list"));
  EXPECT_THAT(refusal(R"({"run": ["p", 3]})"), HasSubstr("3 is no text"));
  EXPECT_THAT(refusal(R"({"run": [""]})"), HasSubstr("is no text"));
  EXPECT_THAT(refusal(R"({"run": ["p\u0000q"]})"), HasSubstr("is no text"));
  EXPECT_THAT(refusal(R"({"run": ["p", "{unit}"], "parameters": {"units": 1}})"),
              HasSubstr("'unit' in braces is no parameter"));
  EXPECT_THAT(refusal(R"({"run": ["p", "{"]})"), HasSubstr("'{' in braces is no parameter"));
  EXPECT_THAT(refusal(R"({"run": ["p"], "parameters": 3})"), HasSubstr("give a table"));
  EXPECT_THAT(refusal(R"({"run": ["p"], "file": []})"), HasSubstr("command.file"));
}

TEST(CommandSpec, KnowsTheContentOfItsFiles) {
  const TemporaryFolder folder;
  const std::string script = folder.write("script", "one").string();
  const std::string module = folder.write("module", "two").string();
  CommandSpec spec;
  spec.run = {"sh", script, "none"};
  spec.files[module] = "";
  identify_files(spec);
  EXPECT_EQ(spec.files.size(), 2U);
  const std::string before = spec.files.at(script);
  EXPECT_EQ(before.size(), 64U);
  EXPECT_EQ(spec.files.at(module).size(), 64U);
  folder.write("script", "changed");
  identify_files(spec);
  EXPECT_NE(spec.files.at(script), before);
  spec.files["no such file"] = "";
  EXPECT_THROW(identify_files(spec), EnvironmentError);
}

TEST(CommandSpec, SaysWhatIsWrongWithTheFirstLineOfAScript) {
  const TemporaryFolder folder;
  const auto obstacle = [&](const std::string& content) {
    const std::filesystem::path script = folder.write("script", content);
    std::filesystem::permissions(script, std::filesystem::perms::owner_all);
    return command_obstacle(read(Json{{"run", {script.string()}}}.dump()));
  };
  EXPECT_EQ(obstacle("#!/bin/sh\necho\n"), "");
  EXPECT_EQ(obstacle("#! /usr/bin/env sh\n"), "");
  EXPECT_EQ(obstacle("echo\n"), "");
  EXPECT_THAT(obstacle("#!/no/such/python\n"), HasSubstr("interpreter /no/such/python, which isn't there"));
  EXPECT_THAT(obstacle("#!/usr/bin/env no-such-python\n"), HasSubstr("wants no-such-python"));
  EXPECT_THAT(obstacle("#!/bin/sh\r\necho\r\n"), HasSubstr("carriage return"));
}

TEST(CommandSpec, SaysWhereThereIsNoProgram) {
  EXPECT_EQ(command_obstacle(read(R"({"run": ["sh"]})")), "");
  EXPECT_EQ(command_obstacle(read(R"({"run": ["/bin/sh"]})")), "");
  EXPECT_THAT(command_obstacle(read(R"({"run": ["no-such-program"]})")),
              HasSubstr("no program no-such-program in $PATH"));
  EXPECT_THAT(command_obstacle(read(R"({"run": ["/etc/passwd"]})")), HasSubstr("is no program"));
  EXPECT_THAT(command_obstacle(read(R"({"run": ["/tmp/"]})")), HasSubstr("is no program"));
}

}  // namespace
}  // namespace rnnbench
