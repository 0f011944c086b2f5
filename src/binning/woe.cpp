#include <credence/binning/prebin_counts.h>
#include <credence/binning/woe.h>
#include <fmt/format.h>

#include <cmath>

namespace credence {

namespace {

Text cell_name(const Cells& cells, int cell) {
  if (cell < cells.missing()) {
    const auto& code = cells.specials()[static_cast<std::size_t>(cell - cells.bins())];
    return {fmt::format("special code `{}`", code.name),
            fmt::format("le code spécial « {} »", code.name)};
  }
  return cell == cells.missing() ? Text{"missing", "« manquant »"} : Text{"unknown", "« inconnu »"};
}

const Absence& absence_of(const Cells& cells, const VariableRules& rules, int cell) {
  if (cell < cells.missing()) return rules.special;
  return cell == cells.missing() ? rules.missing : rules.unknown;
}

// The weight of the clean bin that the policy points at.
double worst(const Binning& binning) {
  double least = binning.rows.front().woe;
  for (int bin = 1; bin < binning.cells.bins(); ++bin)
    least = std::min(least, binning.rows[static_cast<std::size_t>(bin)].woe);
  return least;
}

// Of two bins as near, the first.
double nearest(const Binning& binning, double rate) {
  constexpr double equal_rates = 1e-12;
  double distance = 2, woe = 0;
  for (int bin = 0; bin < binning.cells.bins(); ++bin) {
    const Binning::Row& row = binning.rows[static_cast<std::size_t>(bin)];
    if (row.tally.records == 0 || std::abs(row.tally.rate() - rate) >= distance - equal_rates)
      continue;
    distance = std::abs(row.tally.rate() - rate);
    woe = row.woe;
  }
  return woe;
}

bool needs_rows(AbsencePolicy policy) {
  return policy == AbsencePolicy::empirical || policy == AbsencePolicy::nearest;
}

double woe_by(AbsencePolicy policy, const Binning& binning, const Binning::Row& row, double fixed) {
  switch (policy) {
    case AbsencePolicy::empirical:
      return row.woe;
    case AbsencePolicy::neutral:
      return 0;
    case AbsencePolicy::worst:
      return worst(binning);
    case AbsencePolicy::nearest:
      return nearest(binning, row.tally.rate());
    case AbsencePolicy::fixed:
      return fixed;
  }
  return 0;
}

void apply(const Absence& absence, Binning& binning, int cell) {
  Binning::Row& row = binning.rows[static_cast<std::size_t>(cell)];
  const double records = row.tally.records;
  AbsencePolicy policy = absence.policy;
  const bool lacks = needs_rows(policy) && (records == 0 || !std::isfinite(row.woe));
  row.fallback = lacks || records < absence.min_records;
  if (row.fallback) {
    policy = absence.fallback;
    const bool useless = needs_rows(policy) && (records == 0 || !std::isfinite(row.woe));
    if (useless) policy = AbsencePolicy::neutral;
    if (records > 0) {
      const Text name = cell_name(binning.cells, cell);
      binning.notes.push_back(
          {{fmt::format("{} has {} records: the fallback holds", name.en, records),
            fmt::format("{} a {} lignes : le repli vaut", name.fr, records)}});
    }
  }
  row.woe = woe_by(policy, binning, row, absence.value);
}

struct Totals {
  Tally all;
  double cells = 0;
};

Totals totals_of(const Binning& binning) {
  Totals totals;
  for (const Binning::Row& row : binning.rows) {
    totals.all += row.tally;
    totals.cells += row.tally.records > 0 ? 1 : 0;
  }
  return totals;
}

}  // namespace

Result<Done> weigh(Binning& binning, const VariableRules& rules) {
  const Totals totals = totals_of(binning);
  const double added = rules.smoothing * totals.all.weight() / totals.all.records;
  binning.iv = 0;
  const auto bins = static_cast<std::size_t>(binning.cells.bins());
  for (std::size_t cell = 0; cell < binning.rows.size(); ++cell) {
    Binning::Row& row = binning.rows[cell];
    if (row.tally.records == 0) {
      if (cell < bins) {
        row.fallback = true;
        binning.notes.push_back(
            {{fmt::format("bin {} has no records: weight 0", cell + 1),
              fmt::format("la classe {} n'a aucune ligne : poids 0", cell + 1)}});
      }
      continue;
    }
    const double good =
        (row.tally.nonevents + added) / (totals.all.nonevents + added * totals.cells);
    const double bad = (row.tally.events + added) / (totals.all.events + added * totals.cells);
    row.woe = std::log(good / bad);
    row.iv = (good - bad) * row.woe;
    if (!std::isfinite(row.woe)) {
      row.iv = 0;
      if (cell < bins) {
        return refusal("binning.rules", binning.name,
                       fmt::format("bin {} has no {}, so its weight of evidence is infinite",
                                   cell + 1, row.tally.events > 0 ? "non-events" : "events"),
                       "set smoothing above 0, or ask for events and non-events in every bin");
      }
    }
    binning.iv += row.iv;
  }
  for (int cell = binning.cells.bins(); cell < binning.cells.count(); ++cell)
    apply(absence_of(binning.cells, rules, cell), binning, cell);
  return Done{};
}

}  // namespace credence
