#include <credence/people/living_habits.h>

#include <algorithm>

namespace credence {

namespace {

std::vector<RuleParameter> numbers() {
  return {{"tenants",
           0.5,
           0.2,
           0.8,
           "share",
           {"Households that rent at the start", "Ménages locataires au départ"},
           "invented"},
          {"rent",
           0.25,
           0.15,
           0.4,
           "share of income",
           {"Rent in a place of mean rent", "Loyer dans un endroit au loyer moyen"},
           "invented"},
          {"living",
           0.84,
           0.7,
           0.95,
           "share of income after rent",
           {"Cost of living", "Coût de la vie"},
           "calibrated in the world `town`: a tenth of adults hold less than a third of a month's "
           "wage, one in sixteen is overdrawn; the order of EU-SILC's arrears"},
          {"frugal",
           0.75,
           0.5,
           1,
           "share",
           {"Of it, when out of work", "Part de ce coût sans emploi"},
           "invented"},
          {"least",
           0.2,
           0.1,
           0.4,
           "share of income",
           {"Least cost of living", "Coût minimal de la vie"},
           "invented"},
          {"buffer",
           3,
           1,
           6,
           "months of income",
           {"Cushion that the most reliable keep", "Réserve que gardent les plus fiables"},
           "invented"},
          {"surplus",
           0.2,
           0.05,
           0.4,
           "a month",
           {"Share of what is beyond the cushion that is spent",
            "Part dépensée de ce qui dépasse la réserve"},
           "invented"},
          {"credit-line",
           1,
           0,
           2,
           "months of income",
           {"How far the account may be overdrawn", "Découvert possible du compte"},
           "invented"}};
}

}  // namespace

const RuleDescription& CostsHabit::description() {
  static const RuleDescription rule = {
      "costs",
      "person",
      {"Rent and living costs", "Loyer et vie courante"},
      {"Tenants pay rent: a share of their normal income, more in dear places. Everybody pays for "
       "living out of the rest, less when out of work; who has used up the credit line of the "
       "account cuts down to the least. Part of what lies on the account beyond a cushion is "
       "spent; the less reliable keep a smaller one.",
       "Les locataires paient un loyer : une part de leur revenu normal, plus dans les endroits "
       "chers. Chacun paie sa vie courante sur le reste, moins sans emploi ; qui a épuisé son "
       "découvert se réduit au minimum. Une part de ce qui dépasse une réserve est dépensée ; les "
       "moins fiables en gardent une plus petite."},
      "invented; shares of the order of European household budget surveys",
      numbers()};
  return rule;
}

CostsHabit::CostsHabit(const ParameterValues& values)
    : tenants(values.at("costs.tenants")),
      rent(values.at("costs.rent")),
      living(values.at("costs.living")),
      frugal(values.at("costs.frugal")),
      least(values.at("costs.least")),
      buffer(values.at("costs.buffer")),
      surplus(values.at("costs.surplus")),
      credit_line(values.at("costs.credit-line")) {}

void CostsHabit::live(LifeMonth& month, const Means& means) const {
  const std::vector<PlaceOnMap>& places = month.population.plan.places;
  double left = means.usual;
  if (is_adult(month) && month.lives.has(month.person, Mark::renting_a_home)) {
    std::size_t place = month.lives.region[month.person];
    double level = place < places.size() ? places[place].rent : 1;
    std::int32_t due = whole_cents(rent * level * means.usual);
    spend(month, due);
    left = std::max(0.0, left - due);
  }
  bool idle = means.status == WorkStatus::seeking || means.status == WorkStatus::working
                  ? !month.lives.has(month.person, Mark::working)
                  : false;
  double wealth = month.lives.wealth[month.person];
  double thrift = month.population.diligence[month.person] * (1.0 / 255);
  double wished = living * left * (idle ? frugal : 1);
  double within = std::max(least * means.usual, wealth + credit_line * means.usual);
  double beyond = std::max(0.0, wealth - wished - buffer * thrift * thrift * means.usual);
  spend(month, whole_cents(std::min(wished, within) + surplus * beyond));
}

// One draw of a household, so that those who live together rent together.
void CostsHabit::begin(Lives& lives, const Population& population, const KeyedDraws& draws,
                       std::uint32_t person) const {
  std::uint32_t household = population.household[person];
  bool rents = draws.uniform(household, 0, Purpose::move, 100) < tenants;
  lives.put(person, Mark::renting_a_home, rents && population.age[person] >= kAdultAge);
}

}  // namespace credence
