#include <credence/base/wording.h>
#include <credence/report/report_sections.h>

#include <algorithm>
#include <cmath>

namespace credence {

namespace {

// What a newspaper would print first, in this order; rows in which nothing was counted are left
// out.
constexpr std::string_view kGlance[] = {
    "excluded-share", "refused-only-here", "wrongful-sanctions", "false-alerts",
    "speech-share",   "gaming-share",      "deposit-free-share", "poorer-share",
    "richer-share",   "mean-wealth",       "operator-profit"};

constexpr std::size_t kMostSentences = 8;

bool all_zero(const std::vector<ReplicateSpread>& spreads) {
  return std::ranges::all_of(spreads, [](const ReplicateSpread& spread) {
    return spread.count == 0 || (spread.mean == 0 && spread.error == 0);
  });
}

std::vector<std::string> glance_row(const ReportFacts& facts, const HarmMeasure& measure) {
  std::vector<ReplicateSpread> values;
  for (std::size_t arm = 0; arm < facts.arms(); ++arm)
    values.push_back(facts.value(arm, measure.id));
  if (all_zero(values)) return {};
  std::vector<std::string> row = {measure.name.in(facts.language()) + ", " +
                                  unit_words(measure.unit, facts.style())};
  for (std::size_t arm = 0; arm < facts.arms(); ++arm) {
    row.push_back(value_text(measure.unit, values[arm].mean, facts.style()));
    if (values[arm].count == 0) row.back() = "\u2013";
    if (arm == 0) continue;
    row.push_back(difference_text(measure.unit, facts.difference(arm, measure.id), facts.style()));
  }
  return row;
}

void write_glance(SocietyPage& page, const ReportFacts& facts) {
  PageTable table;
  table.caption = facts.say(Say::glance_caption);
  table.columns.push_back({facts.say(Say::glance_measure)});
  for (std::size_t arm = 0; arm < facts.arms(); ++arm) {
    table.columns.push_back({facts.arm_name(arm), true});
    if (arm > 0) table.columns.push_back({facts.say(Say::glance_difference), true});
  }
  for (std::string_view id : kGlance) {
    std::vector<std::string> row = glance_row(facts, *find_harm_measure(id));
    if (!row.empty()) table.rows.push_back(std::move(row));
  }
  page.table(table);
}

// The sentences of one programme.
class Headline {
 public:
  Headline(const ReportFacts& facts, std::size_t arm) : facts_(facts), arm_(arm) {}

  std::vector<std::string> sentences() {
    exclusion();
    punishment();
    speech();
    money();
    fairness();
    gaming();
    operator_profit();
    if (sentences_.size() > kMostSentences) sentences_.resize(kMostSentences);
    return std::move(sentences_);
  }

 private:
  void add(Say what, std::initializer_list<std::string> values = {}) {
    sentences_.push_back(facts_.say(what, values));
  }
  std::string text(const ReplicateSpread& spread, double scale = 1) const {
    return spread_text(scaled(spread, scale), facts_.style());
  }
  ReplicateSpread total(Counter counter) const {
    return spread_of_known(facts_.totals(arm_, counter));
  }

  void exclusion() {
    ReplicateSpread excluded = facts_.difference(arm_, "excluded-share");
    if (excluded.mean == 0) return add(Say::nobody_excluded);
    add(Say::excluded,
        {text(excluded, facts_.people()), count_text(facts_.people(), facts_.style())});
    ReplicateSpread mistaken = facts_.difference(arm_, "harmed-through-mistake");
    if (mistaken.mean > 0)
      add(Say::by_mistake, {text(mistaken, facts_.people() / 12)});
    else
      add(Say::no_mistake);
    ReplicateSpread spell = facts_.value(arm_, "mean-spell");
    if (spell.count > 0) add(Say::spells, {text(spell)});
  }

  void punishment() {
    ReplicateSpread sanctions = total(Counter::sanctioned), alerts = total(Counter::alerts);
    if (sanctions.mean > 0)
      add(Say::sanctions, {text(sanctions), text(total(Counter::wrongly_sanctioned))});
    if (alerts.mean > 0)
      add(Say::alerts, {text(alerts), text(facts_.value(arm_, "positive-predictive-value"), 100)});
  }

  void speech() {
    ReplicateSpread difference = facts_.difference(arm_, "speech-share");
    if (difference.count == 0) return;
    if (difference.mean == 0) return add(Say::silence_none);
    add(Say::speech, {percent(facts_.value(arm_, "speech-share")),
                      percent(facts_.value(0, "speech-share")), text(difference, 100)});
  }

  std::string percent(const ReplicateSpread& spread) const {
    double shown = 100 * spread.mean;
    return write_number(shown, shown > 0 && shown < 10 ? 1 : 0);
  }
  std::string write_number(double value, int decimals) const;

  void money() {
    if (facts_.months() == 0) return;
    auto last = static_cast<std::uint32_t>(facts_.months() - 1);
    ReplicateSpread poorer = facts_.in_month(arm_, "poorer-share", last);
    ReplicateSpread richer = facts_.in_month(arm_, "richer-share", last);
    if (poorer.mean == 0 && richer.mean == 0) return add(Say::money_same);
    add(Say::money,
        {percent(poorer), percent(richer), text(facts_.in_month(arm_, "wealth-difference", last)),
         facts_.world().currency});
    ReplicateSpread saved = facts_.difference(arm_, "deposits-saved");
    if (saved.mean <= 0) return;
    add(Say::deposits,
        {percent(facts_.value(arm_, "deposit-free-share")),
         percent(facts_.value(0, "deposit-free-share")), text(saved), facts_.world().currency});
  }

  void fairness() {
    std::vector<double> ratios;
    for (const ReplicateResult& replicate : facts_.result().replicates)
      ratios.push_back(adverse_impact_ratio(facts_.groups_of(arm_, replicate)));
    ReplicateSpread ratio = spread_of_known(ratios);
    if (ratio.count == 0) return;
    add(Say::impact,
        {text(ratio), facts_.say(ratio.mean < 0.8 ? Say::impact_warning : Say::impact_fine)});
  }

  void gaming() {
    ReplicateSpread share = facts_.difference(arm_, "gaming-share");
    if (share.mean > 0) add(Say::gaming, {text(share, facts_.people())});
  }

  void operator_profit() {
    ReplicateSpread profit = facts_.value(arm_, "operator-profit");
    if (profit.count > 0 && profit.mean != 0)
      add(Say::operator_profit, {text(profit), facts_.world().currency});
  }

  const ReportFacts& facts_;
  std::size_t arm_;
  std::vector<std::string> sentences_;
};

std::string Headline::write_number(double value, int decimals) const {
  return write_decimal(value, decimals, facts_.language());
}

std::string names_of_programmes(const ReportFacts& facts) {
  std::string names = facts.arm_name(0);
  for (std::size_t arm = 1; arm < facts.arms(); ++arm) names += ", " + facts.arm_name(arm);
  return names;
}

}  // namespace

void write_summary(SocietyPage& page, const ReportFacts& facts) {
  page.begin_section("summary", facts.say(Say::summary_title));
  auto count = [&](std::size_t number) {
    return count_text(static_cast<double>(number), facts.style());
  };
  page.paragraph(facts.say(
      Say::summary_tried,
      {count_text(facts.people(), facts.style()), count(facts.categories(Trait::group).size()),
       count(facts.categories(Trait::region).size()), count(facts.months()),
       names_of_programmes(facts)}));
  if (facts.replicates() > 0) {
    for (std::size_t arm = 1; arm < facts.arms(); ++arm) {
      page.heading(facts.arm_name(arm));
      page.items(Headline{facts, arm}.sentences());
    }
    write_glance(page, facts);
    page.paragraph(facts.replicates() > 1 ? facts.say(Say::how_to_read, {count(facts.replicates())})
                                          : facts.say(Say::how_to_read_one),
                   "note");
  }
  page.end_section();
}

}  // namespace credence
