#include <credence/clockwork/functions.h>
#include <credence/institutions/parts.h>

#include <algorithm>
#include <cstdlib>

namespace credence {

namespace {

// What a benefit of the lawful part opens. The charter keeps every context but these two out of the
// spheres that the society looks at.
std::optional<Sphere> sphere_of(const Benefit& benefit) {
  if (benefit.credit || benefit.context == "credit") return Sphere::credit;
  if (benefit.context == "rental" || benefit.context == "sharing") return Sphere::rental;
  return std::nullopt;
}

void read_lawful_part(const Programme& programme, ProgrammeInForce& force) {
  force.recorder.emplace(programme);
  force.min_age = programme.min_age;
  for (const Benefit& benefit : programme.benefits) {
    auto sphere = sphere_of(benefit);
    if (!sphere) continue;
    const Benefit*& opens = force.benefits[static_cast<std::size_t>(*sphere)];
    // Where several open the same, the one within easiest reach is asked for.
    if (opens == nullptr || benefit.points < opens->points) opens = &benefit;
    force.steps.push_back(benefit.points);
  }
  if (!force.constructs().tiers.empty()) return;
  for (const Tier& tier : programme.tiers) force.tiers.emplace_back(tier.from, tier.name);
}

void read_constructs(const Constructs& constructs, ProgrammeInForce& force) {
  for (const SocietyTier& tier : constructs.tiers) force.tiers.emplace_back(tier.from, tier.name);
  int largest = 1;
  for (const DeedRule& rule : constructs.rules) {
    force.deed_points[static_cast<std::size_t>(rule.deed)] += rule.points;
    largest = std::max(largest, std::abs(rule.points));
  }
  if (constructs.loyalty) {
    largest = std::max(
        {largest, std::abs(constructs.loyalty->criticism), std::abs(constructs.loyalty->praise)});
  }
  if (constructs.points && constructs.points->decay_months > 0) {
    int months = constructs.points->decay_months;
    force.decay = (largest + months - 1) / months;
  }
  auto punish_below = [&force](int line) {
    force.steps.push_back(line);
    force.punished_below = std::max(line, force.punished_below.value_or(line));
  };
  for (const RewardRule& reward : constructs.rewards) force.steps.push_back(reward.from);
  for (const ListRule& list : constructs.lists) {
    if (list.below) punish_below(*list.below);
    if (list.from) force.steps.push_back(*list.from);
  }
  for (const SocietySanction& sanction : constructs.sanctions) {
    if (sanction.below) punish_below(*sanction.below);
  }
  double yearly = std::clamp(constructs.record.share, 0.0, 1.0);
  force.fault_chance = yearly >= 1 ? 1 : 1 - exact_power(1 - yearly, 1.0 / 12);
}

}  // namespace

ProgrammeInForce programme_in_force(const SocietyProgramme& programme,
                                    const ParameterValues& values) {
  ProgrammeInForce force;
  for (auto [status, parameter] : {std::pair{WorkStatus::studying, "income.stipend"},
                                   {WorkStatus::retired, "income.pension"},
                                   {WorkStatus::at_home, "income.allowance"}}) {
    force.income_share[static_cast<std::size_t>(status)] = values.at(parameter);
  }
  force.programme = &programme;
  if (programme.engine) read_lawful_part(*programme.engine->programme(), force);
  read_constructs(programme.constructs, force);
  std::ranges::sort(force.tiers, {}, [](const auto& tier) { return tier.first; });
  for (const auto& [from, name] : force.tiers) force.steps.push_back(from);
  std::ranges::sort(force.steps);
  return force;
}

std::span<const RuleDescription* const> Institutions::descriptions() {
  static const std::array<const RuleDescription*, 10> rules = {
      &employer_rule(), &city_rule(), &police_rule(),   &operator_rule(), &lists_rule(),
      &platform_rule(), &bank_rule(), &landlord_rule(), &school_rule(),   &board_rule()};
  return rules;
}

Institutions::Institutions(const SocietyProgramme& programme, const ParameterValues& values,
                           const Population& population)
    : programme_(&programme),
      climate_(climate_of(programme)),
      parts_(new Parts{.force = programme_in_force(programme, values),
                       .watch = watch_tables(programme.constructs, population.plan),
                       .police = police_terms(values),
                       .operator_terms = operator_terms(values),
                       .platform = platform_terms(values),
                       .bank = bank_terms(values),
                       .landlord = landlord_terms(values),
                       .employer = employer_terms(values),
                       .city = city_terms(values)}) {}
Institutions::~Institutions() = default;
Institutions::Institutions(Institutions&&) noexcept = default;

std::unique_ptr<InstitutionDesk, void (*)(InstitutionDesk*)> Institutions::make_desk() const {
  return {new InstitutionDesk, [](InstitutionDesk* desk) { delete desk; }};
}

void Institutions::hire(LifeMonth& month) const {
  answer_job(parts_->employer, month);
}

void Institutions::watch(LifeMonth& month) const {
  look_for_faces(parts_->force, parts_->watch, month);
  count_deeds(*parts_, month);
}

void Institutions::enrol(LifeMonth& month) const {
  ask_to_enrol(parts_->force, month);
}

void Institutions::score(LifeMonth& month, InstitutionDesk& desk, Date start) const {
  give_points(parts_->force, parts_->operator_terms, month, desk, start);
}

void Institutions::sanction(LifeMonth& month) const {
  count_down(month);
  keep_lists(parts_->force, month);
  impose(parts_->force, month);
  forget_mistakes(month);
  decay_points(parts_->force, month);
}

void Institutions::answer(LifeMonth& month, InstitutionDesk& desk, Date start) const {
  answer_rental(*parts_, month, desk, start);
  answer_loan(*parts_, month, desk, start);
  answer_home(*parts_, month);
  answer_trip(month);
  answer_school(parts_->force, month);
}

Dossier Institutions::dossier_of(const Population& population, const Lives& lives,
                                 const KeyedDraws& draws, std::uint32_t person, std::uint32_t month,
                                 Date start) const {
  if (!parts_->force.recorder) return {};
  InstitutionDesk desk;
  open_desk(parts_->force, desk, month, start);
  std::uint8_t code = lives.record[person][month % kRecordMonths];
  return read_record(parts_->force, population, lives, draws, person, code, desk);
}

std::int32_t Institutions::cost_of_case() const {
  return parts_->operator_terms.cost_of_case;
}

const Text* Institutions::tier_of(int points) const {
  const Text* found = nullptr;
  for (const auto& [from, name] : parts_->force.tiers) {
    if (points >= from) found = &name;
  }
  return found;
}

std::vector<Text> Institutions::tier_names() const {
  std::vector<Text> names;
  for (const auto& [from, name] : parts_->force.tiers) names.push_back(name);
  return names;
}

}  // namespace credence
