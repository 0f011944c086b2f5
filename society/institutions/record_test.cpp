#include <credence/institutions/life_events.h>
#include <credence/institutions/town_testing.h>

#include <algorithm>

using namespace credence;
using namespace credence::testing;

namespace {

// The same person by the way of the ledger: consents and facts as payloads, admitted one by one.
class LedgerWay {
 public:
  LedgerWay(const LawfulProgramme& programme, const Dossier& dossier)
      : programme_(programme), dossier_(dossier) {}

  Dossier read() {
    for (const Grant& grant : dossier_.consents.grants()) record(grant);
    for (const EventFact& fact : dossier_.events) record(fact);
    for (const Dispute& dispute : dossier_.disputes) record(dispute);
    auto read = read_dossier(dossier_.subject, facts_, programme_);
    REQUIRE(read);
    return *read;
  }

 private:
  void add(std::uint64_t index, const Draft& draft) {
    auto payload = parse_json(draft.payload());
    REQUIRE(payload);
    facts_.push_back({.index = index, .kind = draft.kind(), .payload = *payload});
  }
  void record(const Grant& grant) {
    add(grant.index, Draft::statement(FactKind::consent_granted, dossier_.subject,
                                      {{"purpose", grant.purpose},
                                       {"source", grant.source},
                                       {"recipient", grant.recipient},
                                       {"expires", to_text(grant.expires)}},
                                      grant.granted));
  }
  void record(const EventFact& fact) {
    Event event;
    event.subject = dossier_.subject;
    event.type = fact.type;
    event.at = fact.at;
    event.fields = fact.fields;
    auto admitted = admit(event, programme_, &dossier_.consents, fact.recorded);
    REQUIRE(std::holds_alternative<Admitted>(admitted));
    add(fact.index, Draft::event(std::get<Admitted>(admitted), *programme_));
  }
  void record(const Dispute& dispute) {
    add(dispute.index,
        Draft::statement(FactKind::dispute_opened, dossier_.subject,
                         {{"record", dispute.record}, {"because", ""}, {"frozen", dispute.frozen}},
                         dispute.opened));
  }

  const LawfulProgramme& programme_;
  const Dossier& dossier_;
  std::vector<Fact> facts_;
};

void check_same(const Dossier& one, const Dossier& other) {
  REQUIRE(one.events.size() == other.events.size());
  for (std::size_t i = 0; i < one.events.size(); ++i) {
    const EventFact &a = one.events[i], &b = other.events[i];
    CHECK((a.index == b.index && a.recorded == b.recorded && a.at == b.at && a.type == b.type));
    CHECK((a.fields == b.fields && a.corrects == b.corrects));
  }
  const auto &given = one.consents.grants(), &read = other.consents.grants();
  REQUIRE(given.size() == read.size());
  for (std::size_t i = 0; i < given.size(); ++i) {
    CHECK((given[i].index == read[i].index && given[i].source == read[i].source));
    CHECK((given[i].granted == read[i].granted && given[i].expires == read[i].expires));
    CHECK((given[i].purpose == read[i].purpose && given[i].recipient == read[i].recipient));
  }
  REQUIRE(one.disputes.size() == other.disputes.size());
  for (std::size_t i = 0; i < one.disputes.size(); ++i) {
    CHECK(one.disputes[i].index == other.disputes[i].index);
    CHECK(one.disputes[i].record == other.disputes[i].record);
    CHECK(one.disputes[i].frozen == other.disputes[i].frozen);
  }
  CHECK(other.foreign.empty());
}

struct RecordTown : HandMadeTown {
  explicit RecordTown(const SocietyProgramme& given, std::uint32_t count)
      : HandMadeTown(given, count), engine(*given.engine) {
    enrol_everybody();
    fill_records();
  }
  Dossier dossier(std::uint32_t person) const {
    return institutions.dossier_of(people, lives, draws, person, month, start);
  }
  Date today() const { return add(start, Period{31, 0}) - std::chrono::days{1}; }
  Assessment assess(const Dossier& dossier) const {
    return engine.assess(
        dossier, {.date = today(), .known = UINT64_MAX, .asked = today() + std::chrono::hours{23}});
  }
  const Engine& engine;
};

std::size_t events_of(const Dossier& dossier, int type) {
  return static_cast<std::size_t>(std::ranges::count(dossier.events, type, &EventFact::type));
}

}  // namespace

TEST_CASE("record: what the society's engine sees is what the ledger would have given it") {
  SocietyProgramme programme = deposit_free();
  RecordTown town(programme, 200);
  for (std::uint32_t person = 0; person < town.count(); ++person) {
    town.lives.fault[person] = person % 5 == 0 ? static_cast<std::uint8_t>(1 + person % 24) : 0;
    town.lives.appeal[person] = person % 10 == 0 ? 1 : 0;
    Dossier ours = town.dossier(person);
    Dossier theirs = LedgerWay(programme.engine->programme(), ours).read();
    check_same(ours, theirs);
    Assessment a = town.assess(ours), b = town.assess(theirs);
    CHECK(a.features == b.features);
    REQUIRE(a.score() != nullptr);
    REQUIRE(b.score() != nullptr);
    CHECK(a.score()->total == b.score()->total);
  }
}

TEST_CASE("record: the points that a month leaves are those of the dossier of that month") {
  SocietyProgramme programme = deposit_free();
  programme.constructs.record.share = 0;
  RecordTown town(programme, 200);
  town.score_everybody();
  for (std::uint32_t person = 0; person < town.count(); ++person) {
    CHECK(town.lives.points[person] == town.assess(town.dossier(person)).score()->total);
  }
  CHECK(town.with(Happening::scored) == 200);
}

TEST_CASE("record: each month that left something is a fact, in rising order") {
  SocietyProgramme programme = deposit_free();
  RecordTown town(programme, 50);
  const Programme& rules = *programme.engine->programme();
  for (std::uint32_t person = 0; person < 50; ++person) {
    std::size_t bills = 0, incomes = 0, overdrafts = 0, rentals = 0;
    for (std::uint8_t code : town.lives.record[person]) {
      RecordedMonth left = RecordedMonth::of(code);
      bills += left.bill != BillPaid::none;
      incomes += left.income;
      overdrafts += left.overdraft;
      rentals += left.rental != RentalEnd::none;
    }
    Dossier dossier = town.dossier(person);
    CHECK(events_of(dossier, rules.find_event("bill")) == bills);
    CHECK(events_of(dossier, rules.find_event("income")) == incomes);
    CHECK(events_of(dossier, rules.find_event("overdraft")) == overdrafts);
    CHECK(events_of(dossier, rules.find_event("rental")) == rentals);
    CHECK(std::ranges::is_sorted(dossier.events, {}, &EventFact::index));
    CHECK(std::ranges::is_sorted(dossier.events, {}, &EventFact::at));
    for (const EventFact& fact : dossier.events) CHECK(fact.at <= town.today());
  }
}

TEST_CASE("record: what a month left is what the programme's questions find") {
  SocietyProgramme programme = deposit_free();
  RecordTown town(programme, 40);
  struct Left {
    RecordedMonth month;
    const char* question;
    std::int64_t answer;  // of 24 such months, or of the 12 that the question looks at
  };
  const Left table[] = {
      {{.bill = BillPaid::on_time}, "late_bills_12m", 0},
      {{.bill = BillPaid::late}, "late_bills_12m", 12},
      {{.bill = BillPaid::unpaid}, "late_bills_12m", 12},
      {{.bill = BillPaid::on_time}, "bills_on_time_share_12m", 1000},
      {{.bill = BillPaid::late}, "bills_on_time_share_12m", 0},
      {{.bill = BillPaid::on_time}, "history_months", 22},
      {{.income = true}, "regular_income_12m", 12},
      {{.rental = RentalEnd::settled}, "rentals_settled_24m", 24},
      {{.rental = RentalEnd::settled}, "rentals_late_24m", 0},
      {{.rental = RentalEnd::late}, "rentals_late_24m", 24},
      {{.rental = RentalEnd::lost}, "rentals_settled_24m", 0},
      {{.rental = RentalEnd::lost}, "rentals_late_24m", 24},
      {{.rental = RentalEnd::lost}, "last_rental", 2},
  };
  for (const Left& left : table) {
    CAPTURE(left.question);
    auto question =
        static_cast<std::size_t>(programme.engine->programme()->find_feature(left.question));
    for (std::uint32_t person = 0; person < 40; ++person) {
      town.lives.record[person].fill(left.month.code());
      Cell answer = town.assess(town.dossier(person)).features.values[question].answer;
      REQUIRE(answer.has_value());
      bool whole_months = std::string_view{left.question} == "history_months";
      std::int64_t more = whole_months ? answer.value() - left.answer : 0;
      CHECK((more == 0 || more == 1));  // bills fall due on days that differ
      CHECK(answer.value() == left.answer + more);
    }
  }
}

TEST_CASE("record: an income is about what the person usually has, by work and pension") {
  SocietyProgramme programme = deposit_free();
  HandMadeTown town(programme, 2);
  auto work = static_cast<std::size_t>(Trait::work);
  town.people.trait[work] = {0, 3};
  town.people.wage.assign(2, 200'000);
  town.month = 23;
  int amount = programme.engine->programme()->events[1].find_field("amount");
  for (std::uint32_t person = 0; person < 2; ++person) {
    town.lives.record[person].fill(RecordedMonth{.income = true}.code());
    Dossier dossier =
        town.institutions.dossier_of(town.people, town.lives, town.draws, person, 23, town.start);
    REQUIRE(dossier.events.size() == 24);
    for (const EventFact& fact : dossier.events) {
      double cents = static_cast<double>(fact.fields[static_cast<std::size_t>(amount)].value());
      CHECK(cents == doctest::Approx(person == 0 ? 200'000 : 120'000).epsilon(0.051));
    }
  }
}

TEST_CASE("record: a month reads the same a year later") {
  SocietyProgramme programme = deposit_free();
  RecordTown town(programme, 20);
  for (std::uint32_t person = 0; person < 20; ++person) {
    Dossier then = town.dossier(person);
    Dossier later =
        town.institutions.dossier_of(town.people, town.lives, town.draws, person, 35, town.start);
    Date since = add(town.start, Period{12, 0});
    std::erase_if(then.events, [since](const EventFact& fact) { return fact.at < since; });
    REQUIRE(!then.events.empty());
    for (const EventFact& fact : then.events) {
      bool found = std::ranges::any_of(later.events, [&fact](const EventFact& other) {
        return other.at == fact.at && other.type == fact.type && other.fields == fact.fields;
      });
      CHECK(found);
    }
  }
}

TEST_CASE("record: nobody has facts of months before the world began") {
  SocietyProgramme programme = deposit_free();
  RecordTown town(programme, 3);
  town.month = 2;
  for (std::uint32_t person = 0; person < 3; ++person) {
    town.lives.record[person].fill(RecordedMonth{.bill = BillPaid::on_time}.code());
    Dossier dossier =
        town.institutions.dossier_of(town.people, town.lives, town.draws, person, 2, town.start);
    CHECK(dossier.events.size() == 3);
    for (const EventFact& fact : dossier.events) CHECK(fact.at >= town.start);
  }
}

TEST_CASE("record: a fault turns its month's bill into an unpaid one and costs points") {
  SocietyProgramme programme = deposit_free();
  RecordTown town(programme, 1);
  town.lives.record[0].fill(RecordedMonth{.bill = BillPaid::on_time, .income = true}.code());
  int clean = town.assess(town.dossier(0)).score()->total;
  town.lives.fault[0] = 3;
  Dossier faulty = town.dossier(0);
  int paid = programme.engine->programme()->events[0].find_field("paid");
  auto unpaid = std::ranges::count_if(faulty.events, [paid](const EventFact& fact) {
    return fact.type == 0 && fact.fields[static_cast<std::size_t>(paid)].is_missing();
  });
  CHECK(unpaid == 1);
  CHECK(town.assess(faulty).score()->total < clean);
}

TEST_CASE("record: a contested fault is frozen, unless the programme lets it count") {
  SocietyProgramme programme = deposit_free();
  RecordTown town(programme, 1);
  town.lives.record[0].fill(RecordedMonth{.bill = BillPaid::on_time, .income = true}.code());
  int clean = town.assess(town.dossier(0)).score()->total;
  town.lives.fault[0] = 3;
  town.lives.appeal[0] = 1;
  CHECK(town.assess(town.dossier(0)).score()->total >= clean);
  SocietyProgramme harsh = deposit_free();
  harsh.constructs.record.contested_counts = true;
  RecordTown other(harsh, 1);
  other.lives = town.lives;
  CHECK(other.dossier(0).disputes.empty());
  CHECK(other.assess(other.dossier(0)).score()->total < clean);
  harsh.constructs.record.contested_counts = false;
  harsh.constructs.reviewers.freeze = false;
  CHECK(other.dossier(0).disputes.empty());
}

TEST_CASE("record: events that no life emits are named") {
  Programme programme = *deposit_free().engine->programme();
  CHECK(events_no_life_emits(programme).empty());
  programme.events[0].id = "parking-ticket";
  CHECK(events_no_life_emits(programme) == std::vector<std::string>{"parking-ticket"});
  programme = *deposit_free().engine->programme();
  programme.events[1].fields[1].type = FieldType::choice;  // a field that no life fills
  CHECK(events_no_life_emits(programme) == std::vector<std::string>{"income"});
  programme.events[1].fields[1].optional = true;
  CHECK(events_no_life_emits(programme).empty());
  programme.events[3].fields[3].choices = {"fine", "lost"};
  CHECK(events_no_life_emits(programme) == std::vector<std::string>{"rental"});
  programme.events[0].fields[2].optional = false;  // an unpaid bill has no day of payment
  CHECK(events_no_life_emits(programme) == std::vector<std::string>{"bill", "rental"});
}
