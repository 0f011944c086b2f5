#include <credence/base/expects.h>
#include <credence/clockwork/statistics.h>
#include <credence/people/network_kinds.h>
#include <credence/published/payments.h>
#include <credence/published/selfcheck.h>

#include <array>
#include <cmath>
#include <numeric>

namespace credence {
namespace {

constexpr std::string_view kPaymentsSource =
    "Dragulescu and Yakovenko 2000, Statistical mechanics of money";
constexpr std::string_view kSavingSource =
    "Chakraborti and Chakrabarti 2000, Statistical mechanics of money: how saving propensity "
    "affects its distribution";
constexpr std::size_t kMoneyRuns = 20;
constexpr std::uint32_t kPayers = 1000, kTraders = 2000;
// Ten to pay in turn; so many to pay at once that each of them hardly feels what the others do, as
// the law of the queue has it (with ten the Gini coefficient is .011 above it).
constexpr int kFewContacts = 10, kManyContacts = 100;

template <class Money>
double gini_of_money(std::span<const Money> money) {
  return gini(std::vector<double>(money.begin(), money.end()));
}

double mean_of(const std::vector<double>& values) {
  return sum_by_halves(values) / static_cast<double>(values.size());
}

struct MoneyRun {
  double gini = 0;  // mean over the second half
  bool conserved = true;
};

// `live` is one of 50 parts of a run; the second half is looked at after each.
template <class World, class Live>
MoneyRun run_money(World& world, const Live& live) {
  const std::int64_t total = world.total();
  MoneyRun run;
  std::vector<double> ginis;
  for (int part = 0; part < 50; ++part) {
    live();
    run.conserved = run.conserved && world.total() == total;
    if (part >= 25) ginis.push_back(gini_of_money(world.money()));
  }
  run.gini = mean_of(ginis);
  return run;
}

MoneyRun mean_of_runs(const std::vector<MoneyRun>& runs) {
  MoneyRun mean;
  std::vector<double> ginis;
  for (const MoneyRun& run : runs) {
    ginis.push_back(run.gini);
    mean.conserved = mean.conserved && run.conserved;
  }
  mean.gini = mean_of(ginis);
  return mean;
}

template <class RunOne>
MoneyRun replicate_money(std::size_t replicates, const SelfcheckRun& run, const RunOne& one) {
  std::vector<MoneyRun> runs(replicates);
  run.crew.each(replicates, [&](std::size_t replicate, unsigned) {
    runs[replicate] = one(KeyedDraws(run.setting.seed, static_cast<std::uint32_t>(replicate)));
  });
  return mean_of_runs(runs);
}

// So many contacts each, exactly, and no two groups: money reaches everybody alike.
Ties contacts_of(const KeyedDraws& draws, int contacts) {
  std::vector<std::uint32_t> members(kPayers);
  std::iota(members.begin(), members.end(), 0U);
  ConfigurationTies kind;
  kind.shares.assign(static_cast<std::size_t>(contacts) + 1, 0);
  kind.shares.back() = 1;
  auto found =
      configuration_pairs(members, kind, static_cast<std::uint32_t>(TieLayer::friends), draws);
  expects(found.has_value(), "contacts_of: such a network exists");
  return ties_from_pairs(kPayers, found->pairs);
}

constexpr std::uint32_t kPairsAPart = 50 * kPayers;  // 5,000 payments a person in all
constexpr std::uint32_t kTurnsAPart = 8;

double geometric_gini(double units) {
  return (1 + units) / (1 + 2 * units);  // 1 / (1 + q), q = m / (1 + m)
}

}  // namespace

double gini_of_law(std::span<const double> probabilities) {
  double below = 0, spread = 0, mean = 0;
  for (std::size_t units = 0; units < probabilities.size(); ++units) {
    below += probabilities[units];
    spread += below * (1 - below);
    mean += static_cast<double>(units) * probabilities[units];
  }
  return mean > 0 ? spread / mean : 0;
}

std::vector<double> law_of_contact_payments(double units, int contacts) {
  expects(units > 0 && contacts > 0, "law_of_contact_payments: money and contacts");
  // Who pays: p, with units = p + pairs p^2 / (2 (1 - p)).
  const double pairs = 1 - 1. / contacts;
  double low = 0, high = 1;
  for (int halving = 0; halving < 60; ++halving) {
    double p = (low + high) / 2;
    (p + pairs * p * p / (2 * (1 - p)) < units ? low : high) = p;
  }
  const double paying = (low + high) / 2, each = paying / contacts;
  std::vector<double> arrive(static_cast<std::size_t>(contacts) + 1);
  arrive[0] = 1;
  for (int contact = 0; contact < contacts; ++contact) {
    for (std::size_t n = arrive.size(); n-- > 0;)
      arrive[n] = arrive[n] * (1 - each) + (n > 0 ? arrive[n - 1] * each : 0);
  }
  std::vector<double> law{1 - paying};
  for (double left = paying; left > 1e-12 && law.size() < 100'000; left -= law.back()) {
    // What flows into n = law.size() - 1 units must flow out of it again.
    std::size_t n = law.size() - 1;
    double from_below = n < arrive.size() ? law[0] * arrive[n] : 0;
    for (std::size_t units_before = 1; units_before <= n; ++units_before) {
      std::size_t got = n + 1 - units_before;
      if (got < arrive.size()) from_below += law[units_before] * arrive[got];
    }
    law.push_back(std::max(0., (law[n] - from_below) / arrive[0]));
  }
  return law;
}

std::vector<PublishedCheck> check_payments(const SelfcheckRun& run) {
  CheckList list(kPaymentsSource, run.setting.effort);
  struct Row {
    std::int32_t units;
    double law, simulated;
  };
  bool conserved = true;
  for (const Row& row : {Row{1, .6667, .6660}, Row{5, .5455, .5453}, Row{100, .5025, 0}}) {
    std::string name = "unit payments, " + std::to_string(row.units) + " each: Gini coefficient";
    list.exact("J1", name + ", exact", row.law, geometric_gini(row.units), 5e-5);
    if (row.simulated <= 0) continue;  // 100 each mixes too slowly to run
    MoneyRun mean = replicate_money(list.runs(kMoneyRuns), run, [&](const KeyedDraws& draws) {
      PaymentsInTurn world(kPayers, row.units + run.change.units_more);
      return run_money(world, [&] { world.pay(kPairsAPart, draws); });
    });
    list.sampled("J1", name + ", simulated", row.simulated, mean.gini, .0015, kMoneyRuns);
    conserved = conserved && mean.conserved;
  }
  MoneyRun in_turn = replicate_money(list.runs(kMoneyRuns), run, [&](const KeyedDraws& draws) {
    Ties contacts = contacts_of(draws, kFewContacts);
    PaymentsInTurn world(kPayers, 1 + run.change.units_more, &contacts);
    return run_money(world, [&] { world.pay(kPairsAPart, draws); });
  });
  list.sampled("J1", "unit payments among 10 contacts, 1 each: Gini coefficient (the same law)",
               .6660, in_turn.gini, .0015, kMoneyRuns);
  MoneyRun at_once = replicate_money(list.runs(kMoneyRuns), run, [&](const KeyedDraws& draws) {
    Ties contacts = contacts_of(draws, kManyContacts);
    ContactPayments world(contacts, kPayers, 1 + run.change.units_more);
    return run_money(world, [&] {
      for (std::uint32_t turn = 0; turn < kTurnsAPart; ++turn) world.live_turn(draws);
    });
  });
  // Four standard errors (a run spreads by .0027), and what 100 contacts still feel of each other.
  list.sampled("J1",
               "unit payments among 100 contacts, all at once, 1 each: Gini coefficient (law of a "
               "queue, worked out here)",
               gini_of_law(law_of_contact_payments(1, kManyContacts)), at_once.gini, .0035,
               kMoneyRuns);
  list.claim("J1", "money is conserved to the unit",
             conserved && in_turn.conserved && at_once.conserved);
  return list.take();
}

std::vector<PublishedCheck> check_savings(const SelfcheckRun& run) {
  CheckList list(kSavingSource, run.setting.effort);
  struct Row {
    std::uint32_t kept;
    double law, simulated;
  };
  constexpr std::uint32_t kTradesAPart = 30 * kTraders / 2;  // 1,500 sweeps, two people a trade
  bool conserved = true;
  for (const Row& row : {Row{0, .5, .4997}, Row{250, .3750, .3744}, Row{500, .2734, .2735},
                         Row{900, .1061, .1061}}) {
    std::string name = "saving " + shown_number(row.kept / 1000., 2) + ": Gini coefficient";
    // Gamma law of shape 1 + 3 kept / (1 - kept), here a whole number a: C(2a, a) / 4^a.
    double gamma_gini = 1;
    std::uint32_t shape = 1 + 3 * row.kept / (1000 - row.kept);
    for (std::uint32_t a = 1; a <= shape; ++a) gamma_gini *= (2. * a - 1) / (2. * a);
    list.exact("J2", name + ", Gamma law", row.law, gamma_gini, 5e-5);
    MoneyRun mean = replicate_money(list.runs(kMoneyRuns), run, [&](const KeyedDraws& draws) {
      SavingTrades world(kTraders, row.kept + run.change.kept_more);
      return run_money(world, [&] { world.trade(kTradesAPart, draws); });
    });
    list.sampled("J2", name + ", simulated", row.simulated, mean.gini, .002, kMoneyRuns);
    conserved = conserved && mean.conserved;
  }
  list.claim("J2", "money is conserved to its millionth", conserved);
  return list.take();
}

}  // namespace credence
