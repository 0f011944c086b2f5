#include <credence/people/living_habits.h>

#include <algorithm>

namespace credence {

const RuleDescription& FriendshipsHabit::description() {
  static const RuleDescription rule = {
      "friendships",
      "person",
      {"Dropping friends for their points", "Délaisser des amis pour leurs points"},
      {"Where friends' points count in one's own, people who know it now and then turn away "
       "from a friend who is far below or on a black list. The tie stays on paper; it is "
       "counted with the one from whom a friend turned away.",
       "Là où les points des amis comptent dans les siens, ceux qui le savent se détournent "
       "parfois d'un ami bien plus bas ou sur liste noire. Le lien reste sur le papier ; on le "
       "compte chez celui dont on s'est détourné."},
      "invented",
      {{"drop",
        0.2,
        0.02,
        0.5,
        "a month",
        {"Chance when friends' points count fully",
         "Chance si les points des amis comptent à plein"},
        "invented"},
       {"gap",
        100,
        30,
        300,
        "points",
        {"How far below a friend must be", "De combien un ami doit être plus bas"},
        "invented"}}};
  return rule;
}

FriendshipsHabit::FriendshipsHabit(const ParameterValues& values)
    : drop(values.at("friendships.drop")), gap(values.at("friendships.gap")) {}

void FriendshipsHabit::live(LifeMonth& month, double luck) const {
  if (luck >= drop * month.climate.friends_matter) return;
  bool listed = month.lives.has(month.person, Mark::black);
  std::int16_t own = month.lives.points[month.person];
  auto friends = month.network.of(TieLayer::friends).of(month.person);
  bool dropped = std::any_of(friends.begin(), friends.end(), [&](std::uint32_t other) {
    if (!month.seen.has(other, Mark::aware)) return false;
    std::int16_t points = month.seen.points[other];
    return listed || (own != kNoPoints && points != kNoPoints && own <= points - gap);
  });
  if (dropped) month.now.add(Happening::lost_friend);
}

}  // namespace credence
