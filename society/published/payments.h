#pragma once

#include <credence/clockwork/crew.h>
#include <credence/clockwork/draw.h>
#include <credence/people/network.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace credence {

// The simplest society there is: people who have whole units of money and hand single units to
// each other (Dragulescu and Yakovenko 2000, "Statistical mechanics of money"). Nobody owes: who
// has nothing pays nothing. No unit is made or lost.

// Everybody at once, among contacts. In each turn a person with money decides on one contact; the
// unit is on its way until the next turn, in which everybody takes what has arrived and writes
// their own money alone. What is on its way is counted, and counts add up in any order; so neither
// the order of people matters nor the number of threads. Draws: purpose 1300 (person; time: turn;
// index 0).
class ContactPayments {
 public:
  // REQUIRES: `contacts` outlive this and hold at least `people`; 0 <= units.
  ContactPayments(const Ties& contacts, std::uint32_t people, std::int32_t units);

  void live_turn(const KeyedDraws& draws, Crew& crew);
  // The same without a crew, for many small societies side by side.
  void live_turn(const KeyedDraws& draws);

  std::uint32_t turn() const { return turn_; }
  // A unit on its way is still with who pays it.
  std::span<const std::int32_t> money() const { return money_; }
  std::int64_t total() const;
  // What one turn reads and writes, contacts included.
  std::size_t bytes() const;

 private:
  // `arrive` counts one more unit on its way to a person.
  template <class Arrive>
  void live(std::size_t first, std::size_t last, const KeyedDraws& draws, const Arrive& arrive);
  void end_turn();

  const Ties& contacts_;
  std::vector<std::int32_t> money_;
  std::vector<std::int32_t> arrived_, on_their_way_;  // units: decided last turn, and this turn
  std::uint32_t turn_ = 0;
};

// One after the other, as published: a random person pays a random other one, or with contacts one
// of theirs. Draws: purpose 1301 (time: pair of payments; words: payer, payee, payer, payee), and
// 1302 with contacts.
class PaymentsInTurn {
 public:
  // `contacts`: nobody where all know all. REQUIRES: 2 people or more; everybody has a contact.
  PaymentsInTurn(std::uint32_t people, std::int32_t units, const Ties* contacts = nullptr);

  void pay(std::uint32_t pairs_of_payments, const KeyedDraws& draws);

  std::span<const std::int32_t> money() const { return money_; }
  std::int64_t total() const;

 private:
  void pay_once(std::uint32_t payer_word, std::uint32_t payee_word);

  const Ties* contacts_;
  std::vector<std::int32_t> money_;
  std::uint32_t time_ = 0;
};

// Chakraborti and Chakrabarti 2000, "Statistical mechanics of money: how saving propensity affects
// its distribution": two people keep a share of what they have, pool the rest and split it by
// chance. Money is counted in millionths of what each has at first. Draws: purpose 1310 (time:
// trade; words: the two, the split).
class SavingTrades {
 public:
  // REQUIRES: 2 to 4,000 people; 0 <= kept_thousandths <= 1000.
  SavingTrades(std::uint32_t people, std::uint32_t kept_thousandths);

  void trade(std::uint32_t trades, const KeyedDraws& draws);

  std::span<const std::int64_t> money() const { return money_; }
  std::int64_t total() const;

 private:
  std::uint64_t kept_thousandths_;
  std::vector<std::int64_t> money_;
  std::uint32_t time_ = 0;
};

}  // namespace credence
