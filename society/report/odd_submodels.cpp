#include <credence/report/figures.h>
#include <credence/report/odd_document.h>
#include <credence/report/programme_sentences.h>
#include <credence/report/wordings.h>
#include <fmt/format.h>

#include <algorithm>

namespace credence {

namespace {

// In full, as a file would say it: with a point in both languages.
std::string number_in_full(double value) {
  return fmt::format("{:.6g}", value);
}

// What rules name in English alone, being one and the same for many of them.
const Text kRuleWords[] = {{"person", "personne"},
                           {"employer", "employeur"},
                           {"city", "ville"},
                           {"operator", "opérateur"},
                           {"rental platform", "plateforme de location"},
                           {"bank", "banque"},
                           {"landlord", "bailleur"},
                           {"school", "école"},
                           {"review board", "commission"},
                           {"invented", "inventé"},
                           {"share", "part"},
                           {"share of wage", "part du salaire"},
                           {"share of income", "part du revenu"},
                           {"share of income a month", "part du revenu, par mois"},
                           {"share of income after rent", "part du revenu après loyer"},
                           {"months", "mois"},
                           {"months of income", "mois de revenu"},
                           {"monthly incomes", "revenus mensuels"},
                           {"a month", "par mois"},
                           {"a year", "par an"},
                           {"a bill", "par facture"},
                           {"a rental", "par location"},
                           {"EUR a month", "EUR par mois"},
                           {"currency", "monnaie du monde"},
                           {"instalments", "mensualités"},
                           {"instalments in 24 months", "mensualités sur 24 mois"},
                           {"rents", "loyers"},
                           {"logarithm", "logarithme"},
                           {"times", "fois"}};

struct RuleTelling {
  const World& world;
  Language language;
  std::size_t numbers = 0, changed = 0;

  std::string say(Say what, std::initializer_list<std::string> values = {}) const {
    return credence::say(what, language, values);
  }

  std::vector<std::string> row(const RuleDescription& rule, const RuleParameter& parameter) {
    std::string name = rule.id + "." + parameter.id;
    double value = world.rules.has(name) ? world.rules.at(name) : parameter.standard;
    ++numbers;
    std::string in_force = number_in_full(value);
    if (value != parameter.standard) {
      ++changed;
      in_force += " (" + say(Say::odd_changed) + ")";
    }
    if (value < parameter.low || value > parameter.high)
      in_force += " (" + say(Say::odd_outside) + ")";
    return {parameter.name.in(language) + " \u2013 rules." + name,
            in_force,
            number_in_full(parameter.standard),
            number_in_full(parameter.low) + " \u2013 " + number_in_full(parameter.high),
            rule_word(parameter.unit, language),
            rule_word(parameter.source, language)};
  }

  PageTable table(const RuleDescription& rule) {
    PageTable table;
    table.caption = say(Say::odd_parameters, {rule.name.in(language)});
    table.columns = {{say(Say::odd_parameter)},      {say(Say::odd_value), true},
                     {say(Say::odd_standard), true}, {say(Say::odd_range), true},
                     {say(Say::odd_unit)},           {say(Say::odd_parameter_source)}};
    for (const RuleParameter& parameter : rule.parameters)
      table.rows.push_back(row(rule, parameter));
    return table;
  }
};

}  // namespace

std::string rule_word(const std::string& word, Language language) {
  for (const Text& known : kRuleWords) {
    if (known.en == word) return known.in(language);
  }
  return word;
}

OddElement odd_submodels(const World& world, std::span<const SocietyProgramme> programmes,
                         Language language) {
  RuleTelling telling{world, language};
  std::vector<OddBlock> blocks;
  std::size_t rules = 0;
  for (const RuleDescription* rule : all_rules()) {
    ++rules;
    blocks.emplace_back(OddHeading{rule->name.in(language)});
    blocks.emplace_back(rule->what.in(language));
    std::string source = rule->source.empty() ? "\u2013" : rule_word(rule->source, language);
    blocks.emplace_back(telling.say(Say::odd_actor, {rule_word(rule->actor, language)}) + " " +
                        telling.say(Say::odd_rule_source, {source}));
    if (!rule->parameters.empty()) blocks.emplace_back(telling.table(*rule));
  }
  for (const SocietyProgramme& programme : programmes) {
    const std::string& title = programme.title.in(language);
    blocks.emplace_back(OddHeading{telling.say(Say::odd_programme, {title, programme.id})});
    blocks.emplace_back(OddItems{programme_sentences(programme, world, language)});
  }
  OddElement element{telling.say(Say::odd_submodels), {}};
  NumberStyle style{language, world.currency};
  auto count = [&](std::size_t number) { return count_text(static_cast<double>(number), style); };
  element.blocks.emplace_back(
      telling.say(Say::odd_submodels_text, {count(rules), count(telling.numbers)}));
  element.blocks.emplace_back(
      telling.changed == 0 ? telling.say(Say::odd_submodels_standard)
                           : telling.say(Say::odd_submodels_changed, {count(telling.changed)}));
  std::ranges::move(blocks, std::back_inserter(element.blocks));
  return element;
}

}  // namespace credence
