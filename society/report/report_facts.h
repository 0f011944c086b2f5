#pragma once

#include <credence/base/time.h>
#include <credence/report/figures.h>
#include <credence/report/report.h>
#include <credence/report/wordings.h>

#include <optional>
#include <string>
#include <vector>

namespace credence {

// What every section needs: the input, a language, and sums that the ensemble does not keep.
class ReportFacts {
 public:
  // REQUIRES: `input` has a world and a result, and outlives the facts.
  ReportFacts(const SocietyReportInput& input, Language language);

  const SocietyReportInput& input() const { return input_; }
  const World& world() const { return *input_.world; }
  const EnsembleResult& result() const { return *input_.result; }
  Language language() const { return style_.language; }
  const NumberStyle& style() const { return style_; }
  std::string say(Say what, std::initializer_list<std::string> values = {}) const {
    return credence::say(what, language(), values);
  }

  std::size_t arms() const { return arm_names_.size(); }
  const std::string& arm_name(std::size_t arm) const { return arm_names_[arm]; }
  const SocietyProgramme& programme(std::size_t arm) const { return input_.programmes[arm - 1]; }
  std::size_t replicates() const { return result().replicates.size(); }
  double people() const { return static_cast<double>(world().population.people); }
  std::size_t months() const { return world().months; }

  const std::vector<TraitCategory>& categories(Trait trait) const;
  std::string category_name(Trait trait, std::size_t category) const;
  // "March 2026". `month` counts from the world's first month, burn-in included.
  std::string month_name(std::uint32_t month) const;
  std::string short_month_name(std::uint32_t month) const;  // "03.2026" as the language writes it

  // Over all groups, by replicate.
  std::vector<double> totals(std::size_t arm, Counter counter) const;  // all months
  ReplicateSpread value(std::size_t arm, std::string_view measure,
                        std::optional<std::size_t> group = {}) const;
  ReplicateSpread difference(std::size_t arm, std::string_view measure,
                             std::optional<std::size_t> group = {}) const;
  ReplicateSpread in_month(std::size_t arm, std::string_view measure, std::uint32_t month) const;
  // By group, all months of one replicate, or one month.
  std::vector<MonthTally> groups_of(std::size_t arm, const ReplicateResult& replicate) const;

 private:
  const SocietyReportInput& input_;
  NumberStyle style_;
  std::vector<std::string> arm_names_;
};

// Whether anything of this kind was counted in any life, in any replicate.
bool ever_counted(const ReportFacts& facts, Counter counter);
// Names of the tiers of an arm, rising.
std::vector<Text> tier_names_of(const SocietyProgramme& programme);

}  // namespace credence
