#include "harness/core/sha256.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace rnnbench {
namespace {

// Known answers: NIST, "Secure Hash Standard" examples (one block, two blocks, a million letters).
TEST(Sha256, GivesTheStandardsKnownAnswers) {
  EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256_hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(sha256_hex(std::string(1'000'000, 'a')),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, IsTheSameInPieces) {
  Sha256 hash;
  hash.update("a");
  hash.update("");
  Sha256 moved = std::move(hash);
  moved.update("bc");
  EXPECT_EQ(moved.hex(), sha256_hex("abc"));
}

TEST(Sha256, SeesZeroBytes) { EXPECT_NE(sha256_hex(std::string(1, '\0')), sha256_hex("")); }

}  // namespace
}  // namespace rnnbench
