#include <credence/base/expects.h>
#include <credence/clockwork/draw_block.h>
#include <credence/published/payments.h>

#include <algorithm>
#include <atomic>
#include <numeric>
#include <utility>

namespace credence {
namespace {

constexpr Purpose kPayment{1300};
constexpr Purpose kPaymentInTurn{1301};
constexpr Purpose kPaymentAmongContacts{1302};
constexpr Purpose kTrade{1310};

constexpr std::int64_t kOneUnit = 1'000'000;

std::uint32_t below(std::uint32_t word, std::size_t bound) {
  return static_cast<std::uint32_t>((std::uint64_t{word} * bound) >> 32);
}

// Anyone but `self`, each alike.
std::uint32_t another(std::uint32_t word, std::size_t people, std::uint32_t self) {
  std::uint32_t other = below(word, people - 1);
  return other + (other >= self ? 1 : 0);
}

}  // namespace

ContactPayments::ContactPayments(const Ties& contacts, std::uint32_t people, std::int32_t units)
    : contacts_(contacts), money_(people, units), arrived_(people), on_their_way_(people) {
  expects(units >= 0, "ContactPayments: nobody owes");
}

template <class Arrive>
void ContactPayments::live(std::size_t first, std::size_t last, const KeyedDraws& draws,
                           const Arrive& arrive) {
  DrawBlock luck;
  for (std::size_t start = first; start < last; start += DrawBlock::kSize) {
    std::size_t count = std::min(last - start, DrawBlock::kSize);
    luck.of_people(draws, static_cast<std::uint32_t>(start), count, turn_, kPayment);
    for (std::size_t place = 0; place < count; ++place) {
      std::size_t person = start + place;
      auto contacts = contacts_.of(static_cast<std::uint32_t>(person));
      if (contacts.empty()) continue;
      // Whoever had money at the end of the last turn gave a unit of it away.
      std::int32_t paid = turn_ > 0 && money_[person] > 0 ? 1 : 0;
      money_[person] += arrived_[person] - paid;
      arrived_[person] = 0;
      if (money_[person] > 0) arrive(contacts[below(luck.word(place), contacts.size())]);
    }
  }
}

void ContactPayments::end_turn() {
  std::swap(arrived_, on_their_way_);
  ++turn_;
}

void ContactPayments::live_turn(const KeyedDraws& draws, Crew& crew) {
  if (crew.threads() == 1) {
    live_turn(draws);
    return;
  }
  auto arrive = [this](std::uint32_t contact) {
    std::atomic_ref(on_their_way_[contact]).fetch_add(1, std::memory_order_relaxed);
  };
  crew.work(money_.size(), [&](const PeopleBlock& block, unsigned) {
    live(block.first, block.last, draws, arrive);
  });
  end_turn();
}

void ContactPayments::live_turn(const KeyedDraws& draws) {
  live(0, money_.size(), draws, [this](std::uint32_t contact) { ++on_their_way_[contact]; });
  end_turn();
}

std::int64_t ContactPayments::total() const {
  return std::accumulate(money_.begin(), money_.end(), std::int64_t{0});
}

std::size_t ContactPayments::bytes() const {
  return contacts_.bytes() + money_.size() * sizeof(std::int32_t) +
         (arrived_.size() + on_their_way_.size()) * sizeof(std::int32_t);
}

PaymentsInTurn::PaymentsInTurn(std::uint32_t people, std::int32_t units, const Ties* contacts)
    : contacts_(contacts), money_(people, units) {
  expects(people >= 2 && units >= 0, "PaymentsInTurn: two people or more, none of whom owes");
}

void PaymentsInTurn::pay_once(std::uint32_t payer_word, std::uint32_t payee_word) {
  std::uint32_t payer = below(payer_word, money_.size());
  if (money_[payer] == 0) return;
  std::uint32_t payee;
  if (contacts_ == nullptr) {
    payee = another(payee_word, money_.size(), payer);
  } else {
    auto contacts = contacts_->of(payer);
    payee = contacts[below(payee_word, contacts.size())];
  }
  --money_[payer];
  ++money_[payee];
}

void PaymentsInTurn::pay(std::uint32_t pairs_of_payments, const KeyedDraws& draws) {
  const Purpose purpose = contacts_ == nullptr ? kPaymentInTurn : kPaymentAmongContacts;
  for (std::uint32_t pair = 0; pair < pairs_of_payments; ++pair) {
    auto luck = draws.words(0, time_++, purpose);
    pay_once(luck[0], luck[1]);
    pay_once(luck[2], luck[3]);
  }
}

std::int64_t PaymentsInTurn::total() const {
  return std::accumulate(money_.begin(), money_.end(), std::int64_t{0});
}

SavingTrades::SavingTrades(std::uint32_t people, std::uint32_t kept_thousandths)
    : kept_thousandths_(kept_thousandths), money_(people, kOneUnit) {
  // All the money in one hand, times 2^32, must fit 64 bits.
  expects(people >= 2 && people <= 4000, "SavingTrades: 2 to 4,000 people");
  expects(kept_thousandths <= 1000, "SavingTrades: nobody keeps more than they have");
}

void SavingTrades::trade(std::uint32_t trades, const KeyedDraws& draws) {
  for (std::uint32_t trade = 0; trade < trades; ++trade) {
    auto luck = draws.words(0, time_++, kTrade);
    std::int64_t& one = money_[below(luck[0], money_.size())];
    std::int64_t& other = money_[another(luck[1], money_.size(), below(luck[0], money_.size()))];
    auto kept = [&](std::int64_t has) {
      return static_cast<std::int64_t>(static_cast<std::uint64_t>(has) * kept_thousandths_ / 1000);
    };
    std::int64_t one_keeps = kept(one), other_keeps = kept(other);
    std::int64_t pool = one - one_keeps + other - other_keeps;
    auto share = static_cast<std::int64_t>((static_cast<std::uint64_t>(pool) * luck[2]) >> 32);
    one = one_keeps + share;
    other = other_keeps + pool - share;
  }
}

std::int64_t SavingTrades::total() const {
  return std::accumulate(money_.begin(), money_.end(), std::int64_t{0});
}

}  // namespace credence
