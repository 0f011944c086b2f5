#include <credence/institutions/parts.h>
#include <credence/institutions/town_testing.h>

#include <set>

using namespace credence;
using namespace credence::testing;

namespace {

std::uint32_t in_both(const HandMadeTown& town, Happening one, Happening other) {
  std::uint32_t number = 0;
  for (const Happenings& now : town.now) number += now.has(one) && now.has(other) ? 1 : 0;
  return number;
}

void bar_all(HandMadeTown& town, Sphere sphere) {
  for (auto& barred : town.lives.barred) barred[static_cast<std::size_t>(sphere)] = 3;
}

std::string replaced(std::string text, std::string_view what, std::string_view with) {
  std::size_t at = text.find(what);
  REQUIRE(at != std::string::npos);
  return text.replace(at, what.size(), with);
}

// The published programme, its benefit a credit instead of a deposit.
std::string as_credit(std::string text) {
  text = replaced(std::move(text), "kind = \"deposit-waiver\"",
                  "affordability = \"required\"\nkind = \"credit\"");
  std::size_t context = text.find("context = \"rental\"", text.find("kind = \"credit\""));
  text.replace(context, 18, "context = \"credit\"");
  std::string relations;
  for (const char* origin : {"payments", "rental"}) {
    relations += "[[relation]]\norigin = \"" + std::string{origin} +
                 "\"\nuse = \"credit\"\nlevel = \"related\"\n"
                 "reason = { en = \"paying as agreed\", fr = \"payer comme convenu\" }\n\n";
  }
  return replaced(std::move(text), "[[relation]]", relations + "[[relation]]");
}

SocietyProgramme with_credit_reward() {
  SocietyProgramme programme = city_of_points();
  programme.constructs.rewards = {{.sphere = Sphere::credit, .from = 900, .title = {}}};
  return programme;
}

}  // namespace

TEST_CASE(
    "institutions: every rule is described in two languages, with ranges around its standard") {
  std::set<std::string> ids;
  for (const RuleDescription* rule : Institutions::descriptions()) {
    CAPTURE(rule->id);
    CHECK(ids.insert(rule->id).second);
    CHECK((!rule->name.en.empty() && !rule->name.fr.empty()));
    CHECK((!rule->what.en.empty() && !rule->what.fr.empty() && !rule->source.empty()));
    for (const RuleParameter& parameter : rule->parameters) {
      CHECK(parameter.low <= parameter.standard);
      CHECK(parameter.standard <= parameter.high);
      CHECK((!parameter.source.empty() && !parameter.name.fr.empty()));
    }
  }
  CHECK(ids.size() == 10);
}

TEST_CASE("institutions: without a programme nobody is watched, enrolled, scored or sanctioned") {
  SocietyProgramme nothing = no_programme();
  HandMadeTown town(nothing, 300);
  town.fill_records();
  for (Happenings& now : town.now) now.add(Happening::offended);
  Lives before = town.lives;
  town.each([&town](LifeMonth& one) {
    town.institutions.enrol(one);
    town.institutions.watch(one);
    town.institutions.score(one, *town.desk, town.start);
    town.institutions.sanction(one);
  });
  CHECK(town.lives == before);
  for (const Happenings& now : town.now) {
    CHECK(now.bits == std::uint64_t{1} << static_cast<unsigned>(Happening::offended));
    CHECK((now.operator_cost == 0 && now.operator_income == 0));
  }
}

TEST_CASE("platform: without a programme a deposit is paid by whoever can") {
  SocietyProgramme nothing = no_programme();
  HandMadeTown town(nothing, 10);
  town.lives.wealth[3] = 14'999;
  town.answer_everybody(Happening::wanted_rental);
  CHECK(town.with(Happening::rental_with_deposit) == 9);
  CHECK(town.now[3].has(Happening::rental_not_afforded));
  CHECK(town.now[0].deposit_paid == 15'000);
  CHECK(town.now[3].deposit_paid == 0);
}

TEST_CASE("platform: the engine's benefit saves the deposit at its points and for members alone") {
  SocietyProgramme programme = deposit_free();
  programme.constructs.record.share = 0;
  HandMadeTown town(programme, 300);
  town.enrol_everybody();
  town.lives.put(7, Mark::enrolled, false);
  town.fill_records();
  town.score_everybody();
  int needed = programme.engine->programme()->benefits[0].points;
  std::uint32_t above = 0;
  town.answer_everybody(Happening::wanted_rental);
  for (std::uint32_t person = 0; person < 300; ++person) {
    bool granted = town.lives.points[person] >= needed;
    above += granted;
    CHECK(town.now[person].has(Happening::rental_without_deposit) == granted);
  }
  CHECK((above > 50 && above < 290));
  CHECK_FALSE(town.now[7].has(Happening::rental_without_deposit));
  CHECK(town.lives.points[7] == kNoPoints);
}

TEST_CASE("platform: whoever is not known well enough pays the deposit, and is never refused") {
  SocietyProgramme programme = deposit_free();
  HandMadeTown town(programme, 20);
  town.enrol_everybody();
  town.score_everybody();
  CHECK(town.with(Happening::not_enough_data) == 20);
  town.answer_everybody(Happening::wanted_rental);
  CHECK(town.with(Happening::rental_with_deposit) == 20);
}

TEST_CASE("platform: a reward opens by points or by a red list, and a bar closes") {
  SocietyProgramme programme = city_of_points();
  programme.constructs.rewards = {{.sphere = Sphere::rental, .from = 1010, .title = {}}};
  HandMadeTown town(programme, 3);
  town.enrol_everybody();
  town.lives.own_points = {20, 0, 0};
  town.lives.put(2, Mark::red, true);
  town.score_everybody();
  town.answer_everybody(Happening::wanted_rental);
  CHECK(town.now[0].has(Happening::rental_without_deposit));
  CHECK(town.now[0].deposit_saved == 15'000);
  CHECK(town.now[0].operator_income == 300);
  CHECK(town.now[1].has(Happening::rental_with_deposit));
  CHECK(town.now[2].has(Happening::rental_without_deposit));
  town.forget();
  bar_all(town, Sphere::rental);
  town.answer_everybody(Happening::wanted_rental);
  CHECK(town.with(Happening::rental_not_afforded) == 3);
}

TEST_CASE("bank: income, missed instalments, default and bars decide") {
  SocietyProgramme nothing = no_programme();
  HandMadeTown town(nothing, 5);
  for (Happenings& now : town.now) now.income = 200'000;
  town.now[1].income = 89'999;
  town.lives.record[2].fill(RecordedMonth{.instalment = InstalmentPaid::missed}.code());
  town.lives.put(3, Mark::in_default, true);
  town.lives.barred[4][static_cast<std::size_t>(Sphere::credit)] = 1;
  town.answer_everybody(Happening::wanted_loan);
  CHECK(town.now[0].has(Happening::loan_granted));
  CHECK(town.with(Happening::loan_refused) == 4);
}

TEST_CASE("bank: a reward passes over missed instalments, not over income") {
  SocietyProgramme programme = with_credit_reward();
  HandMadeTown town(programme, 2);
  town.enrol_everybody();
  town.score_everybody();
  town.lives.record[0].fill(RecordedMonth{.instalment = InstalmentPaid::missed}.code());
  town.now[0].income = 200'000;
  town.answer_everybody(Happening::wanted_loan);
  CHECK(town.now[0].has(Happening::loan_granted));
  CHECK(town.now[1].has(Happening::loan_refused));
}

TEST_CASE("bank: points and the ability to pay grant; below the points a human grants a share") {
  SocietyProgramme programme = deposit_free(as_credit);
  programme.constructs.record.share = 0;
  HandMadeTown town(programme, 4000);
  town.enrol_everybody();
  town.fill_records();
  town.score_everybody();
  for (std::uint32_t person = 0; person < 4000; ++person) {
    town.now[person].income = person % 4 == 0 ? 50'000 : 200'000;
  }
  town.answer_everybody(Happening::wanted_loan);
  int needed = programme.engine->programme()->benefits[0].points;
  std::uint32_t below = 0, granted_below = 0;
  for (std::uint32_t person = 0; person < 4000; ++person) {
    bool granted = town.now[person].has(Happening::loan_granted);
    if (person % 4 == 0) {
      CHECK_FALSE(granted);
    } else if (town.lives.points[person] >= needed) {
      CHECK(granted);
    } else {
      ++below;
      granted_below += granted;
    }
  }
  REQUIRE(below > 300);
  CHECK(granted_below == doctest::Approx(0.5 * below).epsilon(0.12));
  town.forget();
  town.answer_everybody(Happening::wanted_rental);
  CHECK(town.with(Happening::rental_without_deposit) == 0);
}

TEST_CASE("landlord: three rents of income in the place where one lives") {
  SocietyProgramme nothing = no_programme();
  HandMadeTown town(nothing, 3);
  for (Happenings& now : town.now) now.income = 165'000;
  town.lives.region[1] = 1;  // rents are half as high again
  town.lives.barred[2][static_cast<std::size_t>(Sphere::housing)] = 1;
  town.answer_everybody(Happening::wanted_home);
  CHECK(town.now[0].has(Happening::home_found));
  CHECK(town.now[1].has(Happening::home_refused));
  CHECK(town.now[2].has(Happening::home_refused));
}

TEST_CASE("landlord, employer: a published name is turned down now and then") {
  SocietyProgramme nothing = no_programme();
  HandMadeTown town(nothing, 2000);
  for (std::uint32_t person = 0; person < 2000; ++person) {
    town.lives.put(person, Mark::named, true);
    town.now[person].income = 300'000;
    town.now[person].add(Happening::wanted_job);
  }
  town.answer_everybody(Happening::wanted_home);
  town.each([&town](LifeMonth& one) { town.institutions.hire(one); });
  CHECK(town.with(Happening::home_refused) == doctest::Approx(1000).epsilon(0.1));
  CHECK(town.with(Happening::job_refused) == doctest::Approx(800).epsilon(0.1));
  CHECK(in_both(town, Happening::found_job, Happening::job_refused) == 0);
}

TEST_CASE("employer: who asks is hired unless barred, and nobody else") {
  SocietyProgramme nothing = no_programme();
  HandMadeTown town(nothing, 3);
  town.lives.idle.assign(3, 5);
  town.now[0].add(Happening::wanted_job);
  town.now[1].add(Happening::wanted_job);
  town.lives.barred[1][static_cast<std::size_t>(Sphere::work)] = 255;
  town.each([&town](LifeMonth& one) { town.institutions.hire(one); });
  CHECK((town.lives.has(0, Mark::working) && town.lives.idle[0] == 0));
  CHECK(town.now[1].has(Happening::job_refused));
  CHECK((town.now[2].bits == 0 && !town.lives.has(2, Mark::working)));
}

TEST_CASE("city: trains are closed to the barred alone") {
  SocietyProgramme nothing = no_programme();
  HandMadeTown town(nothing, 2);
  town.lives.barred[1][static_cast<std::size_t>(Sphere::travel)] = 1;
  town.answer_everybody(Happening::wanted_trip);
  CHECK_FALSE(town.now[0].has(Happening::trip_refused));
  CHECK(town.now[1].has(Happening::trip_refused));
}

TEST_CASE("school: a listed relative closes it to the household") {
  SocietyProgramme programme = city_of_points();
  programme.constructs.sanctions = {
      {.sphere = Sphere::school, .below = {}, .black_list = true, .title = {}}};
  HandMadeTown town(programme, 6);
  town.seen.marks[0] = static_cast<std::uint16_t>(Mark::black);
  town.lives.barred[3][static_cast<std::size_t>(Sphere::school)] = 2;
  town.answer_everybody(Happening::wanted_school);
  CHECK_FALSE(town.now[0].has(Happening::school_refused));  // their own bar is in `barred`
  CHECK(town.now[1].has(Happening::school_refused));
  CHECK(town.now[1].has(Happening::hit_through_others));
  CHECK(town.now[3].has(Happening::school_refused));
  CHECK_FALSE(town.now[3].has(Happening::hit_through_others));
  CHECK(town.with(Happening::school_refused) == 2);
}
