#include <credence/published/payments.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

namespace credence {

namespace {

Ties ring_of(std::uint32_t people) {
  auto ties = small_world(people, {.degree = 10, .rewire = .1}, KeyedDraws(5, 0));
  REQUIRE(ties);
  return *ties;
}

template <class World>
std::int32_t least_of(const World& world) {
  return *std::min_element(world.money().begin(), world.money().end());
}

}  // namespace

TEST_CASE("payments: the same money lies with the same people for every number of threads") {
  constexpr std::uint32_t kPeople = 3 * 4096 + 17;
  const Ties contacts = ring_of(kPeople);
  const KeyedDraws draws(1, 2);
  ContactPayments alone(contacts, kPeople, 2);
  for (int turn = 0; turn < 50; ++turn) alone.live_turn(draws);
  for (unsigned threads : {1U, 2U, 3U, 8U}) {
    Crew crew(threads);
    ContactPayments world(contacts, kPeople, 2);
    for (int turn = 0; turn < 50; ++turn) world.live_turn(draws, crew);
    CHECK(std::ranges::equal(world.money(), alone.money()));
    CHECK(world.turn() == 50);
  }
}

TEST_CASE("payments: a society too large for the caches pays as one that fits them") {
  // Two hundred thousand and a few more: beyond, what contacts decide is asked for ahead.
  constexpr std::uint32_t kPeople = 200'001;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
  for (std::uint32_t person = 0; person + 1 < kPeople; person += 2)
    pairs.emplace_back(person, person + 1);
  const Ties large = ties_from_pairs(kPeople, pairs);
  pairs.pop_back();
  const Ties small = ties_from_pairs(kPeople - 2, pairs);
  ContactPayments beyond(large, kPeople, 2), within(small, kPeople - 2, 2);
  for (int turn = 0; turn < 5; ++turn) {
    beyond.live_turn(KeyedDraws(1, 0));
    within.live_turn(KeyedDraws(1, 0));
  }
  CHECK(std::ranges::equal(beyond.money().first(kPeople - 3), within.money().first(kPeople - 3)));
  CHECK(beyond.total() == 2 * std::int64_t{kPeople});
}

TEST_CASE("payments: no unit is made or lost, and nobody owes") {
  const Ties contacts = ring_of(1000);
  const KeyedDraws draws(1, 0);
  ContactPayments at_once(contacts, 1000, 3);
  PaymentsInTurn in_turn(1000, 3), among_contacts(1000, 3, &contacts);
  SavingTrades saving(1000, 333);
  for (int turn = 0; turn < 100; ++turn) {
    at_once.live_turn(draws);
    in_turn.pay(500, draws);
    among_contacts.pay(500, draws);
    saving.trade(500, draws);
    REQUIRE(at_once.total() == 3000);
    REQUIRE(in_turn.total() == 3000);
    REQUIRE(among_contacts.total() == 3000);
    REQUIRE(saving.total() == 1'000'000'000);
    REQUIRE(least_of(at_once) >= 0);
    REQUIRE(least_of(in_turn) >= 0);
    REQUIRE(least_of(among_contacts) >= 0);
  }
  CHECK(least_of(at_once) == 0);
}

TEST_CASE("payments: whoever has nothing pays nothing, whoever knows nobody keeps what they have") {
  const Ties contacts = ring_of(100);
  ContactPayments poor(contacts, 100, 0);
  const Ties nobody = ties_from_pairs(100, {});
  ContactPayments lonely(nobody, 100, 4);
  for (int turn = 0; turn < 20; ++turn) {
    poor.live_turn(KeyedDraws(1, 0));
    lonely.live_turn(KeyedDraws(1, 0));
  }
  CHECK(poor.total() == 0);
  CHECK(std::ranges::all_of(lonely.money(), [](std::int32_t units) { return units == 4; }));
}

TEST_CASE("payments: a unit goes to a contact one turn after it was decided on") {
  const std::vector<std::pair<std::uint32_t, std::uint32_t>> pair{{0, 1}};
  const Ties contacts = ties_from_pairs(2, pair);
  ContactPayments world(contacts, 2, 1);
  world.live_turn(KeyedDraws(1, 0));
  CHECK(world.money()[0] == 1);
  world.live_turn(KeyedDraws(1, 0));
  // Each paid the other.
  CHECK(world.money()[0] == 1);
  CHECK(world.money()[1] == 1);
  CHECK(world.turn() == 2);
}

TEST_CASE("payments: who keeps everything trades nothing") {
  SavingTrades miser(10, 1000);
  miser.trade(1000, KeyedDraws(1, 0));
  CHECK(std::ranges::all_of(miser.money(), [](std::int64_t has) { return has == 1'000'000; }));
  SavingTrades spender(10, 0);
  spender.trade(1000, KeyedDraws(1, 0));
  CHECK(spender.total() == 10'000'000);
  CHECK(*std::ranges::max_element(spender.money()) > 1'500'000);
}

TEST_CASE("payments: bytes count what a turn reads, contacts included") {
  const Ties contacts = ring_of(1000);
  ContactPayments world(contacts, 1000, 1);
  CHECK(world.bytes() == contacts.bytes() + 1000 * 12);
}

}  // namespace credence
