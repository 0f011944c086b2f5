#include <credence/institutions/society_programme.h>

#include <algorithm>
#include <cstdlib>

namespace credence {

namespace {

// A tenth of the range of points is what people feel as a full cost or gain (invented: three tiers
// of a scale of ten).
constexpr double kFelt = 0.1;

double range_of(const SocietyProgramme& programme) {
  if (programme.constructs.points) {
    return programme.constructs.points->highest - programme.constructs.points->lowest;
  }
  if (!programme.engine) return 0;
  return (*programme.engine->programme()).highest - (*programme.engine->programme()).lowest;
}

double felt(int points, double range) {
  return range <= 0 ? 0 : std::clamp(std::abs(points) / (kFelt * range), 0.0, 1.0);
}

int points_for(const Constructs& constructs, CountedDeed deed) {
  for (const DeedRule& rule : constructs.rules) {
    if (rule.deed == deed) return rule.points;
  }
  return 0;
}

// Of the services that people ask for, the share whose answer depends on the programme. Speech is
// no service.
double share_of_services(const SocietyProgramme& programme) {
  bool depends[kSpheres] = {};
  auto mark = [&](Sphere sphere) { depends[static_cast<std::size_t>(sphere)] = true; };
  for (const SocietySanction& sanction : programme.constructs.sanctions) mark(sanction.sphere);
  for (const RewardRule& reward : programme.constructs.rewards) mark(reward.sphere);
  if (programme.engine) {
    for (const Benefit& benefit : (*programme.engine->programme()).benefits) {
      mark(benefit.credit ? Sphere::credit : Sphere::rental);
    }
  }
  depends[static_cast<std::size_t>(Sphere::speech)] = false;
  return static_cast<double>(std::count(std::begin(depends), std::end(depends), true)) /
         static_cast<double>(kSpheres - 1);
}

// What money can change at once: how bills are paid and rentals settled. An income or the length of
// a history cannot be bought.
double reachable_of_card(const Engine& engine) {
  double all = 0, reachable = 0;
  for (const Card::Line& line : engine.card().lines()) {
    double span = line.highest() - line.lowest();
    Family family = engine.programme()->features[static_cast<std::size_t>(line.feature)].family;
    all += span;
    if (family != Family::capacity && family != Family::identity) reachable += span;
  }
  return all > 0 ? reachable / all : 0;
}

double reachable_of_rules(const Constructs& constructs) {
  double all = 0, reachable = 0;
  for (const DeedRule& rule : constructs.rules) {
    double points = std::abs(rule.points);
    all += points;
    bool bought = rule.deed == CountedDeed::gaming || rule.deed == CountedDeed::volunteering ||
                  rule.deed == CountedDeed::settled_rental || rule.deed == CountedDeed::late_bill ||
                  rule.deed == CountedDeed::unpaid_bill;
    if (bought) reachable += points;
  }
  return all > 0 ? reachable / all : 0;
}

double reachable(const SocietyProgramme& programme) {
  double rules = reachable_of_rules(programme.constructs);
  if (!programme.engine) return rules;
  double card = reachable_of_card(*programme.engine);
  return programme.constructs.rules.empty() ? card : (card + rules) / 2;
}

}  // namespace

Climate climate_of(const SocietyProgramme& programme) {
  Climate climate;
  const Constructs& constructs = programme.constructs;
  if (!programme.scores() && constructs.sections.empty()) return climate;
  double range = range_of(programme);
  if (constructs.loyalty) {
    climate.speech_watched = constructs.loyalty->monitored;
    climate.speech_cost = felt(
        std::min(0, constructs.loyalty->criticism + points_for(constructs, CountedDeed::criticism)),
        range);
    climate.praise_pays =
        felt(std::max(0, constructs.loyalty->praise + points_for(constructs, CountedDeed::praise)),
             range);
  }
  climate.points_matter = share_of_services(programme);
  climate.friends_matter = constructs.friends ? constructs.friends->weight : 0;
  climate.volunteering_pays =
      felt(std::max(0, points_for(constructs, CountedDeed::volunteering)), range);
  climate.awareness = constructs.awareness.share;
  climate.camera_coverage = constructs.cameras ? constructs.cameras->coverage : 0;
  climate.reachable = reachable(programme);
  climate.asks_consent = !constructs.enrolment.compulsory;
  return climate;
}

}  // namespace credence
