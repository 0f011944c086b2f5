#include <credence/report/life_facts.h>
#include <credence/report/report.h>
#include <credence/report/wordings.h>

#include <algorithm>
#include <compare>
#include <functional>

namespace credence {

namespace {

constexpr std::uint64_t bit(Happening what) {
  return std::uint64_t{1} << static_cast<unsigned>(what);
}

constexpr std::uint64_t kNoes = bit(Happening::rental_not_afforded) | bit(Happening::loan_refused) |
                                bit(Happening::home_refused) | bit(Happening::trip_refused) |
                                bit(Happening::job_refused) | bit(Happening::school_refused);
constexpr std::uint64_t kYeses = bit(Happening::rental_without_deposit) |
                                 bit(Happening::loan_granted) | bit(Happening::home_found) |
                                 bit(Happening::found_job);
constexpr std::uint64_t kMistakes = bit(Happening::false_alert) |
                                    bit(Happening::wrongly_sanctioned) |
                                    bit(Happening::fault_recorded);

// Who is first in an order of what happened; nobody when all have nothing of it.
struct LifeCase {
  std::size_t panelist = 0;
  LifeDifference difference;
};

using Rank = std::function<std::pair<int, std::int64_t>(const LifeDifference&)>;

void choose(std::vector<LifeCase>& left, const Rank& rank, Say why,
            std::vector<ChosenLife>& chosen) {
  const std::pair<int, std::int64_t> nothing = {0, 0};
  auto best = left.end();
  for (auto at = left.begin(); at != left.end(); ++at) {
    if (rank(at->difference) <= nothing) continue;
    if (best == left.end() || rank(at->difference) > rank(best->difference)) best = at;
  }
  if (best == left.end()) return;
  chosen.push_back({best->panelist, text_of(why)});
  left.erase(best);
}

}  // namespace

LifeDifference difference_of(const std::vector<StoryMonth>& without,
                             const std::vector<StoryMonth>& with) {
  LifeDifference difference;
  for (std::size_t month = 0; month < std::min(without.size(), with.size()); ++month) {
    const StoryMonth &there = without[month], &here = with[month];
    bool barred = std::ranges::any_of(here.barred, [](std::uint8_t months) { return months > 0; });
    bool black = (here.marks & static_cast<std::uint16_t>(Mark::black)) != 0;
    bool wrongly = (here.marks & static_cast<std::uint16_t>(Mark::wrongly_hit)) != 0;
    difference.barred += barred || black ? 1 : 0;
    difference.refused += (here.happenings & ~there.happenings & kNoes) != 0 ? 1 : 0;
    difference.granted += (here.happenings & ~there.happenings & kYeses) != 0 ? 1 : 0;
    bool mistake = (here.happenings & ~there.happenings & kMistakes) != 0;
    difference.mistaken += wrongly ? 1 : 0;
    difference.mistakes += mistake ? 1 : 0;
    difference.wealth = std::int64_t{here.wealth} - there.wealth;
  }
  return difference;
}

std::vector<ChosenLife> choose_lives(const SocietyReportInput& input) {
  std::vector<ChosenLife> chosen;
  if (input.result == nullptr || input.result->stories.size() < 2) return chosen;
  const auto& without = input.result->stories.front();
  const auto& with = input.result->stories.back();
  std::vector<LifeCase> left;
  std::size_t panel = std::min({without.size(), with.size(), input.result->panel.size()});
  for (std::size_t panelist = 0; panelist < panel; ++panelist)
    left.push_back({panelist, difference_of(without[panelist], with[panelist])});
  // A mistake first: it is the rarest, and its victim may well be who loses most.
  std::vector<ChosenLife> mistake;
  choose(
      left,
      [](const LifeDifference& life) {
        return std::pair{
            3 * life.mistaken + 3 * std::min(life.mistakes, 1) * life.refused + life.mistakes,
            -life.wealth};
      },
      Say::life_mistake, mistake);
  choose(
      left,
      [](const LifeDifference& life) {
        return std::pair{life.barred + life.refused, -life.wealth};
      },
      Say::life_loses, chosen);
  chosen.insert(chosen.end(), mistake.begin(), mistake.end());
  choose(
      left,
      [](const LifeDifference& life) {
        int harmed = life.barred + life.refused;
        return std::pair{harmed > 0 ? 0 : life.granted, harmed > 0 ? 0 : life.wealth};
      },
      Say::life_gains, chosen);
  return chosen;
}

}  // namespace credence
