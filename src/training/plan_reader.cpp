#include <credence/binning/special_codes.h>
#include <credence/training/plan.h>
#include <credence/training/plan_rules.h>
#include <credence/training/plan_table.h>
#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace credence {

namespace {

using Variable = TrainingPlan::Variable;

constexpr PlanTable::Range kPoints{-100000, 100000};

void read_head(PlanTable& table, TrainingPlan& plan) {
  table.string("id", plan.id, 64);
  table.number("ridge", plan.ridge, {0, 1e9});
  table.number("cell_ridge", plan.cell_ridge, {1e-6, 1e9});
  table.flag("whole_points_jointly", plan.whole_points_jointly);
  table.word("absence", plan.absence,
             {{"empirical", TrainingPlan::Absence::empirical},
              {"never-below-worst", TrainingPlan::Absence::never_below_worst}});
  table.whole("folds", plan.folds, {2, 100});
  int seed = static_cast<int>(plan.seed), threads = static_cast<int>(plan.threads);
  table.whole("seed", seed, {0, 2147483647});
  table.whole("threads", threads, {1, 256});
  plan.seed = static_cast<std::uint64_t>(seed);
  plan.threads = static_cast<unsigned>(threads);
}

void read_selection(PlanTable table, TrainingPlan::Selection& selection) {
  table.number("min_iv", selection.min_iv, {0, 100});
  table.number("max_correlation", selection.max_correlation, {0, 1});
  table.number("max_vif", selection.max_vif, {1, 1e12});
  table.number("max_p_value", selection.max_p_value, {0, 1});
  table.whole("max_variables", selection.max_variables, {1, 10000});
  table.finish();
}

void read_anchor(PlanTable& table, TrainingPlan::Scaling& scaling) {
  if (!table.has("anchor")) {
    table.table("anchor");
    return;
  }
  TrainingPlan::Scaling::Anchor anchor;
  PlanTable own = table.table("anchor");
  own.number("points", anchor.points, {kPoints.least, kPoints.most});
  own.number("odds", anchor.odds, {1e-9, 1e9});
  own.number("pdo", anchor.pdo, {1e-3, 1e5});
  own.finish();
  scaling.anchor = anchor;
}

void read_scaling(PlanTable table, TrainingPlan::Scaling& scaling) {
  table.whole("lowest", scaling.lowest, kPoints);
  table.whole("highest", scaling.highest, kPoints);
  read_anchor(table, scaling);
  table.finish();
  if (scaling.lowest < scaling.highest) return;
  table.report("T008", table.has("lowest") ? "lowest" : "highest",
               {fmt::format("the range goes from {} to {}", scaling.lowest, scaling.highest),
                fmt::format("l'échelle va de {} à {}", scaling.lowest, scaling.highest)},
               {"the lowest score must lie below the highest",
                "le score le plus bas doit être inférieur au plus haut"});
}

void read_pairs(PlanTable table, TrainingPlan::Pairs& pairs) {
  table.whole("most", pairs.most, {0, 100});
  table.number("min_gain", pairs.min_gain, {0, 1});
  table.number("ridge", pairs.ridge, {1e-6, 1e9});
  table.whole("groups", pairs.groups, {2, 50});
  table.finish();
}

void read_bins(PlanTable& table, Variable& variable) {
  if (!table.has("bins")) {
    table.table("bins");
    return;
  }
  PlanTable bins = table.table("bins");
  bins.need("because");
  bins.string("because", variable.bins_because);
  auto edges = bins.numbers("edges");
  auto groups = bins.groups("groups");
  bool both = bins.has("edges") == bins.has("groups");
  bins.finish();
  if (both)
    return bins.report(
        "T003", "",
        {"bins have either `edges` or `groups`", "les classes ont soit « edges », soit « groups »"},
        {"`edges` for numbers, `groups` for texts",
         "« edges » pour des nombres, « groups » pour des textes"});
  // Codes of the defaults may be of both kinds; a variable's own ones are refused with its column.
  auto codes = [&](Column::Kind kind) {
    return table.has("special") ? variable.rules.specials
                                : codes_of_kind(variable.rules.specials, kind);
  };
  if (edges && ascend(bins, "edges", *edges))
    variable.bins = Cells::of_numbers(std::move(*edges), codes(Column::Kind::number));
  if (groups && !groups->empty() && texts_differ(bins, "groups", *groups, variable.rules.specials))
    variable.bins = Cells::of_texts(std::move(*groups), codes(Column::Kind::text));
}

void read_fixed_points(PlanTable& table, Variable& variable) {
  std::set<int> cells;
  for (PlanTable& item : table.tables("fixed_points")) {
    Variable::FixedPoints fixed;
    for (std::string_view key : {"cell", "points", "because"}) item.need(key);
    item.whole("cell", fixed.cell, {0, 65535});
    item.whole("points", fixed.points, kPoints);
    item.string("because", fixed.because);
    item.finish();
    if (cells.insert(fixed.cell).second) {
      variable.fixed_points.push_back(std::move(fixed));
      continue;
    }
    item.report("T007", "cell",
                {fmt::format("points of cell {} are fixed twice", fixed.cell),
                 fmt::format("les points de la case {} sont fixés deux fois", fixed.cell)},
                {"once for each cell", "une fois par case"});
  }
}

Variable read_variable(PlanTable& table, const VariableRules& defaults) {
  Variable variable;
  variable.rules = defaults;
  table.need("name");
  table.string("name", variable.name, 200);
  table.flag("leave_out", variable.leave_out);
  table.flag("keep", variable.keep);
  table.word("kind", variable.kind,
             {{"number", std::optional{Column::Kind::number}},
              {"text", std::optional{Column::Kind::text}}});
  table.word("family", variable.family,
             {{"credit-history", std::string{"credit-history"}},
              {"fulfilment", std::string{"fulfilment"}},
              {"capacity", std::string{"capacity"}},
              {"behaviour", std::string{"behaviour"}},
              {"identity", std::string{"identity"}}});
  table.text("title", variable.title);
  table.whole("min_gap", variable.min_gap, {0, 1000});
  table.whole("lowest", variable.lowest, kPoints);
  table.whole("highest", variable.highest, kPoints);
  read_rules(table, variable.rules);
  read_bins(table, variable);
  read_fixed_points(table, variable);
  table.finish();
  if (variable.leave_out && variable.keep)
    table.report(
        "T008", "keep",
        {"a variable is both kept and left out", "une variable à la fois gardée et exclue"},
        {"take one of the two back", "retirez l'un des deux"});
  if (variable.lowest && variable.highest && *variable.lowest > *variable.highest)
    table.report("T008", "lowest",
                 {"`lowest` lies above `highest`", "« lowest » dépasse « highest »"},
                 {"lower the one or raise the other", "baissez l'un ou relevez l'autre"});
  return variable;
}

void read_variables(PlanTable& root, TrainingPlan& plan) {
  std::set<std::string> names;
  for (PlanTable& table : root.tables("variable")) {
    Variable variable = read_variable(table, plan.defaults);
    if (variable.name.empty()) continue;
    if (names.insert(variable.name).second) {
      plan.variables.push_back(std::move(variable));
      continue;
    }
    table.report("T007", "name",
                 {fmt::format("the variable `{}` stands twice", variable.name),
                  fmt::format("la variable « {} » figure deux fois", variable.name)},
                 {"say everything about it in one place", "dites tout d'elle en un seul endroit"});
  }
}

Finding syntax_error(const Error& error) {
  return {.code = "T001",
          .severity = Finding::Severity::error,
          .path = "",
          .where = error.where,
          .message = {error.message, "la syntaxe est fautive : " + error.message},
          .help = {error.help.empty() ? "the format of this file is told at https://toml.io"
                                      : error.help,
                   "le format de ce fichier est décrit sur https://toml.io/fr/v1.0.0"}};
}

}  // namespace

ReadPlan read_plan(std::string_view text, const std::string& file) {
  ReadPlan out;
  Result<TomlNode> document = parse_toml(text, file);
  if (!document) {
    out.findings.push_back(syntax_error(document.error()));
    return out;
  }
  TrainingPlan plan;
  PlanTable root(&*document, "", out.findings);
  read_head(root, plan);
  PlanTable defaults = root.table("defaults");
  read_rules(defaults, plan.defaults);
  defaults.finish();
  read_selection(root.table("selection"), plan.selection);
  read_scaling(root.table("scaling"), plan.scaling);
  read_pairs(root.table("pairs"), plan.pairs);
  read_variables(root, plan);
  root.finish();
  std::stable_sort(out.findings.begin(), out.findings.end(), [](const auto& a, const auto& b) {
    return std::pair(a.where.line, a.where.column) < std::pair(b.where.line, b.where.column);
  });
  if (!has_errors(out.findings)) out.plan = std::move(plan);
  return out;
}

}  // namespace credence
