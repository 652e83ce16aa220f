#include "tests/support/web_driver.hpp"

#include <fcntl.h>
#include <httplib.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <thread>

#include "tests/support/free_port.hpp"

namespace rnnbench {
namespace {

using Json = nlohmann::json;
namespace fs = std::filesystem;

constexpr const char* kElement = "element-6066-11e4-a52e-4f735466cecf";  // WebDriver, section 12.1
constexpr std::chrono::milliseconds kStep{50};
constexpr int kFindingSteps = 200;

fs::path program(const char* name) {
  for (const char* folder : {"/usr/bin", "/usr/local/bin"}) {
    if (fs::exists(fs::path(folder) / name)) return fs::path(folder) / name;
  }
  return {};
}

pid_t start_driver(int port, const fs::path& log) {
  const std::string path = program("chromedriver").string(), option = "--port=" + std::to_string(port);
  const pid_t child = ::fork();
  if (child != 0) return child;
  const int output = ::open(log.c_str(), O_CREAT | O_WRONLY | O_TRUNC, 0600);
  ::dup2(output, 1);
  ::dup2(output, 2);
  ::setpgid(0, 0);
  ::execl(path.c_str(), path.c_str(), option.c_str(), nullptr);
  ::_exit(127);
}

}  // namespace

bool WebDriver::is_installed() { return !program("chromedriver").empty() && !program("chromium").empty(); }

WebDriver::WebDriver(const fs::path& folder, const Options& options) {
  fs::create_directories(folder);
  const int port = free_port();
  driver_ = start_driver(port, folder / "chromedriver.log");
  client_ = std::make_unique<httplib::Client>("127.0.0.1", port);
  client_->set_read_timeout(60);
  client_->set_keep_alive(false);
  for (int step = 0; step < kFindingSteps && !client_->Get("/status"); ++step)
    std::this_thread::sleep_for(kStep);
  Json arguments = {"--headless=new",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-dev-shm-usage",
                    "--hide-scrollbars",
                    "--user-data-dir=" + (folder / "profile").string(),
                    "--window-size=" + std::to_string(options.width) + "," + std::to_string(options.height)};
  if (!options.scripts) arguments.push_back("--blink-settings=scriptEnabled=false");
  const Json chrome = {{"binary", program("chromium").string()}, {"args", arguments}};
  const Json wanted = {
      {"browserName", "chrome"}, {"goog:chromeOptions", chrome}, {"goog:loggingPrefs", {{"browser", "ALL"}}}};
  const Json begin = {{"capabilities", {{"alwaysMatch", wanted}}}};
  try {
    session_ = "/session/" +
               Json::parse(ask("POST", "/session", begin.dump()))["value"]["sessionId"].get<std::string>();
  } catch (const std::exception&) {
    end();
    throw;
  }
}

WebDriver::~WebDriver() {
  try {
    ask("DELETE", session_);
  } catch (const std::exception&) {  // it is ended below in any case
  }
  end();
}

void WebDriver::end() {
  ::kill(-driver_, SIGKILL);
  ::waitpid(driver_, nullptr, 0);
}

std::string WebDriver::ask(const char* method, const std::string& path, const std::string& body) {
  const auto answer = method == std::string("GET")      ? client_->Get(path)
                      : method == std::string("DELETE") ? client_->Delete(path)
                                                        : client_->Post(path, body, "application/json");
  if (!answer || answer->status != 200)
    throw std::runtime_error(std::string(method) + " " + path + " " + body + ": " +
                             (answer ? answer->body : "no answer"));
  return answer->body;
}

std::string WebDriver::find(const std::string& strategy, const std::string& value) {
  const std::string body = Json{{"using", strategy}, {"value", value}}.dump();
  for (int step = 0;; ++step) {
    const auto answer = client_->Post(session_ + "/element", body, "application/json");
    if (answer && answer->status == 200)
      return session_ + "/element/" + Json::parse(answer->body)["value"][kElement].get<std::string>();
    if (step == kFindingSteps) throw std::runtime_error("nothing is found by " + value + " at " + address());
    std::this_thread::sleep_for(kStep);
  }
}

void WebDriver::open(const std::string& address) {
  ask("POST", session_ + "/url", Json{{"url", address}}.dump());
}

std::string WebDriver::address() { return Json::parse(ask("GET", session_ + "/url"))["value"]; }

std::string WebDriver::title() { return Json::parse(ask("GET", session_ + "/title"))["value"]; }

std::string WebDriver::source() { return Json::parse(ask("GET", session_ + "/source"))["value"]; }

std::string WebDriver::text(const std::string& selector) {
  return Json::parse(ask("GET", find("css selector", selector) + "/text"))["value"];
}

std::vector<std::string> WebDriver::texts(const std::string& selector) {
  const std::string body = Json{{"using", "css selector"}, {"value", selector}}.dump();
  std::vector<std::string> all;
  const Json found = Json::parse(ask("POST", session_ + "/elements", body));
  for (const Json& element : found["value"]) {
    all.push_back(Json::parse(
        ask("GET", session_ + "/element/" + element[kElement].get<std::string>() + "/text"))["value"]);
  }
  return all;
}

void WebDriver::click(const std::string& selector) { ask("POST", find("css selector", selector) + "/click"); }

void WebDriver::follow(const std::string& link_text) { ask("POST", find("link text", link_text) + "/click"); }

void WebDriver::type(const std::string& selector, const std::string& text) {
  const std::string element = find("css selector", selector);
  ask("POST", element + "/clear");
  ask("POST", element + "/value", Json{{"text", text}}.dump());
}

void WebDriver::press(const std::string& selector, const std::string& key) {
  ask("POST", find("css selector", selector) + "/value", Json{{"text", key}}.dump());
}

std::string WebDriver::script(const std::string& body) {
  const Json result = Json::parse(ask("POST", session_ + "/execute/sync",
                                      Json{{"script", body}, {"args", Json::array()}}.dump()))["value"];
  return result.is_string() ? result.get<std::string>() : result.dump();
}

std::vector<std::string> WebDriver::complaints() {
  std::vector<std::string> all;
  for (const Json& entry : Json::parse(ask("POST", session_ + "/se/log", R"({"type": "browser"})"))["value"])
    all.push_back(entry.value("message", ""));
  return all;
}

bool WebDriver::waits_for(const std::string& selector, const std::string& text, int seconds) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
  while (std::chrono::steady_clock::now() < end) {
    try {
      for (const std::string& found : texts(selector)) {
        if (found.find(text) != std::string::npos) return true;
      }
    } catch (const std::runtime_error&) {  // the page was loaded anew meanwhile
    }
    std::this_thread::sleep_for(kStep);
  }
  return false;
}

}  // namespace rnnbench
