#include <credence/cli/amending.h>
#include <credence/decision/example_testing.h>
#include <doctest/doctest.h>

using namespace credence;
using namespace credence::testing;

namespace {

std::map<std::uint64_t, Engine> published() {
  LawfulProgramme programme = example_programme();
  std::map<std::uint64_t, Engine> engines;
  engines.emplace(0, Engine{programme, example_card(programme), 0});
  return engines;
}

Programme next_version(const std::function<void(Programme&)>& change = {}) {
  Programme next = *example_programme();
  next.version += 1;
  if (change) change(next);
  return next;
}

std::string refusal(const std::function<void(Programme&)>& change) {
  auto error = amendment_error(published(), next_version(change));
  if (!error) return "";
  CHECK(error->code == "charter.amend");
  CHECK(!error->help.empty());
  return error->message;
}

EventType& event(Programme& programme, std::string_view id) {
  return programme.events.at(static_cast<std::size_t>(programme.find_event(id)));
}
Source& source(Programme& programme, std::string_view id) {
  return programme.sources.at(static_cast<std::size_t>(programme.find_source(id)));
}
Field& field(Programme& programme, std::string_view type, std::string_view name) {
  EventType& found = event(programme, type);
  return found.fields.at(static_cast<std::size_t>(found.find_field(name)));
}

bool names(const std::string& message, std::string_view word) {
  return message.find(word) != std::string::npos;
}

}  // namespace

TEST_CASE("amend: another order, more events, optional fields and words at the end are lawful") {
  CHECK(refusal([](Programme&) {}).empty());
  CHECK(refusal([](Programme& next) {
          std::swap(next.events.front(), next.events.back());
          EventType& bill = event(next, "bill");
          std::swap(bill.fields.front(), bill.fields.back());
          bill.fields.push_back({"reminders", FieldType::integer, true, {}, {}});
          next.events.push_back({"refund", 0, {}});
          field(next, "rental", "outcome").choices.push_back("stolen");
          field(next, "bill", "due").optional = true;
        }).empty());
}

TEST_CASE("amend: a version that could not read what is recorded is refused, by what it lacks") {
  CHECK(
      names(refusal([](Programme& next) { event(next, "overdraft").id = "red"; }), "`overdraft`"));
  CHECK(names(refusal([](Programme& next) { field(next, "overdraft", "days").name = "nights"; }),
              "`days`"));
  CHECK(names(
      refusal([](Programme& next) { field(next, "overdraft", "days").type = FieldType::money; }),
      "`days`"));
  CHECK(names(refusal([](Programme& next) { field(next, "bill", "paid").optional = false; }),
              "`paid`"));
  CHECK(names(refusal([](Programme& next) {
                std::swap(field(next, "rental", "outcome").choices[0],
                          field(next, "rental", "outcome").choices[1]);
              }),
              "`outcome`"));
  CHECK(names(refusal([](Programme& next) { field(next, "rental", "outcome").choices.pop_back(); }),
              "`outcome`"));
  CHECK(names(
      refusal([](Programme& next) {
        event(next, "bill").fields.push_back({"reminders", FieldType::integer, false, {}, {}});
      }),
      "`reminders`"));
  CHECK(names(refusal([](Programme& next) { event(next, "bill").source = 1; }), "`bank`"));
  CHECK(names(refusal([](Programme& next) { next.currency = *find_currency("CZK"); }), "CZK"));
}

TEST_CASE("amend: what people agreed to changes under no name that they agreed to") {
  CHECK(names(refusal([](Programme& next) { next.consents[0].text.en += "!"; }), "`bank`"));
  CHECK(names(refusal([](Programme& next) { next.consents[0].text.fr += "!"; }), "`bank`"));
  CHECK(names(refusal([](Programme& next) { source(next, "bank").context = "credit"; }),
              "`context`"));
  CHECK(names(refusal([](Programme& next) { source(next, "bank").category = "other"; }),
              "`category`"));
  CHECK(names(refusal([](Programme& next) { source(next, "bank").kind = "other"; }), "`kind`"));
  CHECK(names(refusal([](Programme& next) { source(next, "bank").name.fr = "Autre"; }), "`name`"));
  CHECK(names(refusal([](Programme& next) { source(next, "bank").subject_scope = "family"; }),
              "`subject_scope`"));
  CHECK(names(refusal([](Programme& next) { source(next, "bank").clock_start = "recording"; }),
              "retention"));
  CHECK(names(refusal([](Programme& next) { source(next, "bank").retention = {25, 0}; }), "kept"));
  CHECK(names(refusal([](Programme& next) { source(next, "bank").retention = {0, 730}; }), "kept"));
  CHECK(refusal([](Programme& next) { source(next, "bank").retention = {23, 0}; }).empty());
  CHECK(refusal([](Programme& next) { source(next, "bank").retention = {0, 600}; }).empty());
  CHECK(names(refusal([](Programme& next) { next.recipients[0].name.en = "Insurers"; }), "`name`"));
  CHECK(names(refusal([](Programme& next) { next.recipients[0].answer = AnswerShape::score; }),
              "learn more"));
  CHECK(refusal([](Programme& next) {
          next.sources.push_back(next.sources[0]);
          next.sources.back().id = "bank-2";
          next.sources.back().context = "credit";
          next.consents.push_back(next.consents[0]);
          next.consents.back().source = "bank-2";
          next.consents.back().text.en = "Something else.";
        }).empty());
}

TEST_CASE("amend: a consent that one version dropped does not come back with another text") {
  auto engines = published();
  LawfulProgramme second = example_programme([](std::string text) {
    text = replaced(std::move(text), "\nversion = 1\n", "\nversion = 2\n");
    text = replaced(std::move(text), "[assessments]", "[assessments]\ncovers_version = 2\n#");
    return replaced(std::move(text), "my past rentals to decide", "my rentals to decide");
  });
  engines.emplace(9, Engine{second, example_card(second), 9});
  Programme third = *second;
  third.version = 3;
  auto error = amendment_error(engines, third);
  REQUIRE(error);
  CHECK(names(error->message, "`rentals`"));
}
