#include <credence/base/expects.h>
#include <credence/people/population_check.h>
#include <credence/people/population_households.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace credence {

namespace {

// Which numbers of people can be made of households of the allowed sizes, and by which size last.
// Beyond kLargestHousehold squared everything can be made that can be made at all (Sylvester's
// bound), so a longer table would not help.
class Fillings {
 public:
  explicit Fillings(std::span<const double> shares) : last_(kLimit + 1, 0) {
    for (std::size_t people = 1; people <= kLimit; ++people) {
      double best = 0;
      for (std::size_t size = 1; size <= shares.size() && size <= people; ++size) {
        bool reached = people == size || last_[people - size] != 0;
        if (!reached || shares[size - 1] <= best) continue;
        best = shares[size - 1];
        last_[people] = size;
      }
    }
  }
  bool can_fill(std::uint64_t people) const {
    return people == 0 || (people <= kLimit && last_[people] != 0);
  }
  std::size_t last_size(std::uint64_t people) const { return last_[people]; }

  static constexpr std::size_t kLimit = 2 * kLargestHousehold * kLargestHousehold;

 private:
  std::vector<std::size_t> last_;
};

// Households of one region; `owed` is what rounding has kept back from each size so far.
bool size_region(std::span<const double> shares, double per_person, std::uint32_t people,
                 const Fillings& fillings, std::vector<double>& owed,
                 std::vector<std::uint32_t>& counts) {
  std::uint64_t left = people;
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    owed[i] += shares[i] * per_person * people;
    if (shares[i] > 0) order.push_back(i);
    double whole = std::clamp(std::floor(owed[i]), 0.0, static_cast<double>(left / (i + 1)));
    if (!(shares[i] > 0)) whole = 0;
    counts[i] = static_cast<std::uint32_t>(whole);
    left -= std::uint64_t{counts[i]} * (i + 1);
  }
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return owed[a] - counts[a] > owed[b] - counts[b];
  });
  for (std::size_t i : order) {
    if (owed[i] - counts[i] < 0.5 || i + 1 > left) continue;
    ++counts[i];
    left -= i + 1;
  }
  // What does not fit yet is made up by taking households apart until it does.
  while (!fillings.can_fill(left)) {
    auto most = std::max_element(counts.begin(), counts.end());
    if (*most == 0 || left > Fillings::kLimit) return false;
    --*most;
    left += static_cast<std::uint64_t>(most - counts.begin()) + 1;
  }
  while (left > 0) {
    std::size_t size = fillings.last_size(left);
    ++counts[size - 1];
    left -= size;
  }
  for (std::size_t i = 0; i < shares.size(); ++i) owed[i] -= counts[i];
  return true;
}

// People by age, from whom the one nearest to a wanted age is taken.
class Ages {
 public:
  Ages(std::span<const std::uint8_t> ages, std::span<const std::uint32_t> shuffled)
      : ages_(ages), people_(shuffled.size()), taken_(ages.size(), 0) {
    for (std::uint32_t person : shuffled) ++ends_[ages[person]];
    std::uint32_t sum = 0;
    for (std::size_t age = 0; age < kAges; ++age) {
      starts_[age] = sum;
      sum += ends_[age];
      ends_[age] = starts_[age];
    }
    for (std::uint32_t person : shuffled) people_[ends_[ages[person]]++] = person;
  }

  bool is_taken(std::uint32_t person) const { return taken_[person] != 0; }
  void take(std::uint32_t person) { taken_[person] = 1; }

  // The one nearest to `wanted` among those of at least `least` years; without such a one, the
  // oldest. REQUIRES: somebody is left.
  std::uint32_t take_nearest(int wanted, int least) {
    wanted = std::clamp(wanted, 0, static_cast<int>(kAges) - 1);
    for (int distance = 0; distance < static_cast<int>(kAges); ++distance) {
      for (int age : {wanted - distance, wanted + distance}) {
        if (age >= least && age < static_cast<int>(kAges) && has(age)) return pop(age);
      }
    }
    for (int age = static_cast<int>(kAges) - 1; age >= 0; --age) {
      if (has(age)) return pop(age);
    }
    stop_on_defect("place_in_households: nobody is left");
  }

 private:
  static constexpr std::size_t kAges = 121;

  bool has(int age) {
    if (age < 0) return false;
    auto at = static_cast<std::size_t>(age);
    while (ends_[at] > starts_[at] && is_taken(people_[ends_[at] - 1])) --ends_[at];
    return ends_[at] > starts_[at];
  }
  std::uint32_t pop(int age) {
    std::uint32_t person = people_[--ends_[static_cast<std::size_t>(age)]];
    take(person);
    return person;
  }

  std::span<const std::uint8_t> ages_;
  std::vector<std::uint32_t> people_;
  std::array<std::uint32_t, kAges> starts_{}, ends_{};
  std::vector<std::uint8_t> taken_;
};

// Children first where two adults remain, then, if there are many, also beside one.
std::vector<std::uint32_t> spread_children(std::span<const std::uint32_t> sizes,
                                           std::uint64_t children) {
  std::vector<std::uint32_t> mine(sizes.size(), 0);
  for (std::uint32_t adults : {2U, 1U}) {
    for (std::size_t i = 0; i < sizes.size() && children > 0; ++i) {
      if (sizes[i] <= adults + mine[i]) continue;
      auto more = std::min<std::uint64_t>(sizes[i] - adults - mine[i], children);
      mine[i] += static_cast<std::uint32_t>(more);
      children -= more;
    }
  }
  expects(children == 0, "place_in_households: children without adults");
  return mine;
}

class Placing {
 public:
  Placing(std::span<const std::uint8_t> ages, const KeyedDraws& draws,
          std::vector<std::uint32_t> children, std::vector<std::uint32_t> adults)
      : ages_(ages),
        draws_(draws),
        children_(std::move(children)),
        adults_(std::move(adults)),
        children_by_age_(ages, children_),
        adults_by_age_(ages, adults_) {}

  // The children, a parent at least 18 years above the eldest, a partner of about the same age.
  void family(std::uint32_t household, std::uint32_t size, std::uint32_t children,
              std::span<std::uint32_t> members) {
    std::size_t place = size - children;
    std::uint32_t child = next(children_, next_child_, children_by_age_);
    members[place] = child;
    int eldest = ages_[child];
    for (std::uint32_t k = 1; k < children; ++k) {
      int apart = 1 + static_cast<int>(below(household, k, 5));
      int wanted = (k & 1U) != 0 ? ages_[child] - apart : ages_[child] + apart;
      std::uint32_t sibling = children_by_age_.take_nearest(wanted, 0);
      members[place + k] = sibling;
      eldest = std::max<int>(eldest, ages_[sibling]);
    }
    int least = eldest + 18;
    int wanted = least + 4 + static_cast<int>(below(household, 100, 14));
    std::uint32_t parent = adults_by_age_.take_nearest(wanted, least);
    members[0] = parent;
    for (std::uint32_t k = 1; k < place; ++k) {
      members[k] = k == 1 ? partner_of(household, parent, least)
                          : next(adults_, next_adult_, adults_by_age_);
    }
  }

  void grown_ups(std::uint32_t household, std::span<std::uint32_t> members) {
    members[0] = next(adults_, next_adult_, adults_by_age_);
    for (std::size_t k = 1; k < members.size(); ++k) {
      members[k] = k == 1 ? partner_of(household, members[0], 0)
                          : next(adults_, next_adult_, adults_by_age_);
    }
  }

 private:
  std::uint32_t below(std::uint32_t household, std::uint32_t index, std::uint32_t bound) const {
    return draws_.below(bound, household, 2, Purpose::household, index);
  }
  std::uint32_t partner_of(std::uint32_t household, std::uint32_t person, int least) {
    int apart = static_cast<int>(below(household, 101, 7)) - 3;
    return adults_by_age_.take_nearest(ages_[person] + apart, least);
  }
  static std::uint32_t next(const std::vector<std::uint32_t>& people, std::size_t& at,
                            Ages& by_age) {
    while (by_age.is_taken(people[at])) ++at;
    by_age.take(people[at]);
    return people[at++];
  }

  std::span<const std::uint8_t> ages_;
  const KeyedDraws& draws_;
  std::vector<std::uint32_t> children_, adults_;  // in keyed order
  Ages children_by_age_, adults_by_age_;
  std::size_t next_child_ = 0, next_adult_ = 0;
};

}  // namespace

std::uint64_t HouseholdSizes::households(std::size_t region) const {
  std::uint64_t sum = 0;
  for (std::uint32_t count : by_region[region]) sum += count;
  return sum;
}

HouseholdSizes size_households(std::span<const double> shares,
                               std::span<const std::uint32_t> people_by_region) {
  double mean = 0;
  for (std::size_t i = 0; i < shares.size(); ++i) mean += shares[i] * static_cast<double>(i + 1);
  Fillings fillings(shares);
  HouseholdSizes sizes;
  std::vector<double> owed(shares.size(), 0);
  for (std::uint32_t people : people_by_region) {
    std::vector<std::uint32_t> counts(shares.size(), 0);
    if (!size_region(shares, 1 / mean, people, fillings, owed, counts)) {
      sizes.failed_region = sizes.by_region.size();
      return sizes;
    }
    sizes.by_region.push_back(std::move(counts));
  }
  return sizes;
}

PlacedRegion place_in_households(std::span<const std::uint8_t> ages,
                                 std::span<const std::uint32_t> counts_by_size,
                                 const KeyedDraws& draws, std::uint32_t region,
                                 std::uint32_t first_household) {
  PlacedRegion placed;
  for (std::size_t i = 0; i < counts_by_size.size(); ++i) {
    placed.sizes.insert(placed.sizes.end(), counts_by_size[i], static_cast<std::uint32_t>(i + 1));
  }
  shuffle(placed.sizes, draws, region, 1, Purpose::household);
  std::vector<std::uint32_t> people(ages.size()), children, adults;
  for (std::size_t i = 0; i < people.size(); ++i) people[i] = static_cast<std::uint32_t>(i);
  shuffle(people, draws, region, 0, Purpose::household);
  for (std::uint32_t person : people) {
    (ages[person] < kAdultAge ? children : adults).push_back(person);
  }
  std::vector<std::uint32_t> children_of = spread_children(placed.sizes, children.size());
  Placing placing(ages, draws, std::move(children), std::move(adults));
  placed.people.resize(ages.size());
  // Families choose first: their ages have to fit; whoever lives without children comes after.
  for (bool families : {true, false}) {
    std::size_t first = 0;
    for (std::size_t i = 0; i < placed.sizes.size(); ++i) {
      auto household = first_household + static_cast<std::uint32_t>(i);
      std::span<std::uint32_t> members{placed.people.data() + first, placed.sizes[i]};
      first += placed.sizes[i];
      if ((children_of[i] > 0) != families) continue;
      if (families) {
        placing.family(household, placed.sizes[i], children_of[i], members);
      } else {
        placing.grown_ups(household, members);
      }
    }
  }
  return placed;
}

}  // namespace credence
