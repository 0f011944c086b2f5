#include <credence/institutions/parts.h>

#include <algorithm>

namespace credence {

const RuleDescription& city_rule() {
  static const RuleDescription rule{
      .id = "city",
      .actor = "city",
      .name = {"The city counts deeds", "La ville compte les actes"},
      .what =
          {"Where a programme counts deeds, those that somebody notices add or take points from "
           "people who are in it: unpaid and late bills and defaults always, volunteering when "
           "it was reported, offences when the police noticed or a camera filmed them, opinions "
           "only as far as what is said is read. Trains and planes are closed to whoever is "
           "barred from travel.",
           "Si un programme compte les actes, ceux que l'on remarque ajoutent ou retirent des "
           "points à ses membres : factures impayées ou en retard et défauts toujours, le "
           "bénévolat s'il est signalé, les infractions si la police les a vues ou une caméra "
           "filmées, les opinions seulement dans la mesure où l'on lit ce qui se dit. Trains "
           "et avions sont fermés à qui est exclu des voyages."},
      .source = "list of deeds after the Rongcheng assessment standards (China Law Translate)",
      .parameters = {{"volunteering-seen",
                      0.7,
                      0.3,
                      1,
                      "share",
                      {"Volunteering that is reported", "Bénévolat signalé"},
                      "invented"}}};
  return rule;
}

CityTerms city_terms(const ParameterValues& values) {
  return {.volunteering_seen = values.at("city.volunteering-seen")};
}

namespace {

// What settled after last month's answers is known only now.
RentalEnd last_rental(const LifeMonth& month) {
  if (month.month == 0) return RentalEnd::none;
  std::uint8_t code = month.lives.record[month.person][(month.month - 1) % kRecordMonths];
  return RecordedMonth::of(code).rental;
}

class DeedCount {
 public:
  explicit DeedCount(const ProgrammeInForce& force) : force_(force) {}
  void add(CountedDeed deed, bool noticed) {
    if (noticed) points_ += force_.deed_points[static_cast<std::size_t>(deed)];
  }
  void add(int points, bool noticed) {
    if (noticed) points_ += points;
  }
  int points() const { return points_; }

 private:
  const ProgrammeInForce& force_;
  int points_ = 0;
};

}  // namespace

void count_deeds(const Institutions::Parts& parts, LifeMonth& month) {
  const ProgrammeInForce& force = parts.force;
  if (!force.counts_own_points() || !month.lives.has(month.person, Mark::enrolled)) return;
  const Happenings& now = month.now;
  auto luck = month.draws.uniforms(month.person, month.month, Purpose::report);
  DeedCount count(force);
  count.add(CountedDeed::late_bill, now.has(Happening::paid_late));
  count.add(CountedDeed::unpaid_bill, now.has(Happening::left_unpaid));
  count.add(CountedDeed::default_on_loan, now.has(Happening::defaulted));
  RentalEnd rental = last_rental(month);
  count.add(CountedDeed::lost_rental, rental == RentalEnd::lost);
  count.add(CountedDeed::settled_rental, rental == RentalEnd::settled);
  count.add(CountedDeed::volunteering,
            now.has(Happening::volunteered) && luck[0] < parts.city.volunteering_seen);
  count.add(CountedDeed::gaming, month.lives.has(month.person, Mark::gaming));
  if (now.has(Happening::offended)) {
    bool filmed = offence_filmed(force.constructs(), parts.watch, month);
    count.add(CountedDeed::camera_offence, filmed);
    count.add(CountedDeed::offence, offence_noticed(parts.police, month));
  }
  if (const auto& loyalty = force.constructs().loyalty) {
    bool criticised = now.has(Happening::spoke) && luck[1] < loyalty->monitored;
    bool praised = now.has(Happening::praised) && luck[2] < loyalty->monitored;
    count.add(CountedDeed::criticism, criticised);
    count.add(CountedDeed::praise, praised);
    count.add(loyalty->criticism, criticised);
    count.add(loyalty->praise, praised);
  }
  int sum = std::clamp(month.lives.own_points[month.person] + count.points(), -30'000, 30'000);
  month.lives.own_points[month.person] = static_cast<std::int16_t>(sum);
}

void answer_trip(LifeMonth& month) {
  if (!month.now.has(Happening::wanted_trip) || !is_barred(month, Sphere::travel)) return;
  month.now.add(Happening::trip_refused);
}

}  // namespace credence
