#include "harness/data/fetch.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <sys/resource.h>

#include <csignal>
#include <thread>

#include "harness/core/error.hpp"
#include "harness/core/files.hpp"
#include "harness/core/philox.hpp"
#include "harness/core/sha256.hpp"
#include "harness/data/data_source.hpp"
#include "harness/data/part_file.hpp"
#include "tests/harness/data/review_files.hpp"
#include "tests/harness/data/scripted_server.hpp"

namespace rnnbench {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr std::size_t kBytes = 300'001;
constexpr std::size_t kHalf = 150'000;

std::string noise(std::uint64_t seed) {
  RandomStream random(seed, 0);
  std::string bytes(kBytes, '\0');
  for (char& byte : bytes) byte = static_cast<char>(random.next_word());
  return bytes;
}

class Fetch : public testing::Test {
 protected:
  FetchRequest request() const {
    return {.url = server_.url("/a.tar.gz"),
            .sha256 = sha256_hex(file_),
            .bytes = static_cast<std::int64_t>(kBytes),
            .target = target_,
            .pause = std::chrono::milliseconds(0)};
  }
  bool run() { return fetch(request(), nullptr, std::stop_token()); }

  /// Everything, under a given length.
  static ScriptedServer::Answer full(const std::string& content, std::size_t length = kBytes) {
    return {fmt::format("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", length) + content};
  }
  /// What follows `from`, said to begin at `said`.
  ScriptedServer::Answer rest(std::size_t from, std::size_t said) const {
    return {fmt::format(
                "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes {}-{}/{}\r\nContent-Length: {}\r\n\r\n",
                said, kBytes - 1, kBytes, kBytes - from) +
            file_.substr(from)};
  }
  static ScriptedServer::Answer status(int code, const std::string& headers = "") {
    return {fmt::format("HTTP/1.1 {} No\r\n{}Content-Length: 2\r\n\r\nno", code, headers)};
  }

  void expect_fetched() {
    EXPECT_EQ(sha256_hex(read_file(target_)), sha256_hex(file_));
    EXPECT_FALSE(fs::exists(part_));
  }
  void expect_nothing_left() {
    EXPECT_FALSE(fs::exists(target_));
    EXPECT_FALSE(fs::exists(part_));
  }
  template <typename Failure>
  std::string error_of() {
    try {
      run();
    } catch (const Failure& error) {
      return error.what();
    }
    ADD_FAILURE() << "fetched, or not this kind of error";
    return "";
  }

  const std::string file_ = noise(1);
  const std::string half_ = file_.substr(0, kHalf);
  ScriptedServer server_;
  TestFolder folder_;
  fs::path target_ = folder_.path() / "data" / "a.tar.gz";
  fs::path part_ = target_.string() + ".part";
};

TEST_F(Fetch, DownloadsOnce) {
  server_.answer({full(file_)});
  std::vector<std::int64_t> seen;
  EXPECT_TRUE(fetch(
      request(), [&](auto done, auto) { seen.push_back(done); }, std::stop_token()));
  expect_fetched();
  EXPECT_TRUE(std::is_sorted(seen.begin(), seen.end()));
  EXPECT_EQ(seen.back(), kBytes);
  EXPECT_FALSE(run());
  EXPECT_EQ(server_.requests().size(), 1);
}

TEST_F(Fetch, ReplacesADamagedTarget) {
  write_text(target_, noise(2));
  server_.answer({full(file_)});
  EXPECT_TRUE(run());
  expect_fetched();
}

TEST_F(Fetch, GoesOnWhereTheConnectionBroke) {
  server_.answer({full(half_), rest(kHalf, kHalf)});
  EXPECT_TRUE(run());
  expect_fetched();
  EXPECT_THAT(server_.requests().at(0), Not(HasSubstr("Range:")));
  EXPECT_THAT(server_.requests().at(1), HasSubstr(fmt::format("Range: bytes={}-\r\n", kHalf)));
}

TEST_F(Fetch, GoesOnInTheNextCall) {
  server_.answer({full(half_)});
  EXPECT_THAT(error_of<EnvironmentError>(), HasSubstr("150000 of 300001 bytes are kept"));
  EXPECT_FALSE(fs::exists(target_));
  EXPECT_EQ(fs::file_size(part_), kHalf);
  const std::size_t asked = server_.requests().size();
  server_.answer({rest(kHalf, kHalf)});
  EXPECT_TRUE(run());
  expect_fetched();
  EXPECT_THAT(server_.requests().at(asked), HasSubstr(fmt::format("Range: bytes={}-\r\n", kHalf)));
}

TEST_F(Fetch, StartsAnewWhereTheServerIgnoresOrMistakesTheRange) {
  for (const std::vector<ScriptedServer::Answer>& second : std::vector<std::vector<ScriptedServer::Answer>>{
           {full(file_)}, {rest(kHalf - 1, kHalf - 1), full(file_)}, {status(416), full(file_)}}) {
    write_text(part_, half_);
    server_.answer(second);
    EXPECT_TRUE(run());
    expect_fetched();
    fs::remove(target_);
  }
}

TEST_F(Fetch, StartsAnewWhereWhatWasKeptIsOfAnotherFile) {
  for (const std::string& stale : {noise(2).substr(0, kHalf), noise(2), noise(2) + "x"}) {
    write_text(part_, stale);
    server_.answer(stale.size() == kHalf ? std::vector{rest(kHalf, kHalf), full(file_)}
                                         : std::vector{full(file_)});
    EXPECT_TRUE(run());
    expect_fetched();
    fs::remove(target_);
  }
}

TEST_F(Fetch, RefusesAnotherLength) {
  for (const std::size_t length : {kBytes - 1, kBytes + 1, std::size_t{0}}) {
    server_.answer({full(file_, length)});
    EXPECT_THAT(error_of<DataError>(), HasSubstr(fmt::format("offers {} bytes, not 300001", length)));
    expect_nothing_left();
  }
  server_.answer({{"HTTP/1.1 200 OK\r\n\r\n" + file_ + "more"}});
  EXPECT_THAT(error_of<DataError>(), HasSubstr("more than 300001 bytes"));
  expect_nothing_left();
}

TEST_F(Fetch, TakesAnUnsaidLengthIfItIsRight) {
  server_.answer({{"HTTP/1.1 200 OK\r\n\r\n" + half_}, {"HTTP/1.1 200 OK\r\n\r\n" + file_}});
  EXPECT_TRUE(run());
  expect_fetched();
}

TEST_F(Fetch, RefusesAWrongFile) {
  server_.answer({full(noise(2))});
  EXPECT_THAT(error_of<DataError>(), AllOf(HasSubstr("SHA-256"), HasSubstr("--data")));
  expect_nothing_left();
}

TEST_F(Fetch, AsksOnceForWhatIsNotThere) {
  server_.answer({status(404), full(file_)});
  EXPECT_THAT(error_of<DataError>(), HasSubstr("404"));
  expect_nothing_left();
  EXPECT_EQ(server_.requests().size(), 1);
}

TEST_F(Fetch, AsksAgainAfterAPassingError) {
  server_.answer({status(500), status(503), full(file_)});
  EXPECT_TRUE(run());
  expect_fetched();
}

TEST_F(Fetch, GivesUpAfterFiveVainAttempts) {
  server_.answer(std::vector(9, status(500)));
  EXPECT_THAT(error_of<EnvironmentError>(), HasSubstr("500"));
  EXPECT_EQ(server_.requests().size(), 5);
  expect_nothing_left();
}

TEST_F(Fetch, FollowsFewRedirects) {
  server_.answer(
      {status(302, "Location: /b\r\n"), status(301, "Location: " + server_.url("/c") + "\r\n"), full(file_)});
  EXPECT_TRUE(run());
  expect_fetched();
  EXPECT_THAT(server_.requests().at(2), testing::StartsWith("GET /c HTTP/1.1"));

  fs::remove(target_);
  server_.answer(std::vector(9, status(302, "Location: /again\r\n")));
  EXPECT_THAT(error_of<DataError>(), HasSubstr("redirects"));
  EXPECT_EQ(server_.requests().size(), 3 + 6);
  server_.answer({status(302, "Location: file:///etc/passwd\r\n")});
  EXPECT_THAT(error_of<ConfigError>(), HasSubstr("file:///etc/passwd"));
  expect_nothing_left();
}

// The server sends half and then nothing more, but doesn't hang up.
TEST_F(Fetch, StopsWhenAskedAndKeepsWhatCame) {
  ScriptedServer::Answer stalling = full(half_);
  stalling.stalls = true;
  server_.answer({stalling});
  std::stop_source source;
  std::thread stopper;
  const FetchProgress progress = [&](std::int64_t done, std::int64_t) {
    if (done == kHalf) stopper = std::thread([&] { source.request_stop(); });
  };
  EXPECT_THROW(fetch(request(), progress, source.get_token()), Interrupted);
  stopper.join();
  EXPECT_TRUE(server_.client_hung_up()) << "the stop was only seen when the server had waited long enough";
  EXPECT_FALSE(fs::exists(target_));
  EXPECT_EQ(fs::file_size(part_), kHalf);
}

TEST_F(Fetch, SaysWhatCannotBe) {
  {
    const PartFile held(target_);
    EXPECT_THAT(error_of<EnvironmentError>(), HasSubstr("another process"));
  }
  FetchRequest bad = request();
  bad.url = "ftp://example.org/a";
  EXPECT_THROW(fetch(bad, nullptr, std::stop_token()), ConfigError);
  bad = request();
  bad.target = "/dev/null/data/a.tar.gz";
  EXPECT_THROW(fetch(bad, nullptr, std::stop_token()), EnvironmentError);
}

// A limit on the size of files stands in for a full disk.
TEST_F(Fetch, SaysThatTheDiskIsFull) {
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  const rlimit small{kHalf, before.rlim_max};
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  server_.answer({full(file_)});
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
  const std::string message = error_of<EnvironmentError>();
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);
  std::signal(SIGXFSZ, handler);
  EXPECT_THAT(message, AllOf(HasSubstr(part_.string()), HasSubstr("free space")));
  EXPECT_FALSE(fs::exists(target_));
}

TEST_F(Fetch, KnowsTheOfficialArchive) {
  const FetchRequest official = official_archive();
  EXPECT_EQ(official.target.parent_path(), data_folder());
  EXPECT_EQ(official.sha256.size(), 64);
  EXPECT_THAT(official.url, testing::StartsWith("https://"));
}

}  // namespace
}  // namespace rnnbench
