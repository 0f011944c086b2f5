#include <credence/worlds/counting.h>
#include <doctest/doctest.h>

#include <numeric>

using namespace credence;

namespace {

// Two people, each in a group and a region of their own: an adult and a child.
struct Pair {
  Pair() {
    for (auto& trait : population.trait) trait = {0, 1};
    population.age = {40, 9};
    lives.resize(2);
    without.resize(2);
    lives.region = without.region = {0, 1};
    counts.clear(2, 2);
  }
  MonthTally month(std::uint32_t person = 0) {
    counts.clear(2, 2);
    CountedMonth counted{population, lives, now, without, now_without, person};
    SpellStep spell = advance_spell(lives, person, shut_out(counted));
    count_month(counted, spell, counts);
    CHECK(counts.groups[person] == counts.regions[person]);
    CHECK(counts.groups[1 - person] == MonthTally{});
    return counts.groups[person];
  }

  Population population;
  Lives lives, without;
  Happenings now, now_without;
  ArmCounts counts;
};

}  // namespace

TEST_CASE("counting: a quiet month counts the person, their money and nothing else") {
  Pair pair;
  pair.lives.wealth[0] = pair.without.wealth[0] = 12'345;
  MonthTally tally = pair.month();
  MonthTally expected;
  expected[Counter::people] = expected[Counter::adults] = 1;
  expected[Counter::wealth_sum] = 12'345;
  CHECK(tally == expected);
  CHECK(pair.month(1)[Counter::adults] == 0);
}

TEST_CASE("counting: a no that the twin hears too is no exclusion") {
  Pair pair;
  pair.now.add(Happening::wanted_loan);
  pair.now.add(Happening::loan_refused);
  pair.now_without = pair.now;
  MonthTally tally = pair.month();
  CHECK(tally[Counter::refused] == 1);
  CHECK(tally[Counter::refused_only_here] == 0);
  CHECK(tally[Counter::excluded] == 0);
  CHECK(tally[Counter::unreliable_wanted] == 1);
}

TEST_CASE("counting: a no of another kind than the twin's is due to the programme") {
  Pair pair;
  pair.now.add(Happening::trip_refused);
  pair.now_without.add(Happening::loan_refused);
  MonthTally tally = pair.month();
  CHECK(tally[Counter::refused_only_here] == 1);
  CHECK(tally[Counter::excluded] == 1);
  CHECK(tally[Counter::spells_begun] == 1);
}

TEST_CASE("counting: each refusal alone excludes, and each listing and each bar") {
  for (Happening refusal :
       {Happening::rental_not_afforded, Happening::loan_refused, Happening::home_refused,
        Happening::trip_refused, Happening::job_refused, Happening::school_refused}) {
    Pair pair;
    pair.now.add(refusal);
    CHECK(pair.month()[Counter::excluded] == 1);
  }
  for (std::size_t sphere = 0; sphere < kSpheres; ++sphere) {
    Pair pair;
    pair.lives.barred[0][sphere] = 1;
    MonthTally tally = pair.month();
    CHECK(tally[Counter::excluded] == 1);
    CHECK(tally[Counter::sanction_months] == 1);
  }
  Pair listed;
  listed.lives.put(0, Mark::black, true);
  CHECK(listed.month()[Counter::excluded] == 1);
  Pair praised;
  praised.lives.put(0, Mark::red, true);
  CHECK(praised.month()[Counter::excluded] == 0);
}

TEST_CASE("spells: one clear month ends a spell, and its length is counted once") {
  Pair pair;
  pair.lives.put(0, Mark::black, true);
  for (int month = 1; month <= 3; ++month) {
    MonthTally tally = pair.month();
    CHECK(tally[Counter::spells_begun] == (month == 1 ? 1 : 0));
    CHECK(pair.counts.running[static_cast<std::size_t>(month)] == 1);
  }
  pair.lives.put(0, Mark::black, false);
  MonthTally clear = pair.month();
  CHECK(clear[Counter::spells_ended] == 1);
  CHECK(clear[Counter::spell_months] == 3);
  CHECK(clear[Counter::excluded] == 0);
  CHECK(pair.counts.ended[3] == 1);
  CHECK(pair.month()[Counter::spells_ended] == 0);
}

TEST_CASE("spells: very long ones share the last place and never wrap") {
  Pair pair;
  pair.lives.put(0, Mark::black, true);
  for (int month = 0; month < 300; ++month) pair.month();
  CHECK(pair.lives.excluded[0] == UINT8_MAX);
  CHECK(pair.counts.running.back() == 1);
  CHECK(std::accumulate(pair.counts.running.begin(), pair.counts.running.end(), 0U) == 1);
}

TEST_CASE("counting: money and work are held against the twin") {
  Pair pair;
  pair.lives.wealth[0] = 100;
  pair.without.wealth[0] = 900;
  pair.without.put(0, Mark::working, true);
  MonthTally tally = pair.month();
  CHECK(tally[Counter::poorer] == 1);
  CHECK(tally[Counter::richer] == 0);
  CHECK(tally[Counter::wealth_difference] == -800);
  CHECK(tally[Counter::workless_only_here] == 1);
  pair.lives.wealth[0] = INT32_MAX;
  pair.without.wealth[0] = -INT32_MAX;
  tally = pair.month();
  CHECK(tally[Counter::richer] == 1);
  CHECK(tally[Counter::wealth_difference] == 2 * std::int64_t{INT32_MAX});
}

TEST_CASE("counting: whoever says nothing where the twin speaks was silenced") {
  Pair pair;
  pair.now.add(Happening::critical);
  pair.now.add(Happening::held_back);
  pair.now_without.add(Happening::critical);
  pair.now_without.add(Happening::spoke);
  MonthTally tally = pair.month();
  CHECK(tally[Counter::silenced] == 1);
  CHECK(tally[Counter::held_back] == 1);
  std::swap(pair.now, pair.now_without);
  CHECK(pair.month()[Counter::silenced] == 0);
}

TEST_CASE("counting: alerts of a month are right, wrong, or one right among wrong ones") {
  Pair pair;
  pair.now.alerts = 3;
  CHECK(pair.month()[Counter::alerts] == 0);
  pair.now.add(Happening::false_alert);
  MonthTally wrong = pair.month();
  CHECK(wrong[Counter::false_alerts] == 3);
  CHECK(wrong[Counter::true_alerts] == 0);
  CHECK(wrong[Counter::falsely_matched] == 1);
  pair.now.add(Happening::true_alert);
  MonthTally both = pair.month();
  CHECK(both[Counter::true_alerts] == 1);
  CHECK(both[Counter::false_alerts] == 2);
  pair.now = {};
  pair.now.add(Happening::true_alert);
  MonthTally right = pair.month();
  CHECK(right[Counter::true_alerts] == 1);
  CHECK(right[Counter::falsely_matched] == 0);
}

TEST_CASE("counting: a mistake harms where something is refused or imposed, and only there") {
  Pair pair;
  pair.lives.fault[0] = 3;
  CHECK(pair.month()[Counter::harmed_through_mistake] == 0);
  CHECK(pair.month()[Counter::faults_live] == 1);
  pair.now.add(Happening::job_refused);
  CHECK(pair.month()[Counter::harmed_through_mistake] == 1);
  pair.now_without.add(Happening::job_refused);
  CHECK(pair.month()[Counter::harmed_through_mistake] == 0);
  // A bar that stands for another reason is no harm of the fault.
  pair.lives.barred[0][0] = 2;
  CHECK(pair.month()[Counter::harmed_through_mistake] == 0);
  pair.lives.put(0, Mark::wrongly_hit, true);
  CHECK(pair.month()[Counter::harmed_through_mistake] == 1);
}

TEST_CASE("counting: an answer is held against whether the person would have met it") {
  Pair pair;
  pair.now.add(Happening::wanted_rental);
  pair.now.add(Happening::rental_without_deposit);
  pair.now.add(Happening::reliable);
  MonthTally granted = pair.month();
  CHECK(granted[Counter::reliable_wanted] == 1);
  CHECK(granted[Counter::reliable_granted] == 1);
  CHECK(granted[Counter::granted_only_here] == 1);
  pair.now = {};
  pair.now.add(Happening::wanted_rental);
  pair.now.add(Happening::rental_with_deposit);
  MonthTally deposit = pair.month();
  CHECK(deposit[Counter::unreliable_wanted] == 1);
  CHECK(deposit[Counter::unreliable_granted] == 0);
}

TEST_CASE("counting: points are summed over those who were scored this month") {
  Pair pair;
  pair.lives.points[0] = 700;
  CHECK(pair.month()[Counter::points_sum] == 0);
  pair.now.add(Happening::scored);
  CHECK(pair.month()[Counter::points_sum] == 700);
  pair.lives.points[0] = kNoPoints;
  CHECK(pair.month()[Counter::points_sum] == 0);
}

TEST_CASE("counting: counts of workers add up, whoever counted what") {
  Pair one, other;
  one.lives.put(0, Mark::black, true);
  other.lives.appeal[1] = 2;
  one.month(0);
  other.month(1);
  ArmCounts left = one.counts, right = other.counts;
  left += other.counts;
  right += one.counts;
  CHECK(left.groups == right.groups);
  CHECK(left.regions == right.regions);
  CHECK(left.running == right.running);
  CHECK(left.appellants == std::vector<std::uint32_t>{1});
}
