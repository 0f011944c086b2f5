#include <credence/people/living_habits.h>

#include <algorithm>

namespace credence {

const RuleDescription& FriendshipsHabit::description() {
  static const RuleDescription rule = {
      "friendships",
      "person",
      {"Dropping friends for their points", "Délaisser des amis pour leurs points"},
      {"Where friends' points count in one's own, who knows it now and then turns away from a "
       "friend who is far below or on a black list. The tie stays on paper; what is counted is the "
       "turning away.",
       "Là où les points des amis comptent dans les siens, qui le sait se détourne parfois d'un "
       "ami "
       "bien plus bas ou sur liste noire. Le lien reste sur le papier ; on compte le fait de se "
       "détourner."},
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
  if (!month.lives.has(month.person, Mark::aware)) return;
  std::int16_t own = month.lives.points[month.person];
  auto friends = month.network.of(TieLayer::friends).of(month.person);
  bool drops = std::any_of(friends.begin(), friends.end(), [&](std::uint32_t other) {
    if (month.seen.has(other, Mark::black)) return true;
    std::int16_t points = month.seen.points[other];
    return own != kNoPoints && points != kNoPoints && points <= own - gap;
  });
  if (drops) month.now.add(Happening::lost_friend);
}

}  // namespace credence
