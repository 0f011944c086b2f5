#include <credence/base/expects.h>
#include <credence/published/payments.h>

#include <numeric>
#include <utility>

namespace credence {
namespace {

constexpr Purpose kPayment{1300};
constexpr Purpose kPaymentInTurn{1301};
constexpr Purpose kPaymentAmongContacts{1302};
constexpr Purpose kTrade{1310};

constexpr std::uint32_t kNobody = UINT32_MAX;
// Where what others have decided no longer fits the caches, it is asked for so many people ahead;
// where it does, asking costs more than waiting.
constexpr std::uint32_t kAhead = 8, kFitsCaches = 200'000;
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
    : contacts_(contacts), money_(people, units), pays_(people, kNobody), will_pay_(people) {
  expects(units >= 0, "ContactPayments: nobody owes");
}

void ContactPayments::live(std::size_t first, std::size_t last, const KeyedDraws& draws) {
  const bool fits = money_.size() <= kFitsCaches;
  for (std::size_t at = first; at < last; ++at) {
    auto person = static_cast<std::uint32_t>(at);
    if (!fits && at + kAhead < last) {
      for (std::uint32_t contact : contacts_.of(person + kAhead))
        __builtin_prefetch(&pays_[contact]);
    }
    auto contacts = contacts_.of(person);
    std::int32_t money = money_[at] - (pays_[at] != kNobody ? 1 : 0);
    for (std::uint32_t contact : contacts) money += pays_[contact] == person ? 1 : 0;
    money_[at] = money;
    will_pay_[at] = kNobody;
    if (money > 0 && !contacts.empty()) {
      will_pay_[at] = contacts[below(draws.words(person, turn_, kPayment)[0], contacts.size())];
    }
  }
}

void ContactPayments::live_turn(const KeyedDraws& draws, Crew& crew) {
  crew.work(money_.size(),
            [&](const PeopleBlock& block, unsigned) { live(block.first, block.last, draws); });
  std::swap(pays_, will_pay_);
  ++turn_;
}

void ContactPayments::live_turn(const KeyedDraws& draws) {
  live(0, money_.size(), draws);
  std::swap(pays_, will_pay_);
  ++turn_;
}

std::int64_t ContactPayments::total() const {
  return std::accumulate(money_.begin(), money_.end(), std::int64_t{0});
}

std::size_t ContactPayments::bytes() const {
  return contacts_.bytes() + money_.size() * sizeof(std::int32_t) +
         (pays_.size() + will_pay_.size()) * sizeof(std::uint32_t);
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
