#include "harness/data/word_vectors.hpp"

#include <gmock/gmock.h>

#include <cmath>
#include <cstring>
#include <limits>

#include "harness/core/error.hpp"
#include "tests/harness/data/review_files.hpp"

namespace rnnbench {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();

std::string bytes_of(const std::vector<float>& values) {
  std::string bytes(values.size() * sizeof(float), '\0');
  std::memcpy(bytes.data(), values.data(), bytes.size());
  return bytes;
}

const std::string kBinary = "4 2\nthe " + bytes_of({1, 2}) + "\ngood " + bytes_of({3, 4}) + "\nodd " +
                            bytes_of({kNaN, 5}) + "\nbad " + bytes_of({6, 7}) + "\n";
const std::string kLines = "the 1 2\ngood 3.0 4e0\nodd nan 5\nbad 6 7\n";

/// Vectors of "good", "dull", "bad" of two numbers; ids begin at 2.
class WordVectorFile : public testing::Test {
 protected:
  WordVectors read(const std::string& content) const {
    write_text(path_, content);
    return read_word_vectors(path_, wanted_, {});
  }
  void expect_good_and_bad(const WordVectors& vectors) const {
    EXPECT_THAT(vectors.rows, ElementsAre(0, 0, 0, 0, 3, 4, 0, 0, 6, 7));
    EXPECT_EQ(vectors.found, 2U);
    EXPECT_EQ(vectors.words, 3U);
  }
  std::string refusal(const std::string& content) {
    return data_error_of([&] { read(content); });
  }

  TestFolder folder_;
  std::filesystem::path path_ = folder_.path() / "v.bin";
  std::vector<std::string> words_ = {"good", "dull", "bad"};
  WantedVectors wanted_{words_, 2, 5, 2};
};

TEST_F(WordVectorFile, OfEachFormatGivesTheSameRows) {
  expect_good_and_bad(read(kBinary));
  expect_good_and_bad(read("4 2\n" + kLines));
  expect_good_and_bad(read(kLines));
}

// fastText writes a space after each number, and a row for the end of a line.
TEST_F(WordVectorFile, OfFastTextIsWord2vecText) {
  const std::string content = "3 2\n</s> 0.001 -0.002 \ngood 3 4 \nbad 6 7 \n";
  const WordVectors vectors = read(content);
  expect_good_and_bad(vectors);
  EXPECT_EQ(vectors.format, "word2vec text");
  EXPECT_THAT(refusal(content.substr(0, content.size() - 9)), HasSubstr("ends after 2 of its 3 words"));
}

TEST_F(WordVectorFile, SaysWhatFormatItHas) {
  EXPECT_EQ(read(kBinary).format, "word2vec binary");
  EXPECT_EQ(read("4 2\n" + kLines).format, "word2vec text");
  EXPECT_EQ(read(kLines).format, "GloVe");
}

TEST_F(WordVectorFile, MayHaveNoNewlineAfterAVector) {
  expect_good_and_bad(read("2 2\ngood " + bytes_of({3, 4}) + "bad " + bytes_of({6, 7})));
  expect_good_and_bad(read("2 2\ngood 3 4 \r\nbad 6 7"));
}

// Newlines and spaces among the bytes of a float must not be taken for ends.
TEST_F(WordVectorFile, BinaryNumbersMayHoldAnyByte) {
  float tricky = 0;
  std::memcpy(&tricky, " \n\n ", 4);
  EXPECT_THAT(read("1 2\ngood " + bytes_of({tricky, tricky})).rows,
              ElementsAre(0, 0, 0, 0, tricky, tricky, 0, 0, 0, 0));
}

TEST_F(WordVectorFile, MayBeCompressed) {
  for (const std::string& content : {kBinary, kLines}) {
    write_gzip(path_, content);
    expect_good_and_bad(read_word_vectors(path_, wanted_, {}));
  }
}

TEST_F(WordVectorFile, KeepsTheFirstOfAWordThatStandsTwice) {
  expect_good_and_bad(read("good 3 4\nbad 6 7\ngood 8 9\n"));
  expect_good_and_bad(
      read("3 2\ngood " + bytes_of({3, 4}) + "bad " + bytes_of({6, 7}) + "good " + bytes_of({8, 9})));
}

TEST_F(WordVectorFile, OfGloveMayHaveWordsWithSpaces) {
  words_[1] = "so so";
  EXPECT_THAT(read("good 3 4\n. . . 1 1\nso so 5 6\ngood grief 9 9\n").rows,
              ElementsAre(0, 0, 0, 0, 3, 4, 5, 6, 0, 0));
}

TEST_F(WordVectorFile, LeavesOutWordsBeyondTheVocabulary) {
  wanted_.vocabulary = 4;
  const WordVectors vectors = read(kLines);
  EXPECT_THAT(vectors.rows, ElementsAre(0, 0, 0, 0, 3, 4, 0, 0));
  EXPECT_EQ(vectors.words, 2U);
}

TEST_F(WordVectorFile, ReadsMoreThanABlock) {
  std::string lines;
  for (int i = 0; i < 200'000; ++i) lines += "word" + std::to_string(i) + " 1 2\n";
  expect_good_and_bad(read(lines + kLines));
}

TEST_F(WordVectorFile, OfAnotherSizeIsRefusedWithBothSizes) {
  EXPECT_THAT(refusal("4 3\n" + kBinary.substr(4)),
              AllOf(HasSubstr("v.bin"), HasSubstr("vectors of 3 numbers, model.embedding.size is 2")));
  EXPECT_THAT(refusal("4 99999999999999999\nx"), HasSubstr("99999999999999999 numbers"));
  EXPECT_THAT(refusal("the 1 2 3\ngood 3 4 5\n"), HasSubstr("line 1 has vectors of 3 numbers"));
  EXPECT_THAT(refusal("the 1 2\ngood 3\n"), HasSubstr("line 2 has vectors of 1 numbers"));
}

TEST_F(WordVectorFile, ItsBeginningTellsTheSize) {
  for (const std::string& content : {kBinary.substr(0, 12), "4 2\n" + kLines, kLines}) {
    write_text(path_, content);
    check_word_vectors(path_, 2);
    EXPECT_THAT(data_error_of([&] { check_word_vectors(path_, 3); }),
                AllOf(HasSubstr("vectors of 2 numbers"), HasSubstr("model.embedding.size is 3")));
  }
  EXPECT_NE(data_error_of([&] { check_word_vectors(folder_.path() / "none", 2); }), "");
}

TEST_F(WordVectorFile, CutShortAnywhereIsRefused) {
  for (std::size_t size = 4; size + 1 < kBinary.size(); ++size) {
    EXPECT_NE(refusal(kBinary.substr(0, size)), "") << size;
  }
  EXPECT_THAT(refusal("4 2\nthe 1 2\n"), HasSubstr("ends after 1 of its 4 words"));
  EXPECT_THAT(refusal("the 1 2\ngood 3"), HasSubstr("line 2"));
  EXPECT_NE(refusal(""), "");
}

// Catches: memory or time taken on the word of a header.
TEST_F(WordVectorFile, WithAHugeCountIsRefusedAtItsEnd) {
  EXPECT_THAT(refusal("18446744073709551615" + kBinary.substr(1)), HasSubstr("ends after 4 of its"));
  EXPECT_THAT(refusal("18446744073709551615 2\n" + kLines), HasSubstr("ends after 4 of its"));
}

TEST_F(WordVectorFile, ThatGoesOnIsRefused) {
  EXPECT_THAT(refusal(kBinary + "more"), HasSubstr("goes on after its 4 words"));
  EXPECT_THAT(refusal("4 2\n" + kLines + "more 1 2\n"), HasSubstr("goes on after its 4 words"));
}

TEST_F(WordVectorFile, MayHaveAByteOrderMarkAndBlankLinesAtItsEnd) {
  for (const char* header : {"", "4 2\n"}) {
    expect_good_and_bad(read("\xEF\xBB\xBF" + (header + kLines) + "\n \r\n"));
  }
  EXPECT_THAT(refusal("the 1 2\n\ngood 3 4\n"), HasSubstr("line 2 is blank"));
  EXPECT_THAT(refusal("2 2\nthe 1 2\n\ngood 3 4\n"), HasSubstr("line 3 is blank"));
}

TEST_F(WordVectorFile, MayHavePlusSignsAndNumbersTooSmallForAFloat) {
  EXPECT_THAT(read("good +3 -1e-400\nbad 1e-60 +7e0\n").rows, ElementsAre(0, 0, 0, 0, 3, 0, 0, 0, 0, 7));
  EXPECT_THAT(refusal("good 1 -1e400\n"), HasSubstr("line 1: a number that is not finite"));
  for (const char* none : {"+-1", "+", "++1"}) {
    EXPECT_THAT(refusal(std::string("good 1 ") + none + "\n"), HasSubstr("is no number")) << none;
  }
}

TEST_F(WordVectorFile, CutOffInItsLastLineIsSaidToBe) {
  const auto cut_off = AllOf(HasSubstr("line 2: the file is cut off"), HasSubstr("get the file"));
  for (const char* rest : {"go", "good 3", "good 3 ", "good 3 -"}) {
    EXPECT_THAT(refusal(std::string("the 1 2\n") + rest), cut_off) << rest;
  }
  EXPECT_THAT(refusal("2 2\nthe 1 2\ngood 3"), HasSubstr("line 3: the file is cut off"));
}

TEST_F(WordVectorFile, WithABadHeaderIsRefusedByIt) {
  for (const char* header : {"-1 2", "99999999999999999999999 2", "4 -2", "4 99999999999999999999999"}) {
    EXPECT_THAT(refusal(std::string(header) + "\n" + kLines),
                HasSubstr(std::string("line 1: '") + header + "' is no header"));
  }
}

TEST_F(WordVectorFile, WithANumberThatIsNoneIsRefused) {
  EXPECT_THAT(refusal("1 2\ngood " + bytes_of({kNaN, 1})), HasSubstr("word 1: a number that is not finite"));
  EXPECT_THAT(refusal("1 2\ngood " + bytes_of({1, std::numeric_limits<float>::infinity()})),
              HasSubstr("word 1: a number that is not finite"));
  EXPECT_THAT(refusal("the 1 2\ngood inf 1\n"), HasSubstr("line 2: a number that is not finite"));
  EXPECT_THAT(refusal("the 1 2\ngood 1e39 1\n"), HasSubstr("line 2: a number that is not finite"));
  EXPECT_THAT(refusal("the 1 2\ngood 1 x\n"), HasSubstr("line 2: 'x' is no number"));
}

// Catches: a message that a terminal acts on, or that ends at a NUL.
TEST_F(WordVectorFile, AFieldIsNamedWithItsControlCharactersVisible) {
  EXPECT_THAT(refusal("the 1 2\ngood 1 \x1b[31mX\n"), HasSubstr(R"(line 2: '\x1b[31mX' is no number; get)"));
  EXPECT_THAT(refusal(std::string("the 1 2\ngood 1 2\0\x7f\n", 19)),
              HasSubstr(R"('2\x00\x7f' is no number; get)"));
}

TEST_F(WordVectorFile, ThatIsNoneIsRefused) {
  EXPECT_NE(refusal("PK\x03\x04 something else"), "");
  EXPECT_THAT(refusal("1 2\n" + std::string(10'000, 'x')), HasSubstr("no space within 4096 bytes"));
  EXPECT_NE(data_error_of([&] { read_word_vectors(folder_.path() / "none", wanted_, {}); }), "");
}

TEST_F(WordVectorFile, StopsWhenAsked) {
  write_text(path_, kBinary);
  std::stop_source source;
  source.request_stop();
  EXPECT_THROW(read_word_vectors(path_, wanted_, source.get_token()), Interrupted);
}

}  // namespace
}  // namespace rnnbench
