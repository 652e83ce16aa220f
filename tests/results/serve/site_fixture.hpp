#pragma once

#include <map>

#include "results/serve/site.hpp"
#include "tests/results/query/query_fixture.hpp"

namespace rnnbench {

/// A site of the database of QueryTest, with a model that calls every text positive.
class SiteTest : public QueryTest {
 protected:
  SiteOptions options() const {
    SiteOptions options;
    options.database = path_;
    options.access = {"127.0.0.1", 8437, ""};
    options.hooks.call_review = [](RunId run, const std::string& text, bool with_words) {
      if (run > 6) throw ConfigError("no run with weights");
      ReviewCall call{0.75, 3, 2, {}};
      if (with_words) call.worth = {{text.substr(0, 20), true, 0.5}, {"<b>", false, -0.25}};
      return call;
    };
    options.hooks.load_claims = [](Database&) { return std::vector<ClaimData>(); };
    return options;
  }

  WebResponse get(const std::string& address) {
    WebRequest request;
    request.host = "localhost:8437";
    const std::size_t query = address.find('?');
    request.path = address.substr(0, query);
    if (query != std::string::npos) request.query = form_values(address.substr(query + 1));
    return site().respond(request);
  }

  WebResponse post(const std::string& path, const std::string& body) {
    WebRequest request;
    request.host = "localhost:8437";
    request.method = "POST";
    request.path = path;
    request.body = body;
    return site().respond(request);
  }

  Site& site() {
    if (!site_) site_ = std::make_unique<Site>(options());
    return *site_;
  }

  std::unique_ptr<Site> site_;
};

}  // namespace rnnbench
