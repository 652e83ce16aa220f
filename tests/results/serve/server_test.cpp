// The server over real connections to this machine.
#include "results/serve/server.hpp"

#include <httplib.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <atomic>
#include <chrono>
#include <thread>

#include "tests/results/serve/site_fixture.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;
using Clock = std::chrono::steady_clock;

class ServerTest : public SiteTest {
 protected:
  ServerTest() {
    SiteOptions free_port = options();
    free_port.access.port = 0;
    server_ = std::make_unique<WebServer>(std::move(free_port));
    thread_ = std::thread([this] { server_->run(); });
  }
  ~ServerTest() override {
    server_->stop();
    thread_.join();
  }

  httplib::Client client() const { return httplib::Client("127.0.0.1", server_->port()); }

  int connection() const {
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(server_->port()));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    return socket;
  }

  std::unique_ptr<WebServer> server_;
  std::thread thread_;
};

TEST_F(ServerTest, AnswersWithItsPolicy) {
  const auto page = client().Get("/runs");
  ASSERT_TRUE(page);
  EXPECT_EQ(page->status, 200);
  EXPECT_THAT(page->get_header_value("Content-Security-Policy"), HasSubstr("default-src 'none'"));
  EXPECT_EQ(page->get_header_value("X-Content-Type-Options"), "nosniff");
  EXPECT_FALSE(page->has_header("Access-Control-Allow-Origin"));
  const auto head = client().Head("/runs");
  ASSERT_TRUE(head);
  EXPECT_EQ(head->body, "");
}

TEST_F(ServerTest, AnotherNameIsRefused) {
  const auto page = client().Get("/", {{"Host", "evil.example"}});
  ASSERT_TRUE(page);
  EXPECT_EQ(page->status, 421);
}

TEST_F(ServerTest, ABodyOfFiveMegabytesIsRefusedAndTheServerGoesOn) {
  const auto refused =
      client().Post("/review", std::string(5 << 20, 'x'), "application/x-www-form-urlencoded");
  if (refused) {
    EXPECT_EQ(refused->status, 413);
  }
  const auto judged = client().Post("/review", "run=1&text=good", "application/x-www-form-urlencoded");
  ASSERT_TRUE(judged);
  EXPECT_EQ(judged->status, 200);
}

TEST_F(ServerTest, AReviewOfNineteenKilobytesIsJudged) {
  std::string text;
  while (text.size() < 19'000) text += "good ";
  const auto form =
      client().Post("/review", "run=1&text=" + percent_encoded(text), "application/x-www-form-urlencoded");
  ASSERT_TRUE(form);
  EXPECT_EQ(form->status, 200);
  const auto json = client().Post("/api/v1/review", R"({"run": 1, "text": ")" + text + "\"}",
                                  "application/x-www-form-urlencoded");
  ASSERT_TRUE(json);
  EXPECT_EQ(json->status, 200) << "what curl sends without another word";
}

/// All that a connection answers to `sent` until it is closed.
std::string answers_to(int socket, const std::string& sent) {
  static_cast<void>(::send(socket, sent.data(), sent.size(), MSG_NOSIGNAL));
  ::shutdown(socket, SHUT_WR);
  std::string answers;
  char bytes[4096];
  for (ssize_t got = 0; (got = ::recv(socket, bytes, sizeof bytes, 0)) > 0;)
    answers.append(bytes, static_cast<std::size_t>(got));
  ::close(socket);
  return answers;
}

// A body that nobody read is no request, though it looks like one: else a refused page could ask in another's
// name.
TEST_F(ServerTest, ARequestWithinARefusedOneIsNotAnswered) {
  const std::string inner =
      "GET /api/v1/experiments HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(server_->port()) + "\r\n\r\n";
  for (const char* method : {"POST /sql", "PUT /", "DELETE /runs", "GET /"}) {
    const std::string outer = std::string(method) + " HTTP/1.1\r\nHost: evil.example\r\nContent-Length: " +
                              std::to_string(inner.size()) + "\r\n\r\n";
    const std::string answers = answers_to(connection(), outer + inner);
    EXPECT_THAT(answers, HasSubstr("421")) << method;
    EXPECT_THAT(answers, testing::Not(HasSubstr("\"experiment\""))) << method;
  }
}

TEST_F(ServerTest, PartsAndPackedBodiesAreRefused) {
  std::string ranges = "bytes=0-";
  for (int i = 0; i < 1000; ++i) ranges += ",0-";
  const auto parts = client().Get("/assets/dygraph.min.js", {{"Range", ranges}});
  ASSERT_TRUE(parts);
  EXPECT_LT(parts->body.size(), 200'000U);
  EXPECT_EQ(parts->status, 400);
  const auto packed =
      client().Post("/sql", {{"Content-Encoding", "gzip"}}, "x", "application/x-www-form-urlencoded");
  ASSERT_TRUE(packed);
  EXPECT_EQ(packed->status, 400);
}

TEST_F(ServerTest, ABodyWithoutALengthHasAnEndToo) {
  const int socket = connection();
  std::string chunked = "POST /sql HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(server_->port()) +
                        "\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (int i = 0; i < 40; ++i) chunked += "2000\r\n" + std::string(0x2000, 'x') + "\r\n";
  EXPECT_THAT(answers_to(socket, chunked + "0\r\n\r\n"), HasSubstr("413"));
}

TEST_F(ServerTest, ASecondOneOnThePortIsRefused) {
  SiteOptions same = options();
  same.access.port = server_->port();
  EXPECT_THAT(message_of<EnvironmentError>([&] { WebServer second(same); }),
              HasSubstr("another program has it"));
}

TEST_F(ServerTest, GarbageIsNoFault) {
  for (const std::string& garbage : {std::string("\0\0\0\0\r\n\r\n", 8), std::string("GET\r\n\r\n"),
                                     std::string(20'000, 'A'), std::string("GET / HTTP/9.9\r\n\r\n"),
                                     std::string("POST /sql HTTP/1.1\r\nHost: localhost\r\n"
                                                 "Content-Length: -5\r\n\r\n"),
                                     std::string("GET /%zz%00%ff HTTP/1.1\r\nHost: x\r\n\r\n")}) {
    const int socket = connection();
    static_cast<void>(::send(socket, garbage.data(), garbage.size(), MSG_NOSIGNAL));
    ::close(socket);
  }
  const auto page = client().Get("/");
  ASSERT_TRUE(page);
  EXPECT_EQ(page->status, 200);
}

// Without an end to patience each of these would keep a thread for as long as it sends a byte now and then.
TEST_F(ServerTest, ManySlowClientsAreCutOffAndDontKeepOthersOut) {
  std::vector<int> sockets;
  for (int i = 0; i < 40; ++i) {
    sockets.push_back(connection());
    static_cast<void>(::send(sockets.back(), "GET / HT", 8, MSG_NOSIGNAL));
  }
  const auto begin = Clock::now();
  std::atomic<bool> ends = false;
  std::thread dripping([&] {
    while (!ends) {
      for (const int socket : sockets) static_cast<void>(::send(socket, "T", 1, MSG_NOSIGNAL | MSG_DONTWAIT));
      std::this_thread::sleep_for(std::chrono::milliseconds(300));
    }
  });
  httplib::Client patient = client();
  patient.set_read_timeout(60);
  const auto page = patient.Get("/");
  ends = true;
  dripping.join();
  for (const int socket : sockets) ::close(socket);
  ASSERT_TRUE(page);
  EXPECT_EQ(page->status, 200);
  EXPECT_LT(Clock::now() - begin, std::chrono::seconds(45));
}

TEST_F(ServerTest, TwoHundredClientsAtOnceAreAnswered) {
  std::atomic<int> answered = 0;
  std::vector<std::thread> clients;
  for (int i = 0; i < 200; ++i) {
    clients.emplace_back([&] {
      httplib::Client one = client();
      one.set_read_timeout(60);
      one.set_connection_timeout(30);
      for (const char* path : {"/", "/runs", "/api/v1/runs"}) {
        const auto page = one.Get(path);
        if (page && page->status == 200) ++answered;
      }
    });
  }
  for (std::thread& each : clients) each.join();
  EXPECT_EQ(answered, 600);
}

TEST_F(ServerTest, ARunningRunIsFollowedToItsEnd) {
  std::string events;
  std::atomic<bool> began = false;
  std::thread follower([&] {
    httplib::Client one = client();
    one.set_read_timeout(30);
    const auto answer = one.Get("/api/v1/runs/9/events", [&](const char* data, std::size_t size) {
      events.append(data, size);
      began = true;
      return true;
    });
    EXPECT_TRUE(answer);
  });
  while (!began) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  {
    Store store(path_);
    store.epoch_finished(9, an_epoch(1));
    store.run_wrote(9, "half\ndone");
    std::this_thread::sleep_for(std::chrono::milliseconds(1500));
    store.end_run(9, an_end());
  }
  follower.join();
  EXPECT_THAT(events, HasSubstr("event: epoch\ndata: {\"accuracy\""));
  EXPECT_THAT(events, HasSubstr("event: output\ndata: \"half\\ndone\"\n\n"));
  EXPECT_THAT(events, HasSubstr("event: end\ndata: finished\n\n"));
  const auto none = client().Get("/api/v1/runs/99/events");
  ASSERT_TRUE(none);
  EXPECT_EQ(none->status, 404);
}

}  // namespace
}  // namespace rnnbench
