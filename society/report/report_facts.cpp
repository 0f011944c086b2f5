#include <credence/base/expects.h>
#include <credence/base/wording.h>
#include <credence/report/report_facts.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace credence {

namespace {

const Text kMonths[] = {
    {"January", "janvier"}, {"February", "février"},  {"March", "mars"},
    {"April", "avril"},     {"May", "mai"},           {"June", "juin"},
    {"July", "juillet"},    {"August", "août"},       {"September", "septembre"},
    {"October", "octobre"}, {"November", "novembre"}, {"December", "décembre"},
};

std::chrono::year_month_day day_in(const World& world, std::uint32_t month) {
  return {add(world.start, {.months = static_cast<int>(std::min(month, 12'000U))})};
}

}  // namespace

ReportFacts::ReportFacts(const SocietyReportInput& input, Language language) : input_(input) {
  expects(input.world != nullptr && input.result != nullptr, "society_report: no world or result");
  style_ = {.language = language, .currency = input.world->currency};
  arm_names_.push_back(credence::say(Say::without_programme, language));
  for (const SocietyProgramme& programme : input.programmes) {
    const std::string& title = programme.title.in(language);
    arm_names_.push_back(title.empty() ? programme.id : title);
  }
  for (const ReplicateResult& one : input.result->replicates) {
    expects(one.tallies.size() == arm_names_.size(), "society_report: arms that are no programmes");
  }
}

const std::vector<TraitCategory>& ReportFacts::categories(Trait trait) const {
  return world().population.categories[static_cast<std::size_t>(trait)];
}

std::string ReportFacts::category_name(Trait trait, std::size_t category) const {
  const std::vector<TraitCategory>& all = categories(trait);
  if (category >= all.size()) return count_text(static_cast<double>(category + 1), style_);
  const std::string& name = all[category].name.in(language());
  return name.empty() ? all[category].id : name;
}

std::string ReportFacts::month_name(std::uint32_t month) const {
  std::chrono::year_month_day day = day_in(world(), month);
  return fmt::format("{} {}", kMonths[static_cast<unsigned>(day.month()) - 1].in(language()),
                     static_cast<int>(day.year()));
}

std::string ReportFacts::short_month_name(std::uint32_t month) const {
  std::chrono::year_month_day day = day_in(world(), month);
  return fmt::format("{:02}/{}", static_cast<unsigned>(day.month()), static_cast<int>(day.year()));
}

std::vector<double> ReportFacts::totals(std::size_t arm, Counter counter) const {
  std::vector<double> sums;
  for (const ReplicateResult& replicate : result().replicates) {
    std::int64_t sum = 0;
    for (const auto& month : replicate.tallies[arm]) {
      for (const MonthTally& group : month) sum += group[counter];
    }
    sums.push_back(static_cast<double>(sum));
  }
  return sums;
}

ReplicateSpread ReportFacts::value(std::size_t arm, std::string_view measure,
                                   std::optional<std::size_t> group) const {
  return spread_of_known(result().values(arm, measure, group));
}

ReplicateSpread ReportFacts::difference(std::size_t arm, std::string_view measure,
                                        std::optional<std::size_t> group) const {
  return spread_of_known(result().differences(arm, measure, group));
}

ReplicateSpread ReportFacts::in_month(std::size_t arm, std::string_view measure,
                                      std::uint32_t month) const {
  return spread_of_known(result().values_in_month(arm, measure, month));
}

std::vector<MonthTally> ReportFacts::groups_of(std::size_t arm,
                                               const ReplicateResult& replicate) const {
  std::vector<MonthTally> groups;
  for (const std::vector<MonthTally>& month : replicate.tallies[arm]) {
    groups.resize(std::max(groups.size(), month.size()));
    for (std::size_t group = 0; group < month.size(); ++group) groups[group] += month[group];
  }
  return groups;
}

bool ever_counted(const ReportFacts& facts, Counter counter) {
  for (std::size_t arm = 0; arm < facts.arms(); ++arm) {
    for (double total : facts.totals(arm, counter)) {
      if (total != 0) return true;
    }
  }
  return false;
}

std::vector<Text> tier_names_of(const SocietyProgramme& programme) {
  std::vector<std::pair<int, Text>> tiers;
  for (const SocietyTier& tier : programme.constructs.tiers)
    tiers.emplace_back(tier.from, tier.name);
  if (tiers.empty() && programme.engine) {
    for (const Tier& tier : programme.engine->programme()->tiers)
      tiers.emplace_back(tier.from, tier.name);
  }
  std::ranges::stable_sort(tiers, {}, [](const auto& tier) { return tier.first; });
  std::vector<Text> names;
  for (auto& [from, name] : tiers) names.push_back(std::move(name));
  return names;
}

}  // namespace credence
