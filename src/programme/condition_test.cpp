#include <credence/programme/condition.h>
#include <credence/programme/sample_test.h>
#include <doctest/doctest.h>

#include <array>
#include <string>

using namespace credence;

namespace {

const Currency kEuro = *find_currency("EUR");
const Date kToday = *parse_date("2026-03-01");

Cell day(std::string_view text) {
  return Cell::of(day_number(*parse_date(text)));
}

// amount 12.50, due 2026-01-31, paid 2026-02-02, 5 days, regular, lost, settled, red
std::array<Cell, 8> usual() {
  return {Cell::of(1250), day("2026-01-31"), day("2026-02-02"), Cell::of(5),
          Cell::of(1),    Cell::of(2),       Cell::of(0),       Cell::of(0)};
}

CompiledCondition compile(std::string_view text) {
  return compile_condition(text, sample_event(), kEuro, {"p.toml", 7, 9, 3});
}

bool holds(std::string_view text, const std::array<Cell, 8>& fields) {
  CompiledCondition compiled = compile(text);
  INFO(text);
  for (const Finding& finding : compiled.findings) MESSAGE(finding.code, " ", finding.message.en);
  REQUIRE(!has_errors(compiled.findings));
  return compiled.condition.holds(fields, kToday);
}

}  // namespace

TEST_CASE("condition: an empty one holds for every event") {
  CHECK(Condition{}.holds({}, kToday));
  CHECK(Condition{}.text().empty());
}

TEST_CASE("condition: each comparison of each type says what arithmetic says") {
  for (auto text : {"amount = 12.50 EUR",
                    "amount != 12.51 EUR",
                    "amount < 12.51 EUR",
                    "amount <= 12.50 EUR",
                    "amount > 12.49 EUR",
                    "amount >= 12.5 EUR",
                    "amount > -3 EUR",
                    "12 EUR < amount",
                    "due = 2026-01-31",
                    "due != 2026-02-01",
                    "due < paid",
                    "due <= 2026-01-31",
                    "paid > due",
                    "paid >= 2026-02-02",
                    "days = 5",
                    "days != -5",
                    "days < 6",
                    "days <= 5",
                    "days > 4",
                    "days >= 5",
                    "regular",
                    "regular = true",
                    "regular != false",
                    "outcome = 'lost'",
                    "outcome != 'settled'",
                    "'settled' = before",
                    "outcome != before",
                    "today = 2026-03-01",
                    "due < today",
                    "true",
                    "(days = 5)",
                    "((regular)) and (days = 5)",
                    "(due + 3 days) > paid",
                    "not (days = 6)"}) {
    CAPTURE(text);
    CHECK(holds(text, usual()));
    CHECK(!holds(std::string{"not ("} + text + ")", usual()));
  }
}

TEST_CASE(
    "condition: a date is moved by the calendar, months before days, clamped to the month's end") {
  for (auto text :
       {"due + 1 month = 2026-02-28", "due + 1 month 1 day = 2026-03-01",
        "due - 2 months = 2025-11-30", "due + 1 year = 2027-01-31", "due + 2 weeks = 2026-02-14",
        "paid < due + 3 days", "paid > due + 1 day", "today - 1 month = 2026-02-01",
        "due + 1 day - 1 day = due", "due -1 day = 2026-01-30", "due+1 day>due",
        "today - 1 year 2 months 3 days = 2024-12-29"}) {
    CAPTURE(text);
    CHECK(holds(text, usual()));
  }
}

TEST_CASE("condition: `and` binds more than `or`, and `not` more than both") {
  CHECK(holds("true or true and false", usual()));
  CHECK(!holds("(true or true) and false", usual()));
  CHECK(holds("not false or true", usual()));
  CHECK(!holds("not (false or true)", usual()));
  CHECK(holds("not false and true", usual()));
  CHECK(holds("not not true", usual()));
}

TEST_CASE("condition: and, or and not follow Kleene's three values") {
  // `regular` true, false or missing; `days = 5` true, false or unknown. 2 stands for unknown.
  const std::array<Cell, 3> flags = {Cell::of(0), Cell::of(1), Cell{}};
  const std::array<Cell, 3> numbers = {Cell::of(6), Cell::of(5), Cell{}};
  auto least = [](int a, int b) { return a == 0 || b == 0 ? 0 : a == 1 && b == 1 ? 1 : 2; };
  auto most = [](int a, int b) { return a == 1 || b == 1 ? 1 : a == 0 && b == 0 ? 0 : 2; };
  for (int a = 0; a < 3; ++a) {
    for (int b = 0; b < 3; ++b) {
      auto fields = usual();
      fields[regular] = flags[static_cast<std::size_t>(a)];
      fields[days] = numbers[static_cast<std::size_t>(b)];
      CAPTURE(a);
      CAPTURE(b);
      CHECK(holds("regular and days = 5", fields) == (least(a, b) == 1));
      CHECK(holds("not (regular and days = 5)", fields) == (least(a, b) == 0));
      CHECK(holds("regular or days = 5", fields) == (most(a, b) == 1));
      CHECK(holds("not (regular or days = 5)", fields) == (most(a, b) == 0));
      CHECK(holds("not regular", fields) == (a == 0));
    }
  }
}

TEST_CASE(
    "condition: a comparison with a missing or special field is unknown, so neither it nor its "
    "denial holds") {
  for (Cell nothing : {Cell{}, Cell::special(0)}) {
    auto fields = usual();
    fields[paid] = nothing;
    for (auto text : {"paid > due", "paid = due", "paid != due", "paid + 3 days < today"}) {
      CAPTURE(text);
      CHECK(!holds(text, fields));
      CHECK(!holds(std::string{"not "} + text, fields));
    }
  }
}

TEST_CASE("condition: missing() is true of a missing field alone; a special code is an answer") {
  auto fields = usual();
  CHECK(!holds("missing(paid)", fields));
  CHECK(holds("not missing(paid)", fields));
  fields[paid] = Cell{};
  CHECK(holds("missing(paid)", fields));
  CHECK(holds("paid > due + 3 days or (missing(paid) and due + 3 days < today)", fields));
  fields[paid] = Cell::special(0);
  CHECK(!holds("missing(paid)", fields));
}

TEST_CASE("condition: a day outside the calendar is unknown and breaks nothing") {
  auto fields = usual();
  for (std::int64_t odd :
       {Cell::kLimit, -Cell::kLimit, std::int64_t{2932897}, std::int64_t{-719163}}) {
    fields[due] = Cell::of(odd);
    CHECK(!holds("due + 1 month > today", fields));
    CHECK(!holds("due - 200 years < today and due + 3 days < today", fields));
  }
}

TEST_CASE("condition: it is read out in both languages") {
  auto said = [](std::string_view text) { return compile(text).condition.sentence(); };
  Text late = said("paid > due + 3 days or (missing(paid) and due + 3 days < today)");
  CHECK(late.en ==
        "paid is later than due plus 3 days, or paid is missing and due plus 3 days is earlier "
        "than the "
        "scoring date");
  CHECK(late.fr ==
        "« paid » tombe après « due » plus 3 jours, ou « paid » manque et « due » plus 3 jours "
        "tombe avant "
        "la date du calcul");
  CHECK(said("amount >= 1200.50 EUR").fr == "« amount » vaut au moins 1200,50 EUR");
  CHECK(said("amount >= 1200.50 EUR").en == "amount is at least 1200.50 EUR");
  CHECK(said("(regular or days < 3) and outcome != 'lost'").en ==
        "(regular is true, or days is less than 3) and outcome is not “lost”");
  CHECK(said("not (regular and days < 3)").en ==
        "it is not so that (regular is true and days is less than 3)");
  CHECK(said("not (regular and days < 3)").fr ==
        "il n'est pas vrai que (« regular » est vrai et « days » vaut moins de 3)");
}

TEST_CASE(
    "condition: asking whether a field is missing that never is gives a warning and compiles") {
  CompiledCondition compiled = compile("missing(due) or regular");
  REQUIRE(compiled.findings.size() == 1);
  CHECK(compiled.findings[0].code == "P055");
  CHECK(compiled.findings[0].severity == Finding::Severity::warning);
  CHECK(compiled.findings[0].where.column == 9 + 1 + 8);
  CHECK(compiled.condition.text() == "missing(due) or regular");
}
