#include <gmock/gmock.h>

#include "harness/data/archive_reader.hpp"
#include "harness/data/csv_reader.hpp"
#include "harness/data/data_source.hpp"
#include "tests/harness/data/review_files.hpp"

namespace rnnbench {
namespace {

ReviewSet two_reviews(std::string_view first, std::string_view second, Part part = Part::kTrain) {
  ReviewSet reviews;
  reviews.add(first, 0, part, 0, 1);
  reviews.add(second, 1, part, 0, 9);
  return reviews;
}

TEST(DataFacts, CountsWhatThereIs) {
  TestFolder folder;
  write_archive(folder.path() / "a.tar.gz", sample_members(), Compression::kGzip);
  const DataFacts facts = data_facts(read_archive(folder.path() / "a.tar.gz", std::stop_token()));
  EXPECT_EQ(facts.reviews, 12);
  EXPECT_EQ(facts.train, 8);
  EXPECT_EQ(facts.test, 4);
  EXPECT_EQ(facts.positive, 6);
  EXPECT_EQ(facts.distinct, 11);
  EXPECT_EQ(facts.across_parts, 0);
  EXPECT_EQ(facts.invalid_utf8, 1);
  EXPECT_EQ(facts.bytes, 119);
}

TEST(DataFacts, AreEqualForTheThreeForms) {
  TestFolder folder;
  write_archive(folder.path() / "a.tar.gz", sample_members(), Compression::kGzip);
  write_folder(folder.path(), sample_members());
  write_text(folder.path() / "a.csv", as_csv(sample_members()));
  const auto facts_of = [&](const char* name) {
    return data_facts(read_reviews({"imdb", folder.path() / name}, std::stop_token()));
  };
  const DataFacts archive = facts_of("a.tar.gz");
  EXPECT_EQ(facts_of("aclImdb").fingerprint, archive.fingerprint);
  EXPECT_EQ(facts_of("aclImdb").content_digest, archive.content_digest);
  EXPECT_EQ(facts_of("a.csv").content_digest, archive.content_digest);
  EXPECT_NE(facts_of("a.csv").fingerprint, archive.fingerprint);  // another order, no parts
}

TEST(DataFacts, FingerprintSeesTextsBordersLabelsPartsAndOrder) {
  const std::string fingerprint = data_facts(two_reviews("ab", "c")).fingerprint;
  EXPECT_EQ(fingerprint.size(), 64);
  EXPECT_EQ(data_facts(two_reviews("ab", "c")).fingerprint, fingerprint);
  EXPECT_NE(data_facts(two_reviews("a", "bc")).fingerprint, fingerprint);
  EXPECT_NE(data_facts(two_reviews("c", "ab")).fingerprint, fingerprint);
  EXPECT_NE(data_facts(two_reviews("ab", "c", Part::kTest)).fingerprint, fingerprint);
  EXPECT_NE(data_facts(two_reviews("ab", "d")).content_digest,
            data_facts(two_reviews("ab", "c")).content_digest);
}

TEST(DataFacts, CountsTextsInBothParts) {
  ReviewSet reviews = two_reviews("same", "other");
  reviews.add("same", 0, Part::kTest, 0, 1);
  reviews.add("same", 0, Part::kTest, 1, 1);
  EXPECT_EQ(data_facts(reviews).across_parts, 1);
  EXPECT_EQ(data_facts(reviews).distinct, 2);
}

TEST(DataFacts, KnowsValidUtf8) {
  for (const char* valid : {"", "plain", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80", "\xEF\xBF\xBF"}) {
    EXPECT_EQ(data_facts(two_reviews("a", valid)).invalid_utf8, 0) << valid;
  }
  for (const char* invalid : {"\x80", "a\xC3", "\xC0\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE2\x82",
                              "\xFE", "caf\xE9 noir"}) {
    EXPECT_EQ(data_facts(two_reviews("a", invalid)).invalid_utf8, 1) << invalid;
  }
}

TEST(DataFacts, OfTheRealSet) {
  if (real_data_folder().empty()) GTEST_SKIP() << "RNNBENCH_DATA is not set";
  const DataFacts facts = data_facts(read_reviews(find_data("imdb", std::nullopt), std::stop_token()));
  EXPECT_EQ(facts.reviews, 50'000);
  EXPECT_EQ(facts.positive, 25'000);
  EXPECT_EQ(facts.bytes, 65'483'508);
  EXPECT_EQ(facts.distinct, 49'582);
  EXPECT_EQ(facts.invalid_utf8, 0);
  if (facts.train + facts.test == 0) GTEST_SKIP() << "a CSV has no parts";
  EXPECT_EQ(facts.train, 25'000);
  EXPECT_EQ(facts.test, 25'000);
  EXPECT_EQ(facts.across_parts, 123);
}

}  // namespace
}  // namespace rnnbench
