#pragma once

#include <sys/types.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace httplib {
class Client;
}

namespace rnnbench {

/// A headless Chromium that a test drives through chromedriver (W3C WebDriver). Elements are found by CSS
/// selectors; finding waits up to ten seconds. Every failure is a std::runtime_error that says what was
/// asked.
class WebDriver {
 public:
  struct Options {
    bool scripts = true;
    int width = 1200, height = 900;
  };

  /// Whether both programs are installed; else a test skips.
  static bool is_installed();

  /// `folder`: for the browser's profile.
  WebDriver(const std::filesystem::path& folder, const Options& options);
  ~WebDriver();
  WebDriver(const WebDriver&) = delete;
  WebDriver& operator=(const WebDriver&) = delete;

  void open(const std::string& address);
  std::string address();
  std::string title();
  std::string source();
  /// Of the first element that `selector` finds.
  std::string text(const std::string& selector);
  std::vector<std::string> texts(const std::string& selector);
  void click(const std::string& selector);
  /// Clicks a link by what it says.
  void follow(const std::string& link_text);
  void type(const std::string& selector, const std::string& text);
  void press(const std::string& selector, const std::string& key);
  /// The result of a script as text.
  std::string script(const std::string& body);
  /// Errors and warnings that the browser has logged, policy violations among them.
  std::vector<std::string> complaints();
  /// Waits until `selector` has that text within it; false after `seconds`.
  bool waits_for(const std::string& selector, const std::string& text, int seconds);

 private:
  void end();
  std::string find(const std::string& strategy, const std::string& value);
  std::string ask(const char* method, const std::string& path, const std::string& body = "{}");

  std::unique_ptr<httplib::Client> client_;
  pid_t driver_ = -1;
  std::string session_;
};

}  // namespace rnnbench
