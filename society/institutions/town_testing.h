#pragma once

// For the tests of institutions: a town by hand, and the published programme as an engine.

#include <credence/institutions/institutions.h>
#include <credence/people/living.h>
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <string>
#include <vector>

namespace credence::testing {

inline std::string read_programme_file(const std::string& name) {
  for (auto folder = std::filesystem::current_path();; folder = folder.parent_path()) {
    std::filebuf file;
    if (file.open(folder / "programmes/deposit-free" / name, std::ios::in | std::ios::binary)) {
      return {std::istreambuf_iterator<char>{&file}, {}};
    }
    if (folder == folder.parent_path()) break;
  }
  FAIL("no such file in the repository: ", name);
  return {};
}

inline SocietyProgramme deposit_free(const std::function<std::string(std::string)>& edit =
                                         [](std::string text) { return text; }) {
  MadeEngine made = make_engine(edit(read_programme_file("programme.toml")), "programme.toml",
                                read_programme_file("card.toml"), "card.toml", 0);
  REQUIRE(made.engine.has_value());
  SocietyProgramme programme;
  programme.id = "deposit-free";
  programme.engine = std::move(made.engine);
  return programme;
}

// Points from nothing but deeds: everybody is in it.
inline SocietyProgramme city_of_points() {
  SocietyProgramme programme;
  programme.id = "points";
  programme.constructs.points = PointsConstruct{};
  programme.constructs.enrolment.compulsory = true;
  programme.constructs.record.share = 0;
  return programme;
}

inline ParameterValues all_values() {
  std::vector<const RuleDescription*> rules;
  for (const RuleDescription* rule : Living::descriptions()) rules.push_back(rule);
  for (const RuleDescription* rule : Institutions::descriptions()) rules.push_back(rule);
  return ParameterValues(rules);
}

// People of 40 years who work, in households of two; groups and regions take turns.
inline Population hand_made_people(std::uint32_t count) {
  Population people;
  for (auto& categories : people.plan.categories) categories.resize(2);
  people.plan.places = {{0, 0, 1, 1}, {1, 0, 1.5, 2}};
  people.work_status = {WorkStatus::working, WorkStatus::seeking, WorkStatus::studying,
                        WorkStatus::retired, WorkStatus::at_home, WorkStatus::pupil};
  for (auto& column : people.trait) column.assign(count, 0);
  people.age.assign(count, 40);
  people.diligence.assign(count, 180);
  people.conviction.assign(count, 100);
  for (std::uint32_t person = 0; person < count; ++person) {
    people.wage.push_back(static_cast<std::int32_t>(150'000 + 1000 * (person % 200)));
    people.trait[static_cast<std::size_t>(Trait::group)][person] = person % 2;
    people.household.push_back(person / 2);
    if (person % 2 == 0) people.household_first.push_back(person);
  }
  people.household_first.push_back(count);
  return people;
}

// Months are stepped by hand: each test calls the institution that it is about.
struct HandMadeTown {
  HandMadeTown(const SocietyProgramme& given, std::uint32_t count)
      : people(hand_made_people(count)), institutions(given, all_values(), people) {
    lives.resize(count);
    for (std::uint32_t person = 0; person < count; ++person) lives.wealth[person] = 100'000;
    now.resize(count);
    recorded.resize(count);
    seen.take(lives);
  }

  LifeMonth month_of(std::uint32_t person) {
    return {people,           network, draws, institutions.climate(), seen, lives, now[person],
            recorded[person], person,  month};
  }
  std::uint32_t count() const { return static_cast<std::uint32_t>(people.size()); }
  void forget() { now.assign(now.size(), {}); }
  void each(const std::function<void(LifeMonth&)>& act) {
    for (std::uint32_t person = 0; person < count(); ++person) {
      LifeMonth one = month_of(person);
      act(one);
    }
  }
  void enrol_everybody() {
    for (std::uint32_t person = 0; person < count(); ++person) {
      lives.put(person, Mark::enrolled, true);
    }
  }
  void score_everybody() {
    each([this](LifeMonth& one) { institutions.score(one, *desk, start); });
  }
  void answer_everybody(Happening wanted) {
    for (Happenings& one : now) one.add(wanted);
    each([this](LifeMonth& one) { institutions.answer(one, *desk, start); });
  }
  std::uint32_t with(Happening what) const {
    std::uint32_t number = 0;
    for (const Happenings& one : now) number += one.has(what) ? 1 : 0;
    return number;
  }
  // Two years and more of mixed records; the last month is `month`.
  void fill_records() {
    month = 30;
    for (std::uint32_t person = 0; person < count(); ++person) {
      for (std::uint32_t at = 0; at <= month; ++at) write(person, at);
      recorded[person] = RecordedMonth::of(lives.record[person][month % kRecordMonths]);
    }
  }

  Population people;
  Network network;
  KeyedDraws draws{7};
  Institutions institutions;
  Lives lives;
  SeenLives seen;
  std::vector<Happenings> now;
  std::vector<RecordedMonth> recorded;
  std::uint32_t month = 0;
  Date start = *parse_date("2024-01-01");
  std::unique_ptr<InstitutionDesk, void (*)(InstitutionDesk*)> desk = institutions.make_desk();

 private:
  void write(std::uint32_t person, std::uint32_t at) {
    auto luck = draws.uniforms(person, at, Purpose::bill);
    double care = draws.uniform(person, 0, Purpose::care);
    RecordedMonth left;
    left.bill = luck[0] < care   ? BillPaid::on_time
                : luck[0] < 0.97 ? BillPaid::late
                                 : BillPaid::unpaid;
    left.income = luck[1] < 0.9;
    left.overdraft = luck[2] > care;
    if (luck[3] < 0.2) left.rental = luck[3] < 0.01 ? RentalEnd::lost : RentalEnd::settled;
    lives.record[person][at % kRecordMonths] = left.code();
  }
};

}  // namespace credence::testing
