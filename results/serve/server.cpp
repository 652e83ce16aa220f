#include "results/serve/server.hpp"

#include <fmt/format.h>
#include <httplib.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <thread>

#include "harness/core/error.hpp"
#include "results/serve/deadline_stream.hpp"
#include "results/serve/run_events.hpp"
#include "results/serve/task_threads.hpp"

namespace rnnbench {
namespace {

constexpr std::size_t kThreads = 32;
constexpr std::size_t kLongestQueue = 256;
constexpr std::size_t kMostBody = std::size_t{128} << 10;
constexpr std::size_t kRequestsAConnection = 50;
constexpr std::chrono::seconds kIdle{2};
constexpr int kWaiting = 1024;    // connections that the system keeps for us
constexpr int kMostStreams = 12;  // of running runs; each keeps a thread
constexpr std::chrono::milliseconds kBetweenLooks{700};

}  // namespace

/// httplib's server, but with connections that end.
class PatientServer final : public httplib::Server {
 public:
  ~PatientServer() override {
    if (const socket_t open = svr_sock_; open != INVALID_SOCKET)
      ::close(open);  // httplib leaves it where it never ran
  }

  /// Set by a handler that answers without having read the request's body: what follows on the connection is
  /// no request then, whatever it looks like.
  static inline thread_local bool body_was_left = false;
  std::atomic<bool> ends = false;

  /// httplib lets five connections wait for accept(), so that of many at once most would have to knock again.
  void let_many_wait() { ::listen(svr_sock_, kWaiting); }

 private:
  bool process_and_close_socket(socket_t socket) override {
    bool goes_on = true;
    for (std::size_t left = kRequestsAConnection; goes_on && left > 0 && !ends; --left) {
      if (!is_readable_within(socket, kIdle)) break;
      DeadlineStream stream(socket);
      bool is_closed = false;
      body_was_left = false;
      goes_on = process_request(stream, left == 1, is_closed, nullptr) && !is_closed && !body_was_left;
    }
    ::shutdown(socket, SHUT_RDWR);
    ::close(socket);
    return goes_on;
  }
};

namespace {

bool has_body(const httplib::Request& request) {
  return request.has_header("Transfer-Encoding") ||
         (request.has_header("Content-Length") && request.get_header_value("Content-Length") != "0");
}

/// The body as far as kMostBody goes; nothing of a longer one.
std::optional<std::string> body_of(const httplib::ContentReader& read) {
  std::string body;
  const bool whole = read([&](const char* bytes, std::size_t size) {
    if (body.size() + size > kMostBody) return false;
    body.append(bytes, size);
    return true;
  });
  return whole ? std::optional(std::move(body)) : std::nullopt;
}

WebRequest web_request(const httplib::Request& request) {
  WebRequest web;
  web.method = request.method;
  web.path = request.path;
  // httplib's own reading of a=b=c loses b.
  if (const std::size_t mark = request.target.find('?'); mark != std::string::npos)
    web.query = form_values(std::string_view(request.target).substr(mark + 1));
  web.body = request.body;
  web.body_type = request.get_header_value("Content-Type");
  web.host = request.get_header_value("Host");
  web.authorization = request.get_header_value("Authorization");
  web.cookie = request.get_header_value("Cookie");
  web.origin = request.get_header_value("Origin");
  web.fetch_site = request.get_header_value("Sec-Fetch-Site");
  web.fetch_mode = request.get_header_value("Sec-Fetch-Mode");
  return web;
}

void fill(httplib::Response& response, WebResponse answer) {
  response.status = answer.status;
  for (const auto& [name, value] : answer.headers) response.set_header(name, value);
  response.set_content(std::move(answer.body), answer.type);
}

constexpr std::array kForms = {"/sql", "/review", "/api/v1/query", "/api/v1/review"};

bool is_form(const std::string& path) { return std::ranges::find(kForms, path) != kForms.end(); }

/// "/api/v1/runs/12/events" → 12.
std::optional<RunId> followed_run(const std::string& path) {
  constexpr std::string_view kBefore = "/api/v1/runs/", kAfter = "/events";
  if (!path.starts_with(kBefore) || !path.ends_with(kAfter)) return std::nullopt;
  return run_of(path.substr(kBefore.size(), path.size() - kBefore.size() - kAfter.size()));
}

}  // namespace

struct WebServer::Parts {
  explicit Parts(SiteOptions options) : site(std::move(options)) {}

  void follow(RunId run, httplib::Response& response);
  void set_up();

  Site site;
  PatientServer server;
  int port = 0;
  std::atomic<int> streams = 0;
  std::atomic<bool> begins = false, is_over = false;
};

void WebServer::Parts::follow(RunId run, httplib::Response& response) {
  auto events = std::make_shared<RunEvents>(site.options().database, run);
  const std::optional<std::string> first = events->next();  // refuses a run that isn't there
  if (++streams > kMostStreams) {
    --streams;
    fill(response, json_response("{\"error\": \"too many pages follow runs now\"}\n", 503));
    return;
  }
  auto next = std::make_shared<std::optional<std::string>>(first);
  response.set_chunked_content_provider(
      "text/event-stream",
      [this, events, next](std::size_t, httplib::DataSink& sink) {
        if (server.ends || !*next) {
          sink.done();
          return true;
        }
        if (!sink.is_writable() || !sink.write((*next)->data(), (*next)->size())) return false;
        std::this_thread::sleep_for(kBetweenLooks);
        try {
          *next = events->next();
        } catch (const std::exception&) {  // it must not leave the thread
          return false;
        }
        return true;
      },
      [this](bool) { --streams; });
}

void WebServer::Parts::set_up() {
  server.new_task_queue = [] { return new TaskThreads(kThreads, kLongestQueue); };

  server.set_tcp_nodelay(true);
  // httplib's own options let two servers share a port.
  server.set_socket_options([](socket_t socket) {
    const int yes = 1;
    ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  });
  httplib::Headers headers;
  for (const auto& [name, value] : security_headers()) headers.emplace(name, value);
  server.set_default_headers(headers);
  server.set_pre_routing_handler([this](const httplib::Request& request, httplib::Response& response) {
    const WebRequest web = web_request(request);
    const bool is_read =
        request.method == "POST" && is_form(request.path) && !request.has_header("Content-Encoding");
    if (is_read && !refuse(web, site.options().access)) return httplib::Server::HandlerResponse::Unhandled;
    PatientServer::body_was_left = has_body(request);
    if (request.has_header("Range") ||
        request.has_header("Content-Encoding")) {  // httplib would multiply answers, or inflate
      fill(response, plain_refusal(request.path, 400, "parts and packed bodies aren't served"));
      return httplib::Server::HandlerResponse::Handled;
    }
    if (request.path.ends_with("/events") && !refuse(web, site.options().access)) {
      try {
        if (const auto run = followed_run(request.path)) {
          follow(*run, response);
          return httplib::Server::HandlerResponse::Handled;
        }
      } catch (const Error&) {  // the site says what is wrong
      }
    }
    fill(response, site.respond(web));
    return httplib::Server::HandlerResponse::Handled;
  });
  for (const char* path : kForms) {
    server.Post(path, [this](const httplib::Request& request, httplib::Response& response,
                             const httplib::ContentReader& read) {
      WebRequest web = web_request(request);
      std::optional<std::string> body = body_of(read);
      PatientServer::body_was_left = !body;
      if (!body)
        return fill(response,
                    plain_refusal(request.path, 413, fmt::format("a body has at most {} bytes", kMostBody)));
      web.body = std::move(*body);
      fill(response, site.respond(web));
    });
  }
  server.set_error_handler([](const httplib::Request& request, httplib::Response& response) {
    if (response.body.empty())
      fill(response, plain_refusal(request.path, response.status,
                                   fmt::format("that can't be answered ({})", response.status)));
  });
}

WebServer::WebServer(SiteOptions options) : parts_(std::make_unique<Parts>(std::move(options))) {
  parts_->set_up();
  const Access& access = parts_->site.options().access;
  const bool taken = access.port == 0 ? (parts_->port = parts_->server.bind_to_any_port(access.address)) < 0
                                      : !parts_->server.bind_to_port(access.address, access.port);
  if (taken) {
    throw EnvironmentError(
        fmt::format("can't listen at {} port {}: another program has it, or the address is none of this "
                    "machine; choose by --port "
                    "and --address",
                    access.address, access.port));
  }
  parts_->server.let_many_wait();
  if (access.port != 0) parts_->port = access.port;
  parts_->site.set_port(parts_->port);
}

WebServer::~WebServer() { stop(); }

int WebServer::port() const { return parts_->port; }

void WebServer::run() {
  parts_->begins = true;
  const bool ended_well = parts_->server.ends || parts_->server.listen_after_bind();
  parts_->is_over = true;
  if (!ended_well && !parts_->server.ends)
    throw EnvironmentError("the system takes no connections any more; start it again");
}

void WebServer::stop() {
  parts_->server.ends = true;
  // httplib forgets to stop where it hasn't quite begun.
  while (parts_->begins && !parts_->is_over && !parts_->server.is_running())
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  parts_->server.stop();
}

}  // namespace rnnbench
