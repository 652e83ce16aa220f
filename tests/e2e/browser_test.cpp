// The web page in a real browser, with scripts and without, beside real runs.
#include <gmock/gmock.h>

#include <chrono>
#include <fstream>
#include <thread>

#include "tests/e2e/fixture.hpp"
#include "tests/support/web_driver.hpp"

namespace rnnbench {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

/// Two cells, two seeds, weights kept.
std::string two_cells(const std::string& name, int epochs) {
  std::string experiment = small_experiment();
  const auto replace = [&](const std::string& old, const std::string& with) {
    experiment.replace(experiment.find(old), old.size(), with);
  };
  replace("name = \"small\"", "name = \"" + name + "\"");
  replace("\"recipe.length\" = [10, 20]", "\"model.layers.0.cell\" = [\"rnn\", \"lstm\"]");
  replace("epochs = 3", "epochs = " + std::to_string(epochs));
  return experiment;
}

class BrowserTest : public ProgramTest {
 protected:
  void SetUp() override {
    if (!WebDriver::is_installed()) GTEST_SKIP() << "Chromium or chromedriver is not installed";
    program_.write("small.toml", two_cells("small", 3));
    ASSERT_EQ(program_.run({"run", "small.toml"}).exit_code, 0);
    start_server();
  }

  void start_server() {
    server_ = std::make_unique<Program>(program_.folder().string() + "-server");
    server_->start({"serve", "--db", database().string(), "--port", "0"});
    for (int step = 0; step < 200 && address_.empty(); ++step) {
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
      std::ifstream output(server_->folder() / "stdout.txt");
      std::getline(output, address_);
    }
    ASSERT_THAT(address_, HasSubstr("http://127.0.0.1:"));
    address_.pop_back();  // the slash
  }

  std::unique_ptr<WebDriver> browser(const WebDriver::Options& options = {}) {
    return std::make_unique<WebDriver>(program_.folder() / "browser", options);
  }

  std::unique_ptr<Program> server_;
  std::string address_;
};

// A newcomer's walk: from the start page to the best trial, a comparison with its verdict and a judged
// review.
TEST_F(BrowserTest, EverythingIsWithinTwoClicksOfTheStartPage) {
  const auto page = browser();
  page->open(address_ + "/");
  EXPECT_THAT(page->texts("tbody tr:first-child td"), Contains("small"));

  page->follow("best trials");
  EXPECT_TRUE(page->waits_for("caption", "2 groups over seeds", 10));
  EXPECT_THAT(page->texts("th[aria-sort=descending]"), ElementsAre(HasSubstr("test_accuracy")));

  page->open(address_ + "/");
  page->follow("compare cells");
  EXPECT_THAT(
      page->text("#verdict + ul"),
      testing::ContainsRegex("trial~[0-9a-f]+ against trial~[0-9a-f]+: .*(accurate|equivalent|difference)"));
  EXPECT_THAT(page->text(".chart-legend li"), HasSubstr("trial"));

  page->open(address_ + "/");
  page->follow("Try a review");
  page->type("#text", "a wonderful film");
  page->click("form[aria-label=Review] button");
  EXPECT_THAT(page->text("#answer"), testing::AnyOf("POSITIVE", "NEGATIVE"));
  EXPECT_THAT(page->texts(".words span"), Contains("wonderful"));
  EXPECT_THAT(page->complaints(), IsEmpty());
}

TEST_F(BrowserTest, RunsAreFilteredSortedAndChosen) {
  const auto page = browser();
  page->open(address_ + "/runs");
  EXPECT_THAT(page->text("caption"), HasSubstr("4 of 4 runs"));
  page->type("input[name=cell]", "lstm");
  page->click(".filters button");
  EXPECT_TRUE(page->waits_for("caption", "2 of 2 runs", 10));
  EXPECT_THAT(page->address(), HasSubstr("cell=lstm"));
  page->follow("seed");
  EXPECT_TRUE(page->waits_for("th[aria-sort]", "seed", 10));
  EXPECT_THAT(page->address(), HasSubstr("sort=seed%3Adesc"));
  EXPECT_THAT(page->address(), HasSubstr("cell=lstm"));
  page->click("tbody tr:nth-child(1) input");
  page->click("tbody tr:nth-child(2) input");
  page->click("form[action='/compare'] button");
  EXPECT_THAT(page->text("#verdict + ul"), HasSubstr("against"));
  EXPECT_THAT(page->complaints(), IsEmpty());
}

TEST_F(BrowserTest, TablesAreSortedInThePageByMouseAndByKeyboard) {
  const auto page = browser();
  page->open(address_ + "/runs/1");
  const auto epochs = [&] { return page->texts("#metrics ~ .scroll tbody tr td:first-child"); };
  EXPECT_EQ(epochs().front(), "1");
  page->click("#metrics ~ .scroll th:first-child");
  page->press("#metrics ~ .scroll th:first-child", "\uE007");  // Enter: the other way round
  EXPECT_EQ(epochs().front(), "3");
  EXPECT_THAT(page->texts(".chart-title"), ElementsAre(HasSubstr("accuracy"), HasSubstr("loss")));
  EXPECT_EQ(page->script("return document.querySelectorAll('.chart canvas').length > 1"), "true");
  EXPECT_THAT(page->complaints(), IsEmpty());
}

TEST_F(BrowserTest, SqlIsAskedAndRefused) {
  const auto page = browser();
  page->open(address_ + "/sql");
  page->type("#sql", "SELECT cell, count(*) AS n FROM run_summary GROUP BY cell ORDER BY cell");
  page->click("form[aria-label=Question] button");
  EXPECT_TRUE(page->waits_for("table.sortable tbody", "lstm 2", 10));
  EXPECT_THAT(page->texts("table.sortable tbody tr"), ElementsAre("lstm 2", "rnn 2"));
  page->type("#sql", "DROP TABLE runs");
  page->click("form[aria-label=Question] button");
  EXPECT_THAT(page->text("[role=alert]"), HasSubstr("queries only read"));
}

TEST_F(BrowserTest, MarkupInAReviewIsShownAsText) {
  const auto page = browser();
  page->open(address_ + "/review");
  page->type("#text",
             "<img src=x onerror=\"document.title='hacked'\"> <script>document.title='hacked'</script>");
  page->click("form[aria-label=Review] button");
  page->text("#answer");
  EXPECT_THAT(page->title(), Not(HasSubstr("hacked")));
  EXPECT_EQ(page->script("return document.querySelectorAll('main img').length"), "0");
}

TEST_F(BrowserTest, ARunningRunIsFollowed) {
  program_.write("long.toml", two_cells("long", 4000));
  program_.start({"run", "long.toml", "--workers", "1", "--set", "data.limit={ train = 2000, test = 200 }"});
  const auto page = browser();
  page->open(address_ + "/runs?experiment=long");
  for (int i = 0; i < 100 && page->texts("tbody a").empty(); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    page->open(address_ + "/runs?experiment=long");
  }
  page->click("tbody a");
  EXPECT_TRUE(page->waits_for("#status", "running", 5));
  EXPECT_TRUE(page->waits_for(".chart-title", "accuracy", 20));
  const auto epochs = [&] {
    return page->script(
        "const f = document.querySelector('figure.curves'); return f.charts ? f.charts.loss.numRows() : 0");
  };
  const std::string before = epochs();
  bool grew = false;
  for (int i = 0; i < 100 && !grew; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    grew = epochs() != before;
  }
  EXPECT_TRUE(grew) << before << " epochs are drawn and no more come";
  program_.send(SIGINT);
  program_.wait();
  EXPECT_TRUE(page->waits_for("#status", "interrupted", 20));
}

TEST_F(BrowserTest, PagesWorkWithoutScripts) {
  const auto page = browser({.scripts = false});
  for (const char* path : {"/", "/runs", "/runs/1", "/compare?s=1&s=2", "/claims",
                           "/figures?experiment=small", "/sql", "/review"}) {
    page->open(address_ + path);
    EXPECT_THAT(page->text("main h1"), Not(IsEmpty())) << path;
  }
  page->open(address_ + "/runs/1");
  EXPECT_THAT(page->source(), HasSubstr("/runs/1/curves.svg"));
  EXPECT_THAT(page->texts("figure.curves img"), testing::SizeIs(1));
  page->open(address_ + "/review");
  page->type("#text", "a dull film");
  page->click("form[aria-label=Review] button");
  EXPECT_THAT(page->text("#answer"), testing::AnyOf("POSITIVE", "NEGATIVE"));
}

TEST_F(BrowserTest, APhoneShowsPagesWithoutScrollingSideways) {
  const auto page = browser({.width = 500, .height = 900});
  for (const char* path :
       {"/", "/runs", "/runs/1", "/compare?s=1&s=2", "/sql", "/review", "/figures?experiment=small"}) {
    page->open(address_ + path);
    page->text("main h1");
    EXPECT_EQ(page->script("return document.documentElement.scrollWidth <= window.innerWidth"), "true")
        << path;
  }
}

TEST_F(BrowserTest, EveryFieldHasANameAndThePageALanguage) {
  const auto page = browser();
  for (const char* path :
       {"/", "/runs", "/runs/1", "/compare", "/sql", "/review", "/figures?experiment=small"}) {
    page->open(address_ + path);
    EXPECT_EQ(page->script("return document.documentElement.lang"), "en");
    EXPECT_EQ(
        page->script("return [...document.querySelectorAll('input:not([type=hidden]), select, textarea')]"
                     ".filter(f => f.labels.length === 0 && !f.ariaLabel && !f.closest('.chart')).length"),
        "0")
        << path;
    EXPECT_EQ(page->script("return [...document.images].filter(i => !i.alt).length"), "0") << path;
    EXPECT_EQ(page->script("return document.querySelectorAll('h1').length"), "1") << path;
  }
}

}  // namespace
}  // namespace rnnbench
