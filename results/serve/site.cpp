#include "results/serve/site.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>

#include "harness/core/error.hpp"
#include "results/query/plain_text.hpp"
#include "results/serve/html.hpp"

namespace rnnbench {
namespace {

constexpr std::string_view kAssets = "/assets/";

struct Page {
  const char* path;
  WebResponse (*answer)(const PageRequest&);
};
constexpr Page kPages[] = {{"/", start_page},          {"/runs", runs_page},
                           {"/compare", compare_page}, {"/claims", claims_page},
                           {"/figures", figures_page}, {"/sql", sql_page},
                           {"/review", review_page},   {"/compare/curves.svg", compare_curves_image}};

bool may_post(const std::string& path) {
  return path == "/review" || path == "/sql" || path == "/api/v1/query" || path == "/api/v1/review";
}

}  // namespace

RunId run_of(const std::string& text) {
  RunId run = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, run);
  if (read.ec != std::errc() || read.ptr != end || run < 1)
    throw ConfigError(fmt::format("'{}' is no run's number", cut_to_width(visible_text(text), 40)));
  return run;
}

Site::Site(SiteOptions options) : options_(std::move(options)) {
  options_.database = std::filesystem::absolute(options_.database).lexically_normal();
  const auto add = [&](std::string folder) {
    while (folder.ends_with('/')) folder.pop_back();
    if (folder.size() > 1) folders_.push_back(folder + "/");
  };
  add(options_.database.parent_path().string());
  add(std::filesystem::current_path().string());
  if (const char* home = std::getenv("HOME")) add(home);
  std::ranges::sort(folders_, std::greater(), &std::string::size);
}

std::string Site::without_folders(const std::string& text) const {
  std::string kept;
  for (std::size_t at = 0; at < text.size();) {
    const auto folder = std::ranges::find_if(
        folders_, [&](const std::string& each) { return text.compare(at, each.size(), each) == 0; });
    if (folder != folders_.end()) {
      at += folder->size();
    } else {
      kept += text[at++];
    }
  }
  return kept;
}

WebResponse Site::failed(const WebRequest& request, int status, const std::string& message) const {
  const std::string text = without_folders(message);
  if (request.path.starts_with(kApi)) return plain_refusal(request.path, status, text);
  return html_response(page_of(status == 404 ? "Not found" : "That did not work", "",
                               fmt::format("<p class=\"error\" role=\"alert\">{}</p>\n", escaped(text))),
                       status);
}

WebResponse Site::answer(const WebRequest& request) {
  const std::string& path = request.path;
  if (request.method != "GET" && request.method != "HEAD" && !(request.method == "POST" && may_post(path))) {
    return plain_refusal(path, 405, "that method isn't for this page");
  }
  if (path.starts_with(kAssets)) {
    if (auto found = asset(path.substr(kAssets.size()))) return *found;
    return failed(request, 404, "there is no such file");
  }
  if (path == "/api/v1/openapi.json") return json_response(openapi_text());
  Database database(options_.database);
  const PageRequest page{request, options_, database};
  for (const auto& [own, page_answer] : kPages) {
    if (path == own) return page_answer(page);
  }
  if (path.starts_with(kApi)) return api_answer(page, path.substr(kApi.size()));
  if (path.starts_with("/runs/")) {
    std::string run = path.substr(6);
    if (run.ends_with("/curves.svg")) return run_curves_image(page, run_of(run.substr(0, run.size() - 11)));
    return run_page(page, run_of(run));
  }
  if (path.starts_with("/figures/")) return figure_image(page, path.substr(9));
  return failed(request, 404, "there is no such page");
}

/// The same page without the token in its address, which people send to each other; a cookie carries it on.
WebResponse Site::with_cookie(const WebRequest& request) const {
  WebResponse response = html_response("", 303);
  response.headers = {{"Location", request.path + request.query.with("token", "").text()},
                      {"Set-Cookie", fmt::format("{}={}; HttpOnly; SameSite=Strict; Path=/",
                                                 token_cookie(options_.access.port), options_.access.token)}};
  return response;
}

WebResponse Site::respond(const WebRequest& request) {
  if (auto refusal = refuse(request, options_.access)) return *refusal;
  const bool has_token = !options_.access.token.empty() && request.query.has("token");
  if (has_token && request.method == "GET" && !request.path.starts_with(kApi)) return with_cookie(request);
  WebResponse response;
  try {
    response = answer(request);
  } catch (const ConfigError& error) {
    const std::string_view message = error.what();
    const bool missing = message.starts_with("no run") || message.starts_with("no experiment") ||
                         message.starts_with("no figure");
    response = failed(request, missing ? 404 : 400, error.what());
  } catch (const Interrupted&) {
    response = failed(request, 503, "the server is ending");
  } catch (const Error& error) {
    response = failed(request, 503, error.what());
  } catch (const std::exception& error) {
    response = failed(request, 500, error.what());
  }

  return response;
}

}  // namespace rnnbench
