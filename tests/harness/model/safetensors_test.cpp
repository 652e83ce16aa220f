#include <gmock/gmock.h>
#include <unistd.h>

#include <cstring>
#include <limits>

#include "harness/core/error.hpp"
#include "harness/core/files.hpp"
#include "harness/model/parameters.hpp"
#include "tests/support/near.hpp"
#include "tests/support/sample_models.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;

class Safetensors : public testing::Test {
 protected:
  Safetensors() {
    path_ = std::filesystem::path(testing::TempDir()) /
            (std::string("safetensors_") + testing::UnitTest::GetInstance()->current_test_info()->name() +
             "_" + std::to_string(::getpid()));
  }
  ~Safetensors() override {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }

  void write(std::uint64_t header_length, const std::string& rest) const {
    std::string bytes(sizeof header_length, '\0');
    std::memcpy(bytes.data(), &header_length, sizeof header_length);
    write_file_atomically(path_, bytes + rest);
  }

  void expect_refused(const std::string& header, std::size_t data_bytes, const std::string& reason) const {
    write(header.size(), header + std::string(data_bytes, '\0'));
    expect_refused(reason);
  }

  void expect_refused(const std::string& reason) const {
    try {
      read_parameters(path_);
      ADD_FAILURE() << "accepted; expected: " << reason;
    } catch (const EnvironmentError& error) {
      EXPECT_THAT(error.what(), HasSubstr(path_.string()));
      EXPECT_THAT(error.what(), HasSubstr(reason));
    }
  }

  std::filesystem::path path_;
};

TEST_F(Safetensors, RoundTripsEveryBit) {
  Parameters parameters = initial_parameters(tiny_rnn(), 5, 1);
  parameters["odd"] = {{4},
                       {-0.0F, std::numeric_limits<float>::quiet_NaN(),
                        std::numeric_limits<float>::infinity(), std::numeric_limits<float>::denorm_min()}};
  parameters["scalar"] = {{}, {1.5F}};
  parameters["empty"] = {{0, 3}, {}};
  write_parameters(path_, parameters);
  EXPECT_TRUE(identical(read_parameters(path_), parameters));
}

// The layout of the format's specification, written by hand.
TEST_F(Safetensors, ReadsAForeignFile) {
  const std::string header =
      R"({"__metadata__":{"format":"pt"},"b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]},)"
      R"("a":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]}}   )";
  const float data[] = {1, 2, 3};
  write(header.size(), header + std::string(reinterpret_cast<const char*>(data), sizeof data));
  const Parameters expected{{"a", {{2, 1}, {1, 2}}}, {"b", {{1}, {3}}}};
  EXPECT_TRUE(identical(read_parameters(path_), expected));
}

TEST_F(Safetensors, RefusesBadLengths) {
  write_file_atomically(path_, "");
  expect_refused("0 bytes");
  write_file_atomically(path_, "1234567");
  expect_refused("shorter than its header");
  write(3, "{}");
  expect_refused("claims 3 bytes");
  write(std::numeric_limits<std::uint64_t>::max(), "{}");
  expect_refused("claims 18446744073709551615 bytes");
}

TEST_F(Safetensors, RefusesBadHeaders) {
  expect_refused("", 0, "no JSON");
  expect_refused("{", 0, "no JSON");
  expect_refused("[]", 0, "no JSON object");
  expect_refused("{\"\xff\":1}", 0, "no JSON");
  expect_refused(std::string(100000, '['), 0, "no JSON");
  expect_refused(R"({"a":1})", 0, "no object");
  const std::string a = R"("a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]})";
  expect_refused("{" + a + "," + a + "}", 4, "stands twice");
  expect_refused(R"({"a":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}})", 4,
                 "stands twice");
}

TEST_F(Safetensors, RefusesBadTensors) {
  const auto tensor = [](const std::string& dtype, const std::string& shape, const std::string& offsets) {
    return R"({"a":{"dtype":")" + dtype + R"(","shape":)" + shape + R"(,"data_offsets":)" + offsets + "}}";
  };
  expect_refused(tensor("F16", "[1]", "[0,4]"), 4, "not of dtype F32");
  expect_refused(R"({"a":{"shape":[1],"data_offsets":[0,4]}})", 4, "not of dtype F32");
  expect_refused(tensor("F32", "[-1]", "[0,4]"), 4, "no valid shape");
  expect_refused(tensor("F32", "[1.5]", "[0,4]"), 4, "no valid shape");
  expect_refused(tensor("F32", "1", "[0,4]"), 4, "no valid shape");
  expect_refused(tensor("F32", "[4294967296,4294967296,2]", "[0,4]"), 4, "too large");
  expect_refused(tensor("F32", "[18446744073709551615]", "[0,4]"), 4, "too large");
  expect_refused(tensor("F32", "[1]", "[4,0]"), 4, "no valid data_offsets");
  expect_refused(tensor("F32", "[1]", "[0]"), 4, "no valid data_offsets");
  expect_refused(tensor("F32", "[2]", "[0,4]"), 4, "its shape needs 8");
  expect_refused(tensor("F32", "[2]", "[0,8]"), 4, "need 8 bytes, it holds 4");
  expect_refused(tensor("F32", "[1]", "[0,4]"), 5, "need 4 bytes, it holds 5");
  expect_refused(tensor("F32", "[1]", "[4,8]"), 8, "begins at byte 4, not 0");
}

TEST_F(Safetensors, RefusesOverlaps) {
  expect_refused(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},)"
                 R"("b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}})",
                 12, "'b' begins at byte 4, not 8");
}

TEST_F(Safetensors, WritesNoTensorThatContradictsItsShape) {
  EXPECT_THROW(write_parameters(path_, {{"a", {{2}, {1}}}}), EnvironmentError);
  EXPECT_FALSE(std::filesystem::exists(path_));
}

TEST_F(Safetensors, NamesAMissingFile) { expect_refused("No such file"); }

}  // namespace
}  // namespace rnnbench
