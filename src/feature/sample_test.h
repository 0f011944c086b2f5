#pragma once

#include <credence/feature/derivation.h>

#include <random>
#include <string>

namespace credence::sample {

// A programme with every measure, and people who do not exist, for the tests of features and
// scores.

inline Date day(std::string_view text) {
  return *parse_date(text);
}

inline Field field(std::string name, FieldType type, std::vector<std::string> choices = {},
                   std::vector<std::string> special = {}) {
  return {.name = std::move(name),
          .type = type,
          .optional = true,
          .choices = std::move(choices),
          .special = std::move(special)};
}

enum Type { bill, income, overdraft, rental };

inline Feature feature(std::string id, Type from, Measure measure, int of = -1,
                       std::optional<Period> window = {}, Risk risk = Risk::unordered) {
  Feature made;
  made.id = std::move(id);
  made.question = {"question " + made.id, "question " + made.id};
  made.from = from;
  made.measure = measure;
  made.of = of;
  made.window = window;
  made.risk = risk;
  return made;
}

inline Source source(std::string id, Period retention, std::string clock_start) {
  Source made;
  made.id = std::move(id);
  made.retention = retention;
  made.clock_start = std::move(clock_start);
  return made;
}

inline void add_events(Programme& programme) {
  using enum FieldType;
  programme.events = {
      {"bill",
       0,
       {field("amount", money, {}, {"no-record", "hidden"}), field("due", date),
        field("paid", date)}},
      {"income", 0, {field("amount", money), field("regular", flag)}},
      {"overdraft", 0, {field("amount", money), field("days", integer, {}, {"unknown"})}},
      {"rental",
       1,
       {field("outcome", choice, {"settled", "damaged", "lost"}), field("days", integer)}},
  };
}

inline void add_features(Programme& programme) {
  const Period year{.months = 12}, quarter{.months = 3}, weeks{.days = 45};
  using enum Measure;
  auto& features = programme.features;
  features = {
      feature("late_bills_12m", bill, count, -1, year, Risk::rises),
      feature("bills", bill, count),
      feature("late_share", bill, share, -1, year, Risk::rises),
      feature("billed_3m", bill, sum, 0, quarter),
      feature("mean_bill", bill, mean, 0, year),
      feature("smallest_bill", bill, min, 0),
      feature("largest_bill", bill, max, 0, weeks),
      feature("latest_bill", bill, latest, 0),
      feature("last_paid", bill, max, 2),
      feature("income_trend", income, trend, 0, year, Risk::falls),
      feature("regular_income", income, latest, 1, year, Risk::falls),
      feature("different_incomes", income, distinct, 0),
      feature("months_since_overdraft", overdraft, months_since, -1, {}, Risk::falls),
      feature("overdraft_days", overdraft, sum, 1, year, Risk::rises),
      feature("overdraft_trend", overdraft, trend, 1),
      feature("rental_months", rental, months_between, -1, {}, Risk::falls),
      feature("last_rental", rental, latest, 0),
      feature("rental_kinds", rental, distinct, 0, weeks),
      feature("mean_rental_days", rental, mean, 1),
      feature("income_12m", income, sum, 0, year, Risk::falls),
  };
  auto where = [&](int at, const char* text) {
    Feature& changed = features[static_cast<std::size_t>(at)];
    changed.where =
        compile_condition(text, programme.events[static_cast<std::size_t>(changed.from)],
                          programme.currency, Where{})
            .condition;
  };
  const char* late = "paid > due + 3 days or (missing(paid) and due + 3 days < today)";
  where(0, late);
  where(2, late);
  where(3, "amount > 10.00 EUR");
  where(13, "days > 2");
  where(15, "outcome = 'settled'");
}

inline Programme programme() {
  Programme made;
  made.id = "sample";
  made.purpose = "deposit-waiver";
  made.currency = *find_currency("EUR");
  made.sources = {source("bank", {.months = 24}, "event"),
                  source("rentals", {.months = 12, .days = 3}, "recording")};
  add_events(made);
  add_features(made);
  return made;
}

// Adds random facts to a dossier, each with the next index: events, corrections, consents and their
// withdrawals, disputes and their decisions. Days crowd around month ends, where calendars are
// hard.
class Life {
 public:
  explicit Life(std::uint64_t seed) : random_(seed) {
    for (const char* name : {"bank", "rentals"}) {
      if (below(8) != 0) grant(name);
    }
  }

  Dossier dossier;
  std::uint64_t next = 0;

  std::uint64_t below(std::uint64_t limit) { return random_() % limit; }

  Date some_day() {
    Date start = day("2024-12-31");
    Date around = add(start, {.months = static_cast<int>(below(30))});
    return around + std::chrono::days{static_cast<int>(below(5)) - 2};
  }
  Instant some_instant() { return Instant{some_day()} + std::chrono::hours{below(24)}; }

  void event() {
    EventFact made;
    made.index = next++;
    made.type = static_cast<int>(below(4));
    made.at = some_day();
    made.recorded = some_instant();
    made.fields = fields(made.type);
    dossier.events.push_back(made);
  }

  void fact() {
    switch (below(12)) {
      case 0:
        return correction();
      case 1:
        return dispute();
      case 2:
        return decision();
      case 3:
        return below(3) == 0 ? withdrawal() : event();
      case 4:
        return below(3) == 0 ? grant(below(2) == 0 ? "bank" : "rentals") : event();
      default:
        return event();
    }
  }

  AsOf as_of() {
    return {.date = some_day(),
            .known = below(3) == 0 ? UINT64_MAX : below(next + 2),
            .asked = some_instant()};
  }

 private:
  Cell cell(std::uint64_t limit, std::int64_t lowest = 0, int special = 0) {
    std::uint64_t draw = below(10);
    if (draw == 0) return {};
    if (draw == 1 && special > 0)
      return Cell::special(static_cast<int>(below(static_cast<std::uint64_t>(special))));
    return Cell::of(static_cast<std::int64_t>(below(limit)) + lowest);
  }
  // Amounts reach from cents to the largest that a cell can hold.
  Cell amount(int special) {
    if (below(6) == 0) return Cell::of(below(2) == 0 ? Cell::kLimit : -Cell::kLimit);
    return cell(3000, -500, special);
  }
  Cell a_date() { return below(5) == 0 ? Cell{} : Cell::of(day_number(some_day())); }

  std::array<Cell, EventType::kMaxFields> fields(int type) {
    switch (type) {
      case bill:
        return {amount(2), a_date(), a_date()};
      case income:
        return {amount(0), cell(2)};
      case overdraft:
        return {amount(0), cell(20, 0, 1)};
      default:
        return {cell(3), cell(30)};
    }
  }

  std::uint64_t some_record() {
    return dossier.events.empty() ? 0 : dossier.events[below(dossier.events.size())].index;
  }
  void correction() {
    std::uint64_t record = some_record();
    event();
    dossier.events.back().corrects = record;
  }
  void dispute() {
    dossier.disputes.push_back({.index = next++,
                                .record = some_record(),
                                .because = "it is wrong",
                                .opened = some_instant(),
                                .frozen = below(5) != 0,
                                .decided = {}});
  }
  void decision() {
    for (Dispute& dispute : dossier.disputes) {
      if (dispute.decided) continue;
      auto outcome = static_cast<DisputeOutcome>(below(3));
      dispute.decided = {.index = next++,
                         .outcome = outcome,
                         .by = "B",
                         .because = "checked",
                         .when = some_instant()};
      return;
    }
  }
  void grant(std::string name) {
    Date given = some_day() - std::chrono::days{400};
    dossier.consents.add({.index = next++,
                          .purpose = "deposit-waiver",
                          .source = std::move(name),
                          .recipient = std::string{kOperator},
                          .granted = Instant{given},
                          .expires = add(given, {.months = 40}),
                          .withdrawn_by = {},
                          .withdrawn = {}});
  }
  void withdrawal() {
    dossier.consents.withdraw(below(2) == 0 ? "bank" : "rentals", next, some_instant());
    ++next;
  }

  std::mt19937_64 random_;
};

}  // namespace credence::sample
