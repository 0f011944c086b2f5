#pragma once

// For tests of this layer and those after it: the published example, and a ledger in memory.

#include <credence/decision/decision.h>
#include <credence/ledger/dossier.h>
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

namespace credence::testing {

// Tests run in build folders below the repository; its files are found from there upwards.
inline std::string read_repository_file(const std::string& path) {
  for (auto folder = std::filesystem::current_path();; folder = folder.parent_path()) {
    std::filebuf file;
    if (file.open(folder / path, std::ios::in | std::ios::binary) != nullptr) {
      return {std::istreambuf_iterator<char>{&file}, {}};
    }
    if (folder == folder.parent_path()) break;
  }
  FAIL("no such file in the repository: ", path);
  return {};
}

inline std::string replaced(std::string text, std::string_view what, std::string_view with) {
  std::size_t at = text.find(what);
  REQUIRE(at != std::string::npos);
  return text.replace(at, what.size(), with);
}

using Edit = std::function<std::string(std::string)>;

inline LawfulProgramme example_programme(const Edit& edit = {}) {
  std::string text = read_repository_file("programmes/deposit-free/programme.toml");
  if (edit) text = edit(std::move(text));
  ParsedProgramme parsed = parse_programme(text, "programme.toml");
  REQUIRE(parsed.programme.has_value());
  Admission admission = admit(std::move(*parsed.programme), Charter::builtin());
  for (const Finding& finding : admission.findings) {
    if (finding.severity == Finding::Severity::error) {
      FAIL_CHECK(render(finding, text, Language::en));
    }
  }
  REQUIRE(admission.lawful.has_value());
  return *admission.lawful;
}

inline Card example_card(const LawfulProgramme& programme, const Edit& edit = {}) {
  std::string text = read_repository_file("programmes/deposit-free/card.toml");
  if (edit) text = edit(std::move(text));
  ReadCard read = read_card(text, "card.toml", programme);
  REQUIRE(read.card.has_value());
  return *read.card;
}

inline Date day(std::string_view text) {
  auto date = parse_date(text);
  REQUIRE(date.has_value());
  return *date;
}
inline Instant noon(std::string_view text) {
  return day(text) + std::chrono::hours{12};
}

// One person's ledger in memory: drafts in, dossier out, with everything that recording does to a
// payload.
class LedgerInMemory {
 public:
  explicit LedgerInMemory(LawfulProgramme programme, std::string subject = "Ada Example")
      : programme_(std::move(programme)), subject_(std::move(subject)) {}

  const LawfulProgramme& programme() const { return programme_; }
  const std::string& subject() const { return subject_; }
  std::uint64_t size() const { return next_; }

  std::uint64_t record(const Draft& draft) {
    auto payload = parse_json(draft.payload());
    REQUIRE(payload);
    facts_.push_back({.index = next_, .kind = draft.kind(), .payload = *payload});
    return next_++;
  }
  std::uint64_t consent(std::string_view source, std::string_view recipient,
                        std::string_view from) {
    return record(Draft::statement(FactKind::consent_granted, subject_,
                                   {{"purpose", programme_->purpose},
                                    {"source", source},
                                    {"recipient", recipient},
                                    {"expires", to_text(add(day(from), Period{24, 0}))}},
                                   noon(from)));
  }
  void enrol(std::string_view from) {
    next_ = std::max<std::uint64_t>(next_, 1);  // fact 0 publishes the programme
    record(Draft::statement(FactKind::subject_enrolled, subject_, {}, noon(from)));
    for (const char* recipient : {"operator", "bike-shop"}) {
      for (const char* source : {"bank", "rentals"}) consent(source, recipient, from);
    }
  }
  std::uint64_t record(const Event& event, Instant when) {
    Consents consents = dossier().consents;
    auto admitted = credence::admit(event, programme_, &consents, when);
    REQUIRE(std::holds_alternative<Admitted>(admitted));
    return record(Draft::event(std::get<Admitted>(admitted), *programme_));
  }
  std::uint64_t event(std::string_view json, std::string_view recorded) {
    auto parsed = parse_json(json);
    REQUIRE(parsed);
    auto event = event_from_json(*parsed, *programme_);
    if (!event) FAIL(event.error().message);
    event->subject = subject_;
    return record(*event, noon(recorded));
  }
  std::uint64_t bill(std::string_view due, std::string_view paid, std::string_view recorded) {
    std::string paid_member = paid.empty() ? "" : ",\"paid\":\"" + std::string{paid} + "\"";
    return event("{\"at\":\"" + std::string{due} +
                     "\",\"event\":\"bill\",\"fields\":{\"amount\":\"40.00 EUR\",\"due\":\"" +
                     std::string{due} + "\"" + paid_member + "}}",
                 recorded);
  }
  std::uint64_t rental(std::string_view at, std::string_view outcome, std::string_view recorded) {
    return event(
        "{\"at\":\"" + std::string{at} +
            "\",\"event\":\"rental\",\"fields\":{\"deposit\":\"150.00 EUR\",\"due_back\":\"" +
            std::string{at} + "\",\"returned\":\"" + std::string{at} + "\",\"outcome\":\"" +
            std::string{outcome} + "\"}}",
        recorded);
  }
  // A person with a year of bills, three of them late, and four rentals: facts 6 to 21.
  void fill() {
    enrol("2025-11-01");
    for (int month = 0; month < 12; ++month) {
      std::string due = to_text(add(day("2025-11-15"), Period{month, 0}));
      bool late = month == 3 || month == 7 || month == 9;
      bill(due, to_text(add(day(due), Period{0, late ? 20 : 0})), "2026-11-01");
    }
    for (const char* at : {"2026-01-10", "2026-03-10", "2026-06-10", "2026-09-10"}) {
      rental(at, "settled", "2026-11-01");
    }
  }

  void erase(std::uint64_t index) {
    std::erase_if(facts_, [index](const Fact& fact) { return fact.index == index; });
  }
  const Fact& fact(std::uint64_t index) const {
    auto found = std::find_if(facts_.begin(), facts_.end(),
                              [index](const Fact& one) { return one.index == index; });
    REQUIRE(found != facts_.end());
    return *found;
  }
  std::vector<Fact>& facts() { return facts_; }
  Dossier dossier() const {
    auto read = read_dossier(subject_, facts_, programme_);
    if (!read) FAIL(read.error().message);
    return *read;
  }
  Statement statement(std::uint64_t index) const {
    for (const Statement& one : dossier().statements) {
      if (one.index == index) return one;
    }
    FAIL("no statement ", index);
    return {};
  }
  AsOf as_of(std::string_view date) const {
    return {.date = day(date), .known = next_, .asked = noon(date)};
  }

 private:
  LawfulProgramme programme_;
  std::string subject_;
  std::uint64_t next_ = 0;
  std::vector<Fact> facts_;
};

}  // namespace credence::testing
