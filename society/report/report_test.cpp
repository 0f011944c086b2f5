#include <credence/report/happening_texts.h>
#include <credence/report/report_testing.h>
#include <credence/report/two_outcomes.h>
#include <credence/report/wordings.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <set>

using namespace credence;
using testing::HandMadeReport;

namespace {

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

// What stands open when the page ends, or the first end that closes nothing; empty when all is
// well.
std::string unbalanced(const std::string& html) {
  const std::set<std::string, std::less<>> empty = {"meta", "input", "br", "!doctype"};
  std::vector<std::string> open;
  for (std::size_t at = html.find('<'); at != std::string::npos; at = html.find('<', at + 1)) {
    std::size_t end = html.find('>', at);
    if (end == std::string::npos) return "a tag without an end";
    bool closing = html[at + 1] == '/', itself = html[end - 1] == '/';
    std::size_t from = at + (closing ? 2 : 1);
    std::string name = html.substr(from, html.find_first_of(" >/", from) - from);
    if (itself || empty.contains(name)) continue;
    if (!closing) {
      open.push_back(name);
    } else {
      if (open.empty() || open.back() != name) return "</" + name + ">";
      open.pop_back();
    }
  }
  return open.empty() ? "" : "<" + open.back() + ">";
}

std::string body_of(const std::string& html, std::string_view language) {
  std::size_t from = html.find("<main class=\"body-" + std::string{language});
  return html.substr(from, html.find("</main>", from) - from);
}

std::size_t count_of(const std::string& text, std::string_view part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

}  // namespace

TEST_CASE("report: every sentence is written once, in both languages, with the same slots") {
  std::set<Say> written;
  for (auto* part : {&wordings_of_page, &wordings_of_programmes, &wordings_of_pictures,
                     &wordings_of_lives, &wordings_of_measures, &wordings_of_odd}) {
    for (const SaidText& one : part()) {
      CAPTURE(one.text.en);
      CHECK(written.insert(one.what).second);
      CHECK_FALSE(one.text.en.empty());
      CHECK_FALSE(one.text.fr.empty());
      for (std::string_view slot : {"{1}", "{2}", "{3}", "{4}", "{5}", "{6}"})
        CHECK(has(one.text.en, slot) == has(one.text.fr, slot));
    }
  }
  CHECK(written.size() == static_cast<std::size_t>(Say::count_));
}

TEST_CASE("report: every happening and every sphere has a name and words in both languages") {
  std::set<std::string_view> names;
  for (unsigned i = 0; i < static_cast<unsigned>(Happening::count_); ++i) {
    auto happening = static_cast<Happening>(i);
    CHECK(names.insert(name_of(happening)).second);
    CHECK_FALSE(words_of(happening).en.empty());
    CHECK_FALSE(words_of(happening).fr.empty());
  }
  CHECK(name_of(Happening::loan_refused) == "loan-refused");
  CHECK(name_of(Happening::reliable) == "reliable");
  for (std::size_t i = 0; i < kSpheres; ++i) {
    CHECK_FALSE(words_of(static_cast<Sphere>(i)).en.empty());
    CHECK_FALSE(words_of(static_cast<Sphere>(i)).fr.empty());
  }
}

TEST_CASE(
    "report: the page is whole, in two languages that say as much, and needs nothing beside") {
  HandMadeReport made;
  for (Language first : {Language::en, Language::fr}) {
    std::string html = society_report(made.input(), first);
    CHECK(unbalanced(html) == "");
    CHECK(html.size() < 2'000'000);
    for (std::string_view outside : {"<script", "<link", "src=", "url(", "@import", "http://"})
      CHECK_FALSE(has(html, outside));
    std::string english = body_of(html, "en"), french = body_of(html, "fr");
    for (std::string_view part : {"<h2", "<h3", "<table", "<caption", "<svg", "<p", "<li", "<tr"})
      CHECK(count_of(english, part) == count_of(french, part));
    CHECK(count_of(html, "<svg") == count_of(html, "role=\"img\" aria-label=\""));
    CHECK(count_of(html, "<table") == count_of(html, "<caption"));
    CHECK(has(english, "Points for all"));
    CHECK(has(french, "Des points pour tous"));
  }
  CHECK(has(society_report(made.input(), Language::fr), "id=\"show-fr\" checked"));
  CHECK(has(society_report(made.input(), Language::en), "<html lang=\"en\">"));
}

TEST_CASE("report: no id stands twice, and every link within the page leads somewhere") {
  HandMadeReport made;
  std::string html = society_report(made.input(), Language::en);
  std::set<std::string> ids;
  for (auto at = html.find(" id=\""); at != std::string::npos; at = html.find(" id=\"", at + 1)) {
    std::string id = html.substr(at + 5, html.find('"', at + 5) - at - 5);
    CHECK(ids.insert(id).second);
  }
  for (auto at = html.find("href=\"#"); at != std::string::npos;
       at = html.find("href=\"#", at + 1)) {
    CHECK(ids.contains(html.substr(at + 7, html.find('"', at + 7) - at - 7)));
  }
  CHECK(count_of(html, "href=\"#") >= 14);
}

TEST_CASE("report: hostile names are words, never markup") {
  HandMadeReport made;
  const std::string hostile = "<script>alert('x')</script>\"><img src=x onerror=y>&\u202e";
  made.programmes[0].title = {hostile, hostile};
  made.programmes[0].constructs.tiers[0].name = {hostile, hostile};
  made.programmes[0].constructs.rules = {{CountedDeed::late_bill, -5, {hostile, hostile}}};
  made.world.title = {hostile, hostile};
  made.world.id = hostile;
  for (auto& categories : made.world.population.categories) {
    for (TraitCategory& category : categories) category.name = {hostile, hostile};
  }
  SocietyReportInput input = made.input();
  input.command = hostile;
  input.made = hostile;
  input.sensitivity = {{hostile, {.mu = 1, .mu_star = 1, .sigma = 0, .error = 0.1}}};
  input.sensitivity_measure = hostile;
  std::string html = society_report(input, Language::en);
  CHECK(unbalanced(html) == "");
  CHECK_FALSE(has(html, "<script"));
  CHECK_FALSE(has(html, "<img"));
  CHECK_FALSE(has(html, "\"><img"));
  CHECK_FALSE(has(html, "\u202e"));
  CHECK(has(html, "&lt;script&gt;"));
}

TEST_CASE("report: one replicate claims no interval, and says so") {
  HandMadeReport made(1);
  std::string html = society_report(made.input(), Language::en);
  CHECK(unbalanced(html) == "");
  CHECK_FALSE(has(html, " \u00b1 "));
  CHECK_FALSE(has(html, "class=\"band"));
  CHECK(has(html, "claims no interval"));
  HandMadeReport more(4);
  CHECK(has(society_report(more.input(), Language::en), " \u00b1 "));
  CHECK(has(society_report(more.input(), Language::en), "class=\"band"));
}

TEST_CASE(
    "report: an interrupted run is said to be partial, and one without a replicate is empty") {
  HandMadeReport made;
  made.result.interrupted = true;
  CHECK(has(society_report(made.input(), Language::en), "The report is partial"));
  made.result.replicates.clear();
  made.result.stories.clear();
  made.result.panel.clear();
  std::string html = society_report(made.input(), Language::en);
  CHECK(unbalanced(html) == "");
  CHECK(has(html, "nothing to show yet"));
  CHECK_FALSE(has(html, "class=\"charts\""));
}

TEST_CASE("report: stories of unlike lengths, or of fewer arms, are told as far as they go") {
  HandMadeReport made;
  made.result.stories[1][0].resize(2);
  CHECK(unbalanced(society_report(made.input(), Language::en)) == "");
  made.result.stories[0][0].clear();
  CHECK(unbalanced(society_report(made.input(), Language::en)) == "");
  made.result.stories.resize(1);
  CHECK(unbalanced(society_report(made.input(), Language::en)) == "");
}

TEST_CASE(
    "report: a world in which nothing is counted makes a page without numbers that are none") {
  HandMadeReport made;
  for (ReplicateResult& replicate : made.result.replicates) {
    for (auto& months : replicate.tallies) {
      for (auto& groups : months) std::ranges::fill(groups, MonthTally{});
    }
    for (auto& regions : replicate.regions) std::ranges::fill(regions, MonthTally{});
    replicate.flows = {{0}, {0}};
    replicate.spells = {{}, {}};
  }
  std::string html = society_report(made.input(), Language::en);
  CHECK(unbalanced(html) == "");
  CHECK_FALSE(has(html, "\"nan"));
  CHECK_FALSE(has(html, ">nan"));
  CHECK_FALSE(has(html, "inf\""));
  CHECK(has(html, "Nobody was barred"));
}

TEST_CASE("report: sensitivity is ranked when there is one, and how to make it is said when not") {
  HandMadeReport made;
  SocietyReportInput input = made.input();
  CHECK(has(society_report(input, Language::en), "--sensitivity 10"));
  input.sensitivity = {{"rules.bills.unpaid", {.mu_star = 0.01, .error = 0.001}},
                       {"rules.bills.late", {.mu_star = 0.05, .error = 0.001}},
                       {"rules.gone.nothing", {.mu_star = std::nan("")}}};
  std::string html = society_report(input, Language::en);
  CHECK_FALSE(has(html, "--sensitivity 10"));
  CHECK(html.find("(rules.bills.late)") < html.find("(rules.bills.unpaid)"));
  CHECK_FALSE(has(html, "rules.gone"));
}

TEST_CASE("lives: who loses most, who is hit by a mistake and who gains are three people") {
  HandMadeReport made;
  std::vector<ChosenLife> chosen = choose_lives(made.input());
  REQUIRE(chosen.size() == 3);
  CHECK(chosen[0].panelist == 0);
  CHECK(chosen[1].panelist == 1);
  CHECK(chosen[2].panelist == 2);
  std::set<std::string> whys;
  for (const ChosenLife& one : chosen) whys.insert(one.why.en);
  CHECK(whys.size() == 3);
}

TEST_CASE("lives: nobody is chosen where all live as without the programme") {
  HandMadeReport made;
  made.result.stories[1] = made.result.stories[0];
  CHECK(choose_lives(made.input()).empty());
  CHECK(has(society_report(made.input(), Language::en), "lives differently"));
}

TEST_CASE("two outcomes: a gap between two heaps is found, and one heap is none") {
  auto found = two_outcomes({0.1, 0.11, 0.12, 0.1, 0.9, 0.91, 0.92, 0.9});
  REQUIRE(found.has_value());
  CHECK(found->lower_count == 4);
  CHECK(found->lower == doctest::Approx(0.1075));
  CHECK(found->upper == doctest::Approx(0.9075));
  CHECK_FALSE(two_outcomes({0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.9}).has_value());
  CHECK_FALSE(two_outcomes({0.1, 0.1, 0.9, 0.9}).has_value());
  CHECK_FALSE(two_outcomes(std::vector<double>(10, 0.5)).has_value());
  CHECK_FALSE(two_outcomes({1, 2, 3, 4, 5, 6, 7, 8}).has_value());
  CHECK_FALSE(two_outcomes(std::vector<double>(10, std::nan(""))).has_value());
}

TEST_CASE("ODD: seven elements, every rule and number, and what was changed is marked") {
  HandMadeReport made;
  for (Language language : {Language::en, Language::fr}) {
    std::string html = odd_html(made.world, made.programmes, language);
    std::string text = odd_text(made.world, made.programmes, language);
    CHECK(unbalanced(html) == "");
    CHECK(count_of(html, "<details") == 7);
    for (const RuleDescription* rule : all_rules()) {
      CHECK(has(text, rule->name.in(language).substr(0, 20)));
      for (const RuleParameter& parameter : rule->parameters)
        CHECK(has(html, "rules." + rule->id + "." + parameter.id));
    }
    CHECK_FALSE(has(html, language == Language::en ? "(changed)" : "(changé)"));
  }
  std::string french = odd_html(made.world, made.programmes, Language::fr);
  for (const char* english :
       {"(person)", "employer,", "Qui agit : bank", ">invented<", ">a month<"})
    CHECK_FALSE(has(french, english));
  made.world.rules.set("bills.late", 0.9);
  std::string text = odd_text(made.world, made.programmes, Language::en);
  std::string html = odd_html(made.world, made.programmes, Language::en);
  CHECK(has(html, "0.9 (changed) (outside its range)"));
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = std::min(text.find('\n', at), text.size());
    CHECK(characters(text.substr(at, end - at)) <= 90);
    at = end + 1;
  }
}

TEST_CASE("programmes: what the charter refuses is told by article and section") {
  for (const Preset& preset : built_in_programmes()) {
    CAPTURE(std::string{preset.id});
    auto read = read_society_programme(preset.text, std::string{preset.id}, preset.card, "card");
    REQUIRE(read.programme.has_value());
    HandMadeReport made;
    made.programmes[0] = std::move(*read.programme);
    std::string html = society_report(made.input(), Language::en);
    CHECK(unbalanced(html) == "");
    CHECK(has(html, "[society.loyalty]") == (preset.id == "total-surveillance"));
    if (preset.id == "total-surveillance") CHECK(has(html, ">A05<"));
  }
}
