#include "harness/config/experiment_labels.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/harness/config/small_experiment_file.hpp"

namespace rnnbench {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

TEST(ExperimentLabels, AreReadFromTheFile) {
  const ExperimentFile file = parse("tags = [\"paper\", \"lstm\"]\nnote = \"two\\nlines\"\n");
  EXPECT_THAT(file.tags, ElementsAre("paper", "lstm"));
  EXPECT_EQ(file.note, "two\nlines");
  EXPECT_THAT(parse("").tags, IsEmpty());
  EXPECT_EQ(parse("", {"note=n"}).note, "n");
}

TEST(ExperimentLabels, RefuseTagsThatAreNoWords) {
  for (const char* tags :
       {"\"paper\"", "[3]", "[\"\"]", "[\"a b\"]", "[\"a\\u001b[31m\"]", "[\"a\\n\"]", "[[]]"}) {
    EXPECT_THAT(refusal("tags = " + std::string(tags) + "\n"), StartsWith("dir/x.toml:5: tags: ")) << tags;
  }
  EXPECT_THAT(refusal("tags = [\"a\", \"a\"]\n"), HasSubstr("\"a\" stands there twice"));
  EXPECT_THAT(refusal("tags = [\"" + std::string(101, 'x') + "\"]\n"), HasSubstr("at most 100 bytes"));
  EXPECT_NO_THROW(parse("tags = [\"<b>\", \"';DROP\", \"\u00e4\"]\n"));
  EXPECT_THAT(message_of<ConfigError>([] { require_tag("\xff", "--tag"); }),
              StartsWith("--tag: a tag is one word"));
}

TEST(ExperimentLabels, RefuseNotesThatAreTooLongOrNoText) {
  EXPECT_THAT(refusal("note = [\"a\"]\n"), StartsWith("dir/x.toml:5: note: expected a text"));
  EXPECT_THAT(message_of<ConfigError>([] { require_note(std::string(10'001, 'x'), "--note"); }),
              HasSubstr("this one has 10001"));
  EXPECT_THAT(message_of<ConfigError>([] { require_note("\xff", "--note"); }), HasSubstr("other bytes"));
}

}  // namespace
}  // namespace rnnbench
